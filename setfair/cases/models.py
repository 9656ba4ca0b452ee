from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Tie
from setfair.access.ties import inherited
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.core.records import Walled, Within
from setfair.facilitators.models import Facilitator
from setfair.people.models import Person
from setfair.programmes.models import Programme
from setfair.programmes.wording import word
from setfair.referrals.models import Referral
from setfair.vault.fields import SealedText

from . import journey
from .ties import emergency_ties
from .ties import ties as ties_to_a_case


class Case(Walled):
    """One matter, from the accepted request to its closing. Spoken of by its reference or its alias, never by a name."""

    JOURNEY = journey.JOURNEY
    ties = staticmethod(ties_to_a_case)

    ref = models.CharField(max_length=12)
    alias = models.CharField(max_length=40)
    stage = models.CharField(max_length=12, choices=journey.Stage, default=journey.Stage.PREPARING)
    referral = Within(Referral, null=True, related_name="cases")
    coordinator = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    matter = SealedText(of="id", verbose_name=_("what it is about, in a word or two"))
    summary = SealedText(of="id", verbose_name=_("what was told"))
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    opened_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="case_ref"),
            models.UniqueConstraint(fields=["programme", "referral"], name="case_of_referral"),
        ]
        indexes = [
            models.Index(fields=["programme", "-opened_at", "id"], name="case_latest"),
            models.Index(fields=["programme", "stage", "-opened_at"], name="case_by_stage"),
            models.Index("programme", Cast(Substr("ref", 3), models.IntegerField()).desc(), name="case_number"),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.alias}"

    def case_key(self) -> UUID:
        return self.pk


class Role(models.TextChoices):
    HARMED = "harmed", word("harmed", _("person harmed"))
    RESPONSIBLE = "responsible", word("responsible", _("person responsible"))
    AFFECTED = "affected", word("affected", _("affected by it"))
    SUPPORTER = "supporter", word("supporter", _("support person"))
    GUARDIAN = "guardian", word("guardian", _("parent or guardian"))
    COMMUNITY = "community", word("community", _("community member"))
    INTERPRETER = "interpreter", word("interpreter", _("interpreter"))


ROLE_WORDS = {role: role.label for role in Role}
"""What a programme calls each role; ours until it says otherwise."""

SPEAKERS = (Role.HARMED, Role.RESPONSIBLE, Role.AFFECTED, Role.SUPPORTER, Role.GUARDIAN, Role.COMMUNITY)
"""Roles that sit in the circle, are asked whether they want to, and sign. An interpreter serves it and does neither."""

PUPILS = (Role.HARMED, Role.RESPONSIBLE)
"""Who in a school's programme is taken to be under 18 as long as nobody has written down otherwise."""


def _is_me(actor: Actor) -> Q | None:
    return Q(pk=actor.id, left_at__isnull=True) if actor.kind == Kind.PARTICIPANT else None


class Participation(Walled):
    """A person's place in one case. It has no stage: what they were told, chose and signed are rows of later floors.

    `stands_by` is whom a supporter or guardian is there for. `guardian_needed` says
    that somebody else must also say yes for this person, and `has_authority` that
    this guardian may. A parent without it is written down, and stands outside from the
    first moment (`left_at`): no way in, no letter, no seat.
    """

    ties = staticmethod(inherited("case", ties_to_a_case, only=frozenset({Tie.COORDINATES, Tie.SUPERVISES, Tie.FACILITATES}), takes_part=_is_me))

    case = Within(Case, models.CASCADE, related_name="participations")
    person = Within(Person, related_name="participations")
    role = models.CharField(_("role"), max_length=11, choices=Role)
    stands_by = Within("self", null=True, blank=True, related_name="stood_by")
    guardian_needed = models.BooleanField(_("a parent or guardian must also agree"), default=False)
    has_authority = models.BooleanField(_("may decide for them"), default=False)
    added_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "case", "person", "role"], condition=Q(left_at__isnull=True), name="participation_once"),
            models.CheckConstraint(condition=Q(has_authority=False) | Q(role=Role.GUARDIAN), name="participation_authority"),
            models.CheckConstraint(condition=~Q(role=Role.GUARDIAN, has_authority=False) | Q(left_at__isnull=False), name="participation_no_say"),
        ]
        ordering = ("added_at",)

    def __str__(self) -> str:
        return self.person.shown

    def get_role_display(self) -> str:
        return str(ROLE_WORDS[Role(self.role)])

    def needs_guardian(self, on: date) -> bool:
        """Whether a parent or guardian must also say yes on that day: it was ticked, or they may be under 18 then. A known birthday decides alone."""
        if self.person.of_age_at is not None:
            return self._has_guardians_say and on < clock.local(self.person.of_age_at, self.case.programme.zone).date()
        return self._has_guardians_say and (self.guardian_needed or self.person.may_be_under_age(on) or self.presumed_young)

    @property
    def has_no_say(self) -> bool:
        """A parent who is written down and stands outside."""
        return self.role == Role.GUARDIAN and not self.has_authority

    @property
    def _has_guardians_say(self) -> bool:
        return self.role in SPEAKERS and self.role != Role.GUARDIAN

    @property
    def presumed_young(self) -> bool:
        """Whether only a missing year of birth makes us take them to be under 18: somebody at the heart of a school's case."""
        if self.person.of_age_at is not None or self.person.birth_year is not None:
            return False
        return self.role in PUPILS and not self.guardian_needed and self.case.programme.kind == Programme.Kind.SCHOOL

    @property
    def needs_guardian_now(self) -> bool:
        if self.person.of_age_at is not None:
            return self._has_guardians_say and not self.decides_alone
        return self.needs_guardian(timezone.localdate())

    @property
    def decides_alone(self) -> bool:
        """Whether their 18th birthday is known and has come: from that moment nobody speaks for them or reads what is theirs."""
        return self.person.of_age_at is not None and self.person.of_age_at <= clock.now()

    def has_outgrown(self, moment: datetime) -> bool:
        """Whether something of that moment is from before they turned 18, and they are 18 now."""
        of_age_at = self.person.of_age_at
        return of_age_at is not None and moment < of_age_at <= clock.now()

    @property
    def shape(self) -> str:
        """Sides are told apart by shape, never by colour (screens.md 6.4)."""
        return {Role.HARMED: "diamond", Role.RESPONSIBLE: "circle"}.get(Role(self.role), "square")


class Assignment(Walled):
    """Who facilitates, and as what. It ends and is kept: continuity is a fact, and so is a change."""

    class Part(models.TextChoices):
        LEAD = "lead", _("lead")
        CO = "co", _("co-facilitator")
        STUDENT = "student", _("student facilitator")

    ties = staticmethod(inherited("case", ties_to_a_case, only=frozenset({Tie.COORDINATES, Tie.FACILITATES})))

    case = Within(Case, models.CASCADE, related_name="assignments")
    facilitator = Within(Facilitator, related_name="assignments")
    part = models.CharField(_("part"), max_length=7, choices=Part)
    since = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "case", "facilitator"], condition=Q(ended_at__isnull=True), name="assignment_once"),
            models.UniqueConstraint(fields=["programme", "case"], condition=Q(ended_at__isnull=True, part="lead"), name="assignment_one_lead"),
        ]


class Exclusion(Walled):
    """That a member of the staff is kept out of one case: they are part of it, or too close to somebody who is. It ends and is kept."""

    class Why(models.TextChoices):
        SELF = "self", _("they are part of it themselves")
        CLOSE = "close", _("they are close to somebody here")
        NO_CONTACT = "no_contact", _("they must have no contact with somebody here")
        OTHER = "other", _("another conflict of interest")

    ties = staticmethod(inherited("case", ties_to_a_case, only=frozenset({Tie.COORDINATES})))

    case = Within(Case, models.CASCADE, related_name="exclusions")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(_("why"), max_length=10, choices=Why)
    since = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "case", "user"], condition=Q(ended_at__isnull=True), name="exclusion_once")]


class Seal(Walled):
    """That a case is there for its named team alone. It ends and is kept."""

    class Why(models.TextChoices):
        STAFF = "staff", _("somebody of the team, or their family, is part of it")
        OFFICE = "office", _("somebody here holds a public office")
        PUBLIC = "public", _("it is talked about in public")
        OTHER = "other", _("another reason to keep it close")

    case = Within(Case, models.CASCADE, related_name="seals")
    why = models.CharField(_("why"), max_length=6, choices=Why)
    since = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "case"], condition=Q(ended_at__isnull=True), name="seal_once")]


class Named(Walled):
    """That the seal of a case names this member of the staff: they may open it as far as their role goes. It ends and is kept."""

    ties = staticmethod(inherited("case", ties_to_a_case, only=frozenset({Tie.COORDINATES, Tie.SUPERVISES})))

    case = Within(Case, models.CASCADE, related_name="named")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "case", "user"], condition=Q(ended_at__isnull=True), name="named_once")]


class Emergency(Walled):
    """That somebody whom the seal does not name opened the case, why, and until when they could read it. It is never changed."""

    ties = staticmethod(emergency_ties)

    case = Within(Case, models.CASCADE, related_name="emergencies")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    reason = SealedText(of="case_id")
    at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("at"), until__lte=F("at") + timedelta(hours=1)), name="emergency_is_an_hour"),
        ]
        indexes = [models.Index(fields=["programme", "user", "-at"], name="emergency_of_user")]


class EmergencyReview(Walled):
    """That somebody else looked at why a sealed case was opened, and what they found."""

    case = Within(Case, models.CASCADE, related_name="+")
    emergency = Within(Emergency, models.CASCADE, related_name="reviews")
    found = models.CharField(_("what you find"), max_length=8, choices=[("right", _("It was right")), ("wrong", _("It should not have been"))])
    words = SealedText(of="case_id")
    by = models.UUIDField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "emergency"], name="emergency_reviewed_once")]


class Hold(Walled):
    """The case rests, with a reason; beside its stage, not in it."""

    case = Within(Case, models.CASCADE, related_name="holds")
    reason = SealedText(of="case_id")
    since = models.DateTimeField(default=clock.now)
    look_on = models.DateField(null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "case"], condition=Q(lifted_at__isnull=True), name="hold_once")]


def ties_through_case(**own: Any) -> Any:
    """For the models of later floors whose `case` is a case: staff reach them as they reach the case, others only by `own` ties."""
    return staticmethod(inherited("case", ties_to_a_case, only=frozenset({Tie.COORDINATES, Tie.SUPERVISES, Tie.FACILITATES}), **own))
