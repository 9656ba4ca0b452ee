"""Calls that are owed once an agreement is in force: to ask how it goes, on the day of a promise, and months later."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Tie
from setfair.access.ties import inherited
from setfair.agreements.models import Agreement
from setfair.cases.models import Case, Participation
from setfair.cases.ties import ties as ties_to_a_case
from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.vault.fields import SealedText

from . import journey

STAFF = frozenset({Tie.COORDINATES, Tie.SUPERVISES, Tie.FACILITATES})
MOST_PUT_OFF = 2


class Rhythm(Walled):
    """After how many days somebody calls. The latest row counts; before the first one, what practice has found (`rhythm.DEFAULT`)."""

    first = models.PositiveSmallIntegerField(_("days until the first call"))
    second = models.PositiveSmallIntegerField(_("days until the second call"), null=True)
    every = models.PositiveSmallIntegerField(_("days between calls after that"), null=True)
    later = models.PositiveSmallIntegerField(_("days until the last call, when all is over"))
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first__range=(1, 365), later__range=(1, 365), later__gt=F("first")), name="rhythm_within_a_year"),
            models.CheckConstraint(condition=Q(second__isnull=True) | Q(second__gt=F("first"), second__lte=365), name="rhythm_second_is_later"),
            models.CheckConstraint(condition=Q(every__isnull=True) | Q(every__range=(7, 365)), name="rhythm_never_daily"),
        ]
        indexes = [models.Index(fields=["programme", "-at"], name="rhythm_latest")]


class CheckIn(Walled):
    """One call that is owed to one person of the circle; without a person, to whoever answers for a body.

    `planned_on` is the day that was worked out, `due_on` the first day after it on which somebody is there, or the day it was put off to.
    How often it was `put_off`, and how often its day `moved` at all, is held against the notes that say so.
    `caller` is who of the team calls; nobody, when everyone who had it has left. From `late_on` whoever coordinates is told, from
    `unheard_on` whoever supervises. It is never deleted, and is owed until a note says why not. One that ended because nothing asked for it
    any more does not stand in the way of another one on the same day.
    """

    class Purpose(models.TextChoices):
        EARLY = "early", _("to ask how it goes")
        DUE = "due", _("a promise of theirs has its day")
        LATER = "later", _("to ask how it is, some months later")

    JOURNEY = journey.JOURNEY
    ties = staticmethod(inherited("case", ties_to_a_case, only=STAFF))

    case = Within(Case, models.CASCADE, related_name="check_ins")
    agreement = Within(Agreement, models.CASCADE, related_name="+")
    participation = Within(Participation, models.CASCADE, null=True, related_name="+")
    purpose = models.CharField(max_length=5, choices=Purpose)
    planned_on = models.DateField()
    due_on = models.DateField()
    late_on = models.DateField()
    unheard_on = models.DateField()
    caller = models.UUIDField(null=True)
    stage = models.CharField(max_length=10, choices=journey.Stage, default=journey.Stage.OWED)
    put_off = models.PositiveSmallIntegerField(default=0)
    moved = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "case", "participation", "purpose", "planned_on"],
                condition=~Q(stage="ended"),
                nulls_distinct=False,
                name="check_in_once",
            ),
            models.CheckConstraint(condition=Q(put_off__lte=MOST_PUT_OFF), name="check_in_put_off_twice"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("planned_on"), late_on__gt=F("due_on"), unheard_on__gt=F("late_on")), name="check_in_in_turn"
            ),
        ]
        indexes = [models.Index(fields=["programme", "due_on"], condition=Q(stage="owed"), name="check_in_owed")]
        ordering = ("due_on", "planned_on", "id")


class CheckInNote(Walled):
    """What came of a call, or why it is not owed any more. A fact: it is added and never changed."""

    class Said(models.TextChoices):
        REACHED = "reached", _("we spoke")
        OTHERWISE = "otherwise", _("we heard in another way")
        NO_ANSWER = "no_answer", _("nobody answered")
        UNREACHED = "unreached", _("nobody was reached on three days")
        NOT_WANTED = "not_wanted", _("they do not want calls")
        STOPPED = "stopped", _("not needed: they have stopped")
        PUT_OFF = "put_off", _("put off to a later day")
        TAKEN_OVER = "taken_over", _("somebody else calls")
        ENDED = "ended", _("not needed any more")

    check_in = Within(CheckIn, models.CASCADE, related_name="notes")
    case = Within(Case, models.CASCADE, related_name="+")
    said = models.CharField(max_length=10, choices=Said)
    words = SealedText(of="case_id", verbose_name=_("what was said"))
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "check_in"],
                condition=Q(said__in=("reached", "otherwise", "unreached", "not_wanted", "stopped", "ended")),
                name="check_in_ends_once",
            ),
        ]
        ordering = ("at", "id")


class Helper(Walled):
    """Who is beside somebody while promises are kept: one who stands by them, or one who looks that it is done; of the team or of the circle.

    It ends and is never deleted. When whoever it was has left (`why`), it waits until somebody else is named, or nobody is needed (`answered`).
    """

    class Kind(models.TextChoices):
        MENTOR = "mentor", _("stands by them")
        MONITOR = "monitor", _("looks that it is done")

    class Why(models.TextChoices):
        CHANGED = "changed", _("somebody else was named, or nobody is needed")
        LEFT = "left", _("they have left")

    ties = staticmethod(inherited("case", ties_to_a_case, only=STAFF))

    case = Within(Case, models.CASCADE, related_name="helpers")
    participation = Within(Participation, models.CASCADE, related_name="helpers")
    kind = models.CharField(max_length=7, choices=Kind)
    user = models.UUIDField(null=True)
    other = Within(Participation, models.CASCADE, null=True, related_name="+")
    since = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=7, choices=Why, blank=True, default="", db_default="")
    answered = models.BooleanField(default=False, db_default=False)
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "participation", "kind"], condition=Q(ended_at__isnull=True), name="helper_one_of_a_kind"),
            models.CheckConstraint(
                condition=Q(user__isnull=True, other__isnull=False) | Q(user__isnull=False, other__isnull=True), name="helper_is_one"
            ),
            models.CheckConstraint(condition=Q(other__isnull=True) | ~Q(other=F("participation")), name="helper_is_another"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, why="") | (Q(ended_at__isnull=False) & ~Q(why="")), name="helper_ends_with_why"
            ),
        ]
        indexes = [models.Index(fields=["programme", "case"], condition=Q(answered=False) & Q(("why", "left")), name="helper_left")]


SETTLES = {
    CheckInNote.Said.REACHED: journey.Stage.DONE,
    CheckInNote.Said.OTHERWISE: journey.Stage.DONE,
    CheckInNote.Said.UNREACHED: journey.Stage.UNREACHED,
    CheckInNote.Said.NOT_WANTED: journey.Stage.NOT_WANTED,
    CheckInNote.Said.STOPPED: journey.Stage.NOT_WANTED,
    CheckInNote.Said.ENDED: journey.Stage.ENDED,
}
"""What a note makes of a call; the others leave it owed."""
