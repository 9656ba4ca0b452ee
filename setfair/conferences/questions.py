"""What somebody wants to ask, before whoever holds the script, so that no question is forgotten.

Only of those who let us tell the others in the talk: a console can be seen from the next chair (decision 143).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from setfair.cases.models import Participation
from setfair.programmes.models import Phase, ScriptPage
from setfair.voices.models import OwnWords

from .models import Conference, QuestionMark

MOST = 20
"""Of one person."""
SETTLED = (QuestionMark.What.ANSWERED, QuestionMark.What.NOT_WANTED)
BETWEEN = re.compile(r"\s*\n\s*|(?<=[?؟？])\s+")
"""A question ends with its line, or with its sign."""


@dataclass(frozen=True)
class Question:
    """One question, whose it is, and what became of it; `key` says which one a press means."""

    participation: Participation
    words: OwnWords
    line: int
    text: str
    mark: str

    @property
    def key(self) -> str:
        return f"{self.words.pk}:{self.line}"


def lines(ask: str) -> list[str]:
    """Each question by itself."""
    return [line for line in BETWEEN.split(ask.strip()) if line][:MOST]


def prepared(conference: Conference, people: Iterable[Participation]) -> list[Question]:
    """The questions of each of these who gave their leave, as they stand now, in the order of these people."""
    places = {p.pk: p for p in people}
    latest = {row.participation_id: row for row in OwnWords.objects.filter(participation__in=places).order_by("at", "id")}
    told = {key: latest[key] for key in places if key in latest and latest[key].reads == OwnWords.Reads.ALL}
    marks = _marks(conference, told) if told else {}
    return [
        Question(places[key], words, number, text, marks.get((key, text), ""))
        for key, words in told.items()
        for number, text in enumerate(lines(words.ask))
    ]


def on_page(conference: Conference, page: ScriptPage, asked: list[Participation], people: Iterable[Participation], *, closes: bool) -> list[Question]:
    """On the page of somebody's voice theirs; where the sharing closes, what is still open of anybody who is here."""
    if page.phase == Phase.VOICES and page.asks not in ("", "everyone"):
        return prepared(conference, asked)
    return [one for one in prepared(conference, people) if one.mark not in SETTLED] if closes else []


def _marks(conference: Conference, places: Iterable[UUID]) -> dict[tuple[UUID, str], str]:
    """By whose question it is and how it reads: a word changed elsewhere on the page takes no mark away, nor does another day."""
    rows = QuestionMark.objects.filter(conference__case=conference.case_id, words__participation__in=places).select_related("words")
    found: dict[tuple[UUID, str], str] = {}
    for row in rows.order_by("conference__planned_at", "number"):
        asked = lines(row.words.ask)
        if row.line < len(asked):
            found[row.words.participation_id, asked[row.line]] = "" if row.what == QuestionMark.What.OPEN else row.what
    return found
