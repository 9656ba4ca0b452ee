from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Tie
from setfair.access.ties import ties_of
from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.core.records import A_DAY, Kept, Walled, Within
from setfair.files.models import File
from setfair.referrals.models import Referral
from setfair.vault.fields import SealedJSON, SealedText

from .asked import How, Wants, Why
from .endings import BOUNDS, LONGEST_MORE, REVIEW, Group
from .left import Gone, Tombstone

__all__ = ["About", "Answer", "Asking", "Copy", "CopyFile", "Gone", "LegalHold", "Lifting", "Longer", "Look", "Notice", "Review", "Rule", "Tombstone"]


def _within_bounds() -> Q:
    allowed = Q()
    for group, (fewest, most) in BOUNDS.items():
        allowed |= Q(group=group.value, days__range=(fewest, most))
    return allowed


class Rule(Walled):
    """How many days after its end something of this group is kept. The latest row counts; before the first one, `endings.DEFAULT`."""

    group = models.CharField(max_length=10, choices=Group)
    days = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=_within_bounds(), name="rule_never_for_ever")]
        indexes = [models.Index(fields=["programme", "group", "-at"], name="rule_latest")]


class About(Walled):
    """A fact about one case, or about one request that became none. It goes when that is forgotten."""

    case = Within(Case, models.CASCADE, null=True, related_name="+")
    referral = Within(Referral, models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True

    @property
    def thing(self) -> Case | Referral:
        return self.case or self.referral  # type: ignore[return-value]

    def case_key(self) -> UUID | None:
        return self.case_id


def of_one(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(case__isnull=True) ^ Q(referral__isnull=True), name=name)


class Notice(About):
    """That somebody was told: this is forgotten on that day. Nothing is forgotten that nobody was told of."""

    group = models.CharField(max_length=10, choices=Group)
    forget_on = models.DateField()

    class Meta:
        constraints = [
            of_one("notice_of_one"),
            models.UniqueConstraint(fields=["programme", "case", "forget_on"], name="notice_of_case_once"),
            models.UniqueConstraint(fields=["programme", "referral", "forget_on"], name="notice_of_request_once"),
        ]


class Look(Walled):
    """That somebody looked at a notice, and it may go."""

    notice = Within(Notice, models.CASCADE, related_name="looks")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "notice"], name="look_once")]

    def case_key(self) -> UUID | None:
        return self.notice.case_id


class Longer(About):
    """That it is kept longer, until a day, with a reason: once for each case or request, and a year at most."""

    until = models.DateField()
    reason = SealedText(of="thing_id")
    by = models.UUIDField()

    class Meta:
        constraints = [
            of_one("longer_of_one"),
            models.UniqueConstraint(fields=["programme", "case"], name="longer_case_once"),
            models.UniqueConstraint(fields=["programme", "referral"], name="longer_request_once"),
            Kept(condition=Q(until__lte=F("at") + LONGEST_MORE + A_DAY), name="longer_not_for_ever"),
        ]

    @property
    def thing_id(self) -> Any:
        return self.case_id or self.referral_id


class LegalHold(About):
    """That nothing of this is forgotten until it is lifted: a court, an inquiry or an insurer may ask for it. Looked at again within 90 days."""

    reason = SealedText(of="thing_id")
    look_on = models.DateField()
    by = models.UUIDField()

    class Meta:
        constraints = [of_one("legal_hold_of_one"), Kept(condition=Q(look_on__lte=F("at") + REVIEW + A_DAY), name="legal_hold_is_looked_at")]

    @property
    def thing_id(self) -> Any:
        return self.case_id or self.referral_id


class Review(Walled):
    """That a legal hold was looked at and stays, and when it is looked at next."""

    hold = Within(LegalHold, models.CASCADE, related_name="reviews")
    look_on = models.DateField()
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [Kept(condition=Q(look_on__lte=F("at") + REVIEW + A_DAY), name="review_is_looked_at")]

    def case_key(self) -> UUID | None:
        return self.hold.case_id


class Lifting(Walled):
    """That a legal hold has ended."""

    hold = Within(LegalHold, models.CASCADE, related_name="liftings")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "hold"], name="lifting_once")]

    def case_key(self) -> UUID | None:
        return self.hold.case_id


def _coordinates_it(actor: Actor) -> Q | None:
    """Askings of any case they are not kept out of, and of whoever asked for something that did not become one."""
    cases, requests = (ties_of(model)[Tie.COORDINATES](actor) for model in (Case, Referral))
    if cases is None or requests is None:
        return None
    return Q(case__in=Case.objects.filter(cases).values("pk")) | Q(referral__in=Referral.objects.filter(requests).values("pk"), case__isnull=True)


def ties_of_asking() -> dict[Tie, Any]:
    return {Tie.COORDINATES: _coordinates_it}


class Asking(Walled):
    """That somebody asked for a copy of what is kept about them, or to be forgotten. `how_asked` says who wrote it down."""

    class Asked(models.TextChoices):
        OWN = "own", _("on their own page")
        TOLD = "told", _("told to somebody of the team")

    ties = staticmethod(ties_of_asking)

    participation = Within(Participation, models.CASCADE, null=True, related_name="+")
    referral = Within(Referral, models.CASCADE, null=True, related_name="+")
    case = Within(Case, models.CASCADE, null=True, related_name="+")
    wants = models.CharField(max_length=6, choices=Wants)
    how_asked = models.CharField(max_length=4, choices=Asked)
    due_on = models.DateField()
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(participation__isnull=True) ^ Q(referral__isnull=True), name="asking_of_one")]

    @property
    def whose(self) -> Participation | Referral:
        return self.participation or self.referral  # type: ignore[return-value]

    @property
    def is_from_their_page(self) -> bool:
        return self.how_asked == self.Asked.OWN

    @property
    def is_copy(self) -> bool:
        return self.wants == Wants.COPY


class Answer(Walled):
    """How an asking was answered, with a reason from the short list. After a `not_yet` comes another one; the latest counts."""

    asking = Within(Asking, models.CASCADE, related_name="answers")
    how = models.CharField(max_length=7, choices=How)
    why = models.CharField(max_length=9, choices=Why)
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    def case_key(self) -> UUID | None:
        return self.asking.case_id


class Copy(Walled):
    """What was handed over, exactly as it was looked at before: sections of lines, with the others left out."""

    asking = Within(Asking, models.CASCADE, related_name="copies")
    of_case = models.UUIDField()
    words = SealedJSON(of="of_case")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "asking"], name="copy_once")]

    def case_key(self) -> UUID | None:
        return self.asking.case_id


class CopyFile(Walled):
    """One of the files that go with a copy, chosen when the copy was put together: what is fetched later is what was read through, and never more."""

    copy = Within(Copy, models.CASCADE, related_name="files")
    case = Within(Case, models.CASCADE, related_name="+")
    file = Within(File, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    is_own = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "copy", "number"], name="copy_file_number_once"),
            models.UniqueConstraint(fields=["programme", "copy", "file"], name="copy_file_once"),
        ]
