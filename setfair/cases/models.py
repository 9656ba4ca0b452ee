from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Substr
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Tie
from setfair.access.ties import inherited
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.core.records import Walled, Within
from setfair.facilitators.models import Facilitator
from setfair.people.models import Person
from setfair.programmes.models import OwnReason, Programme, one_reason
from setfair.programmes.reasons import Step, known
from setfair.programmes.wording import word
from setfair.referrals.models import Referral
from setfair.vault.fields import SealedText

from . import journey
from .close import Acquaintance, Assent, SetAside
from .duty import Duty, is_asked_oneself
from .route import Route
from .shut import Emergency, EmergencyReview, Exclusion, Named, Seal
from .ties import ties as ties_to_a_case

__all__ = ["PUPILS", "ROLE_WORDS", "SPEAKERS", "Acquaintance", "Assent", "Assignment", "Case", "Duty", "Emergency", "EmergencyReview", "Exclusion",
           "Hold", "Named", "Participation", "Role", "Route", "Seal", "SetAside", "ties_through_case"]  # fmt: skip


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

    @property
    def is_after_the_day(self) -> bool:
        """Whether nobody prepares for a day any more: people have met, or it is closed."""
        return self.stage not in (journey.Stage.PREPARING, journey.Stage.READY, journey.Stage.SCHEDULED)


class Role(models.TextChoices):
    HARMED = "harmed", word("harmed", _("person harmed"))
    RESPONSIBLE = "responsible", word("responsible", _("person responsible"))
    AFFECTED = "affected", word("affected", _("affected by it"))
    SUPPORTER = "supporter", word("supporter", _("support person"))
    GUARDIAN = "guardian", word("guardian", _("parent or guardian"))
    COMMUNITY = "community", word("community", _("community member"))
    INTERPRETER = "interpreter", word("interpreter", _("interpreter"))
    ADVOCATE = "advocate", word("advocate", _("advocate"))
    OBSERVER = "observer", word("observer", _("observer"))


ROLE_WORDS = {role: role.label for role in Role}
"""What a programme calls each role; ours until it says otherwise."""

SPEAKERS = (Role.HARMED, Role.RESPONSIBLE, Role.AFFECTED, Role.SUPPORTER, Role.GUARDIAN, Role.COMMUNITY)
"""Roles that sit in the circle, are asked whether they want to, and sign. Who interprets, advises or only watches does neither."""

HEART = frozenset({Role.HARMED, Role.RESPONSIBLE})
"""The two sides. Somebody who was hurt and hurt somebody too stands on both, in one place (`also`)."""

PUPILS = (Role.HARMED, Role.RESPONSIBLE)
"""Who in a school's programme is taken to be under 18 as long as nobody has written down otherwise."""


def _is_me(actor: Actor) -> Q | None:
    return Q(pk=actor.id, left_at__isnull=True) if actor.kind == Kind.PARTICIPANT else None


class Participation(Walled):
    """A person's place in one case. It has no stage: what they were told, chose and signed are rows of later floors.

    `stands_by` is whom a supporter or guardian is there for. `guardian_needed` says
    that somebody else must also say yes for this person, and `has_authority` that
    this guardian may. A parent without it is written down, and stands outside from the
    first moment (`left_at`): no way in, no letter, no seat. `also` is the other side, for
    somebody who was hurt and hurt somebody too: one place, one code, one seat. A class, a shop
    or another body is hurt as a whole: whoever says what it says has its place, and `speaks_for` names it.
    """

    ties = staticmethod(inherited("case", ties_to_a_case, only=frozenset({Tie.COORDINATES, Tie.SUPERVISES, Tie.FACILITATES}), takes_part=_is_me))

    case = Within(Case, models.CASCADE, related_name="participations")
    person = Within(Person, related_name="participations")
    role = models.CharField(_("role"), max_length=11, choices=Role)
    also = models.CharField(_("also"), max_length=11, choices=Role, blank=True, default="", db_default="")
    stands_by = Within("self", null=True, blank=True, related_name="stood_by")
    guardian_needed = models.BooleanField(_("a parent or guardian must also agree"), default=False)
    has_authority = models.BooleanField(_("may decide for them"), default=False)
    speaks_for = SealedText(of="case_id", verbose_name=_("speaks for"))
    address = SealedText(of="case_id", verbose_name=_("how to speak to them here"))
    added_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "case", "person", "role"], condition=Q(left_at__isnull=True), name="participation_once"),
            models.CheckConstraint(
                condition=Q(also="") | Q(role=Role.HARMED, also=Role.RESPONSIBLE) | Q(role=Role.RESPONSIBLE, also=Role.HARMED),
                name="participation_also",
            ),
            models.CheckConstraint(
                condition=Q(speaks_for__isnull=True) | Q(role__in=(Role.HARMED, Role.RESPONSIBLE)), name="participation_speaks_for"
            ),
            models.CheckConstraint(condition=Q(has_authority=False) | Q(role=Role.GUARDIAN), name="participation_authority"),
            models.CheckConstraint(condition=~Q(role=Role.GUARDIAN, has_authority=False) | Q(left_at__isnull=False), name="participation_no_say"),
        ]
        ordering = ("added_at",)

    def __str__(self) -> str:
        return self.person.shown

    def get_role_display(self) -> str:
        return gettext("%(role)s, for %(group)s") % {"role": self._role_words, "group": self.speaks_for} if self.speaks_for else self._role_words

    @property
    def _role_words(self) -> str:
        if self.also:
            return gettext("%(one)s and %(other)s") % {"one": ROLE_WORDS[Role(self.role)], "other": ROLE_WORDS[Role(self.also)]}
        return str(ROLE_WORDS[Role(self.role)])

    @property
    def greeted(self) -> str:
        """How they are spoken to in this case: as they asked to be here, or by their own name."""
        return self.address or self.person.first

    @property
    def roles(self) -> frozenset[str]:
        """Everything they are here as. Ask this, and not `role`, whether somebody is on a side."""
        return frozenset({self.role, self.also} - {""})

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

    def outgrows(self, moment: datetime, on: date) -> bool:
        """Whether something of that moment is from before they turned 18, and they are 18 on that day."""
        of_age_at = self.person.of_age_at
        return of_age_at is not None and moment < of_age_at and clock.local(of_age_at, self.case.programme.zone).date() <= on

    @property
    def shape(self) -> str:
        """Sides are told apart by shape, never by colour (screens.md 6.4)."""
        return "diamond" if Role.HARMED in self.roles else "circle" if Role.RESPONSIBLE in self.roles else "square"


class Assignment(Walled):
    """Who facilitates, and as what. It ends and is kept: continuity is a fact, and so is a change. `stepped_out`: they ended it themselves."""

    class Part(models.TextChoices):
        LEAD = "lead", _("lead")
        CO = "co", _("co-facilitator")
        STUDENT = "student", _("student facilitator")

    ties = staticmethod(inherited("case", ties_to_a_case, only=frozenset({Tie.COORDINATES, Tie.FACILITATES}), helps=is_asked_oneself))

    case = Within(Case, models.CASCADE, related_name="assignments")
    facilitator = Within(Facilitator, related_name="assignments")
    part = models.CharField(_("part"), max_length=7, choices=Part)
    since = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    stepped_out = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stepped_out=False) | Q(ended_at__isnull=False), name="assignment_stepped_out_has_ended"),
            models.UniqueConstraint(fields=["programme", "case", "facilitator"], condition=Q(ended_at__isnull=True), name="assignment_once"),
            models.UniqueConstraint(fields=["programme", "case"], condition=Q(ended_at__isnull=True, part="lead"), name="assignment_one_lead"),
        ]


class Hold(Walled):
    """The case rests, for one reason of the list; beside its stage, not in it."""

    case = Within(Case, models.CASCADE, related_name="holds")
    reason = models.CharField(max_length=20, choices=known(Step.REST))
    own = Within(OwnReason, null=True, related_name="+")
    since = models.DateTimeField(default=clock.now)
    look_on = models.DateField(null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "case"], condition=Q(lifted_at__isnull=True), name="hold_once"),
            one_reason("hold_one_reason"),
        ]


def ties_through_case(**own: Any) -> Any:
    """For the models of later floors whose `case` is a case: staff reach them as they reach the case, others only by `own` ties."""
    return staticmethod(inherited("case", ties_to_a_case, only=frozenset({Tie.COORDINATES, Tie.SUPERVISES, Tie.FACILITATES}), **own))
