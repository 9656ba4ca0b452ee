"""Consent as a record: what somebody's answers stand at, on the very words they read; and on what yes something may leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases import queries as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.core.actor import Actor

from ..asked import is_today
from ..models import Consent, ConsentText, Recipient
from .own import answer_of
from .said import ASKED, Said, with_writers


@dataclass(frozen=True)
class Line:
    """One answer. `stands` says that it is the latest to its question and, if a yes, still counts; `is_older` that it was to words of before."""

    said: Said
    stands: bool
    is_older: bool

    @property
    def answer(self) -> Consent:
        return self.said.answer

    @property
    def may_be_taken_back(self) -> bool:
        return self.stands and self.answer.answer == Consent.Answer.YES

    @property
    def is_over(self) -> bool:
        return self.answer.until is not None and self.answer.until < _today(self.answer.case)

    @property
    def is_outgrown(self) -> bool:
        """From before they turned 18, and they are 18 now; for a parent or guardian, what they said for somebody who is 18 now."""
        place = self.answer.participation
        return place.decides_alone if self.answer.giver_id != place.pk else place.has_outgrown(self.answer.at)


def record_of(participation: Participation) -> list[Line]:
    """Every answer about this person with the words that were read, the latest first."""
    return _lines(_rows().filter(participation=participation))


def said_by(me: Participation) -> list[Line]:
    """What stands today of all that this person said, for themselves and, until they are 18, for whom they are guardian of."""
    lines = _lines(_rows().filter(giver=me))
    return [line for line in lines if line.stands and (line.answer.participation_id == me.pk or not line.is_outgrown)]


def live_yes(participation: Participation, *, scope: str, recipient: Recipient | None = None, giver: Participation | None = None) -> Consent | None:
    """Their yes to this purpose and this office, if it is their latest word and counts today."""
    last = answer_of(participation, giver=giver, scope=scope, recipient=recipient)
    if last is None or not _counts(last, _today(participation.case)):
        return None
    return None if last.giver_id == participation.pk and participation.has_outgrown(last.at) else last


def answer_about(participation: Participation, said: UUID) -> Consent:
    """One answer about this person, or 404."""
    return get_object_or_404(_rows(), pk=said, participation=participation)


def answer_given_by(me: Participation, said: UUID) -> Consent:
    """One answer that this person gave, or 404."""
    return get_object_or_404(_rows(), pk=said, giver=me)


def to_ask_again(actor: Actor) -> list[Consent]:
    """Whose latest word is a yes to words of before, in the open cases that this member of the staff prepares. Their yes stays what it was."""
    open_cases = open_to(actor, Permission.PREPARE, Case).exclude(stage=Stage.CLOSED).order_by().values("pk")
    rows = _rows().filter(case__in=open_cases, participation__left_at__isnull=True, giver__left_at__isnull=True).select_related("case")
    latest = {_question(row): row for row in rows.select_related("participation__person").order_by("at", "id")}
    older = _older({row.text for row in latest.values() if row.answer == Consent.Answer.YES and row.text is not None})
    return [row for row in latest.values() if row.answer == Consent.Answer.YES and row.text_id in older]


def conditions(case: Case) -> list[Consent]:
    """The yeses of this circle, to whatever, that hang on a condition."""
    here = cases.here(case).values("pk")
    rows = _rows().filter(case=case, participation__in=here, giver__in=here).select_related("participation__person").order_by("at", "id")
    latest = {_question(row): row for row in rows}
    return [row for row in latest.values() if _counts(row, _today(case)) and row.conditions]


def _rows() -> QuerySet[Consent]:
    return Consent.objects.filter(ASKED).select_related("giver__person", "participation__person", "recipient", "text__recipient", "case__programme")


def _lines(rows: QuerySet[Consent]) -> list[Line]:
    found = list(rows.order_by("-at", "-id"))
    latest: set[UUID] = set({_question(row): row.pk for row in reversed(found)}.values())
    older = _older({row.text for row in found if row.text is not None})
    return [Line(said, said.answer.pk in latest, said.answer.text_id in older) for said in with_writers(found)]


def _question(row: Consent) -> tuple[UUID, UUID, str, UUID | None]:
    return (row.participation_id, row.giver_id, row.scope, row.recipient_id)


def _older(texts: set[ConsentText]) -> set[UUID]:
    return {text.pk for text in texts if not is_today(text)}


def _counts(said: Consent, on: date) -> bool:
    return said.answer == Consent.Answer.YES and (said.until is None or on <= said.until)


def _today(case: Case) -> date:
    return clock.local(timezone.now(), case.programme.zone).date()
