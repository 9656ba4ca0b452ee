from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.core.records import A_DAY, Kept, Walled, Within
from setfair.programmes.models import Role
from setfair.referrals.models import Referral
from setfair.vault.fields import SealedJSON, SealedText

from . import apart
from .arranged import Arrangement
from .breaks import Break, BreakEnd
from .fact import Fact
from .slips import Slip, SlipLook
from .still import Still
from .ticked import Tick
from .tried import Attempt
from .worries import Strength, Worry, words_of
from .yes import Asking, Consent, ConsentText, Disclosure, Recipient

__all__ = ["Acknowledgement", "Arrangement", "Asking", "Attempt", "Break", "BreakEnd", "CallWish", "Complaint", "Consent", "ConsentText",
           "Disclosure", "Fact", "Invitation", "Meeting", "NoGuardian", "ObserverAnswer", "Override", "Recipient",
           "SafetyCheck", "Slip", "SlipLook", "Still", "TakenUp", "Tick"]  # fmt: skip


class Invitation(Fact):
    """That a person was invited, and how."""

    participation = Within(Participation, models.CASCADE, related_name="invitations")
    channel = models.CharField(max_length=6)


class Meeting(Fact):
    """A preparation meeting held (S2.2 to S2.4): the process explained, questions answered, willingness asked, a supporter looked for.

    That it happened is this row; how they came is said apart. One that did not happen is an `Attempt`.
    """

    class Came(models.TextChoices):
        YES = "yes", Attempt.Came.YES.label
        LATE = "late", Attempt.Came.LATE.label

    participation = Within(Participation, models.CASCADE, related_name="meetings")
    held_on = models.DateField(_("held on"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    attended = models.CharField(_("did they come?"), max_length=4, choices=Came, default=Came.YES, db_default="yes")
    explained = models.BooleanField(_("the process and the questions were explained"))
    support = models.CharField(
        _("support person"), max_length=10, choices=[("found", _("found")), ("wanted", _("still looking")), ("none", _("wants none"))]
    )
    note = SealedText(of="case_id", verbose_name=_("note for the team"))

    class Meta:
        constraints = [Kept(condition=Q(held_on__lte=F("at") + A_DAY), name="meeting_was_held")]


class Acknowledgement(Fact):
    """That a person responsible takes some responsibility. Without it nothing goes ahead (practice.md 0.5); it is no plea of guilt.

    It is theirs alone: no guardian says it for them. `words` is the version of what they read on their own page.
    """

    participation = Within(Participation, models.CASCADE, related_name="acknowledgements")
    given = models.BooleanField()
    method = models.CharField(_("how"), max_length=5, choices=Consent.Method, default=Consent.Method.SAID)
    words = models.CharField(max_length=12, default="", blank=True)
    slip = Within(Slip, null=True, related_name="+")


class SafetyCheck(Fact):
    """How safe it would be for this person, looked at anew at each stage (practice.md 2.2): what worries us, what helps, what we do about it,
    and who looks again before it is out of date."""

    participation = Within(Participation, models.CASCADE, related_name="safety_checks")
    level = models.CharField(_("worry"), max_length=6, choices=[("low", _("low")), ("medium", _("some")), ("high", _("high"))])
    plan = SealedText(of="case_id", verbose_name=_("plan"))
    worries = SealedJSON(of="case_id", verbose_name=_("what worries us"))
    strengths = SealedJSON(of="case_id", verbose_name=_("what helps"))
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("who looks again"))

    class Meta:
        indexes = [models.Index(fields=["programme", "case"], condition=Q(level="high"), name="safety_high")]

    @property
    def worried(self) -> list[str]:
        """What worries us, in words."""
        return words_of(Worry, self.worries or [])

    @property
    def helped(self) -> list[str]:
        """What helps, in words."""
        return words_of(Strength, self.strengths or [])


class NoGuardian(Fact):
    """Why somebody who may be under 18 goes without a parent or guardian: a short code, and never a guardian's no put aside."""

    class Reason(models.TextChoices):
        OF_AGE = "of_age", _("they are 18 already")
        DECIDES = "decides", _("by the rules here they decide themselves")
        NOBODY = "nobody", _("there is nobody who could be asked")
        NOT_SAFE = "not_safe", _("it would not be safe to ask at home")
        OFFICE = "office", _("an office or a social worker stands by them")

    participation = Within(Participation, models.CASCADE, related_name="no_guardian_notes")
    reason = models.CharField(_("why not"), max_length=8, choices=Reason)


class CallWish(Fact):
    """That somebody asks us to call them, without saying why. It is no answer, and what they said stays as it is."""

    participation = Within(Participation, models.CASCADE, related_name="call_wishes")
    slip = Within(Slip, null=True, related_name="+")


class ObserverAnswer(Fact):
    """What somebody of the circle says about one who would only watch. Everyone must agree; a no needs no reason, and the latest answer counts."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        TALK = "talk", _("I want to talk first")

    participation = Within(Participation, models.CASCADE, related_name="observer_answers")
    observer = Within(Participation, models.CASCADE, related_name="+")
    answer = models.CharField(_("their answer"), max_length=4, choices=Answer)
    method = models.CharField(_("how"), max_length=5, choices=[("own", _("on their own page")), ("said", _("said")), ("paper", _("on paper"))])
    slip = Within(Slip, null=True, related_name="+")


NEVER_ASIDE = (
    "acknowledgement", "break", "condition", "consent", "guardian", "harmed", "hold", "lead",
    "no_contact", "observer", "responsible", "route", "slip", "staff", "still", "support",
)  # fmt: skip


class Override(Walled):
    """One thing that is missing, set aside with a reason, or a high worry signed off (`worry`).

    `for_day` is the one day it was said for; without it, it counts for whatever day.
    Never what the board calls nobody's to set aside: a yes, a guardian's yes, a break, a wall or a rule of the law, the acknowledgement, who must be
    there and who holds it, or what only the person can say.
    """

    NEVER = NEVER_ASIDE

    case = Within(Case, models.CASCADE, related_name="overrides")
    blocker = models.CharField(max_length=16)
    participation = Within(Participation, models.CASCADE, null=True, related_name="+")
    reason = SealedText(of="case_id")
    for_day = models.DateField(null=True)
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(blocker__in=NEVER_ASIDE), name="override_never")]


class Complaint(Walled):
    """What somebody in a circle, or who asked, wrote past those who run the meeting. Apart from the case file (practice.md 3): under a key of
    its own, and in no case's history.

    `reads` is who could read it when it was written: the supervisor; where no other than
    those of the case has that role, the administrator; and where everything lies in the
    same hands, anyone who has one of these roles. Never the coordinator as such.
    """

    class Reads(models.TextChoices):
        SUPERVISOR = Role.SUPERVISOR.value, _("the supervisor")
        ADMINISTRATOR = Role.ADMINISTRATOR.value, _("the administrator")
        ANYONE = "anyone", _("whoever runs the programme")

    ties = staticmethod(apart.ties)

    participation = Within(Participation, null=True, related_name="+")
    referral = Within(Referral, null=True, related_name="+")
    case = Within(Case, null=True, related_name="+")
    reads = models.CharField(max_length=13, choices=Reads)
    words = SealedText(of="id")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(participation__isnull=True) ^ Q(referral__isnull=True), name="complaint_of_one"),
        ]

    def case_key(self) -> None:
        """No case's history tells of it."""
        return None


class TakenUp(Walled):
    """Who read a complaint and sees to it. After somebody who is gone another one does."""

    complaint = Within(Complaint, related_name="taken")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "complaint", "by"], name="taken_up_once_by_each")]

    def case_key(self) -> None:
        return None
