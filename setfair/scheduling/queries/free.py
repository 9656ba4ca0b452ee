"""What is known of everybody who is needed, for whoever looks for a time: free, if needed, no, and when they are busy. Never why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from setfair.calendars.queries import Known, known_of
from setfair.core import clock

from ..solver import Span, Stretch
from .answers import words_of
from .needed import Needed

CAN = ("yes", "if_needed")


@dataclass(frozen=True)
class Said:
    """Of one needed id. `answers` are (moment, "yes" | "if_needed" | "no"), the one that counts last; `busy` are spans in which they cannot come."""

    answers: tuple[tuple[datetime, str], ...] = ()
    busy: tuple[Span, ...] = ()


def said_by(needed: Needed, stretches: Sequence[Stretch], zone: str) -> dict[UUID, Said]:
    """For every id in `needed.names` what they said of these stretches; whoever said nothing is there, with nothing.

    What somebody said of this very time (in a round, or by themselves) counts over what they said of every week, so it stands
    last in `answers`; a stretch takes the last answer whose moment lies in it. `busy` is what is taken in their own calendars,
    days off, and a weekly no; a yes to this very time counts over those too, as it does where a time is booked by hand. Seats
    at other conferences are not in it (see `best`). A fixed number of queries, however many are needed.
    """
    found: dict[UUID, Said] = {who: Said() for who in needed.names}
    if not stretches:
        return found
    days = [clock.local(moment, zone).date() for s in stretches for moment in (s.starts, s.ends)]
    weekly, own = known_of(found, min(days), max(days), zone), words_of(needed.people)
    return {who: _said(weekly[who], own.get(who, ()), stretches) for who in found}


def _said(known: Known, own: Sequence[tuple[datetime, str]], stretches: Sequence[Stretch]) -> Said:
    last = {s: answer for moment, answer in own for s in stretches if s.starts <= moment < s.ends}
    busy = list(known.busy)
    for stretch, answer in last.items():
        if answer in CAN:
            busy = [left for span in busy for left in _outside(span, (stretch.starts, stretch.ends))]
    return Said((*_weekly(known, stretches), *own), tuple(busy))


def _outside(span: Span, cut: Span) -> list[Span]:
    """What of a span lies before and after another."""
    parts = ((span[0], min(span[1], cut[0])), (max(span[0], cut[1]), span[1]))
    return [(starts, ends) for starts, ends in parts if starts < ends]


def _weekly(known: Known, stretches: Sequence[Stretch]) -> list[tuple[datetime, str]]:
    """A weekly answer is one about a stretch that lies in it as a whole; of a part of it nothing is known."""
    return [(s.starts, answer) for s in stretches for starts, ends, answer in known.suits if starts <= s.starts and s.ends <= ends]
