"""A request as it was answered: what was looked at, what was decided, and that whoever asked was told."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.programmes.models import OwnReason, one_reason
from setfair.programmes.reasons import AT, Step, known
from setfair.vault.fields import SealedText

CHECKS = (
    ("harm_named", _("somebody was hurt, and we know who")),
    ("takes_part_in_it", _("somebody takes some responsibility for it")),
    ("both_want", _("both sides may want to try")),
    ("no_order", _("no order bars contact, or it was varied; it is on file")),
    ("no_coercion", _("no violence between partners, no sexual harm, no coercion; or a specialist agreed")),
    ("may_consent", _("age, and who may say yes for them")),
    ("access", _("interpreters and access")),
    ("power", _("power between them: age, standing, numbers")),
    ("safe_around", _("safety at home, at school and online")),
    ("sober", _("drink and drugs on the day")),
    ("other_proceedings", _("other proceedings, and advice on them")),
    ("media", _("press and posts")),
    ("weapons", _("weapons")),
    ("history", _("how they know each other, and what came before")),
    ("own_conflicts", _("nobody of the team is too close to it")),
    ("not_acting", _("what may happen if we do nothing")),
    ("supervisor", _("the supervisor's view, if it is sensitive")),
)
"""What a coordinator looks at before saying yes (practice.md, annex C). Each is answered, or a note says why not."""

HARD = ("takes_part_in_it", "no_order", "no_coercion")
"""A no to one of these is a gate: it goes on only when a supervisor has written why, and the circle is not ready before it is settled."""


GO = sorted(AT[Step.GO])


class Looked(models.TextChoices):
    """What was found about one of the checks: is it fine?"""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not known")


class Screening(Walled):
    """What the coordinator decided, and what they found about each check (practice.md annex C). Facts: kept, never changed.

    A yes has one of two reasons, worked out: a supervisor had to write why, or nothing barred it.
    `matters` are kinds the programme asks about (`programmes.matters`), or the one word that it is none of them.
    `checks` is code to `Looked`; the oldest rows hold a list of the codes that were ticked.
    `to_tell` says that no letter could go to whoever asked: somebody has to tell them (`Reply`).
    """

    referral = Within("referrals.Referral", models.CASCADE, related_name="screenings")
    accepted = models.BooleanField()
    reason = models.CharField(max_length=20, choices=known(Step.GO, Step.NO))
    own = Within(OwnReason, null=True, related_name="+")
    checks = models.JSONField(default=list)
    matters = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    note = SealedText(of="referral_id")
    to_tell = models.BooleanField(default=False, db_default=False)
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "referral"], name="screening_once"),
            models.CheckConstraint(condition=Q(accepted=True, reason__in=GO) | (Q(accepted=False) & ~Q(reason__in=GO)), name="screening_reason_fits"),
            one_reason("screening_one_reason"),
        ]
        indexes = [models.Index(fields=["programme", "referral"], condition=Q(to_tell=True), name="screening_to_tell")]

    def case_key(self) -> Any:
        return None


class Reply(Walled):
    """That somebody of the team told whoever asked how their request was answered, or tried to."""

    class How(models.TextChoices):
        TOLD = "told", _("I have told them")
        TRIED = "tried", _("I tried, and could not reach them")

    referral = Within("referrals.Referral", models.CASCADE, related_name="replies")
    how = models.CharField(max_length=5, choices=How)
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    def case_key(self) -> None:
        return None


class Halt(Walled):
    """That a coordinator was about to say yes, and a no to what must be fine (`HARD`) stopped it: a supervisor is wanted."""

    referral = Within("referrals.Referral", models.CASCADE, related_name="halts")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    def case_key(self) -> None:
        return None


class Clearance(Walled):
    """Why, in the words of a supervisor, a request may be accepted in spite of a no to what must be fine (`HARD`)."""

    referral = Within("referrals.Referral", models.CASCADE, related_name="clearances")
    reason = SealedText(of="referral_id")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    def case_key(self) -> None:
        return None
