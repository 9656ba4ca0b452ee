from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from setfair.access.policy import Tie
from setfair.access.ties import Reach, Ties, under
from setfair.cases.audience import Audience
from setfair.cases.models import Case, Participation
from setfair.cases.ties import ties as ties_to_a_case
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.core.records import Walled, Within
from setfair.vault.fields import SealedText

FOR_ALL = (Audience.TEAM, Audience.SHARED)
FOR_THOSE_WHO_LEAD = (*FOR_ALL, Audience.SAFETY)


def _read_by(tie: Tie, audiences: tuple[Audience, ...]) -> Reach:
    """Of the cases that the tie reaches: notes for these readers, and those one wrote."""

    def reach(actor: Actor) -> Q | None:
        cases = ties_to_a_case()[tie](actor)
        return None if cases is None else under("case", cases) & (Q(audience__in=audiences) | Q(by=actor.id))

    return reach


def _named(actor: Actor) -> Q | None:
    """Shared with this person, who is still in the circle."""
    if actor.kind != Kind.PARTICIPANT:
        return None
    return Q(about__pk=actor.id, about__left_at__isnull=True, audience=Audience.SHARED, corrections__isnull=True)


def _ties() -> Ties:
    return {
        Tie.COORDINATES: _read_by(Tie.COORDINATES, FOR_THOSE_WHO_LEAD),
        Tie.SUPERVISES: _read_by(Tie.SUPERVISES, FOR_THOSE_WHO_LEAD),
        Tie.FACILITATES: _read_by(Tie.FACILITATES, FOR_ALL),
        Tie.TAKES_PART: _named,
    }


class Note(Walled):
    """One note, never changed: what was wrong in it is said in a later one that `corrects` it, for the same readers.

    `about` is the person it is about; a shared note is for that one person, and for nobody else of the circle.
    """

    ties = staticmethod(_ties)

    case = Within(Case, models.CASCADE, related_name="notes")
    about = Within(Participation, models.CASCADE, null=True, related_name="notes")
    audience = models.CharField(max_length=7, choices=Audience)
    words = SealedText(of="case_id")
    corrects = Within("self", models.CASCADE, null=True, related_name="corrections")
    by = models.UUIDField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "corrects"], name="note_corrected_once"),
            models.CheckConstraint(condition=~Q(audience=Audience.SHARED) | Q(about__isnull=False), name="note_shared_with_one"),
            models.CheckConstraint(condition=~Q(corrects=F("id")), name="note_corrects_another"),
        ]
        indexes = [models.Index(fields=["programme", "case", "-at"], name="note_of_case")]

    @property
    def is_for_the_team(self) -> bool:
        return self.audience in FOR_ALL
