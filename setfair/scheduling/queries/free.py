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


@dataclass(frozen=True)
class Said:
    """Of one needed id. `answers` are (moment, "yes" | "if_needed" | "no"), the one that counts last; `busy` are spans in which they cannot come."""

    answers: tuple[tuple[datetime, str], ...] = ()
    busy: tuple[Span, ...] = ()


def said_by(needed: Needed, stretches: Sequence[Stretch], zone: str) -> dict[UUID, Said]:
    """For every id in `needed.names` what they said of these stretches; whoever said nothing is there, with nothing.

    What somebody said of this very time (in a round, or by themselves) counts over what they said of every week, so it stands
    last in `answers`; a stretch takes the last answer whose moment lies in it. `busy` is what is taken in their own calendars,
    days off, and a weekly no. A yes to this very time does not take a busy span away: somebody asks them. Seats at other
    conferences are not in it (see `best`). A fixed number of queries, however many are needed.
    """
    found: dict[UUID, Said] = {who: Said() for who in needed.names}
    if not stretches:
        return found
    days = [clock.local(moment, zone).date() for s in stretches for moment in (s.starts, s.ends)]
    weekly, own = known_of(found, min(days), max(days), zone), words_of(needed.people)
    return {who: Said((*_weekly(weekly[who], stretches), *own.get(who, ())), tuple(weekly[who].busy)) for who in found}


def _weekly(known: Known, stretches: Sequence[Stretch]) -> list[tuple[datetime, str]]:
    """A weekly answer is one about a stretch that lies in it as a whole; of a part of it nothing is known."""
    return [(s.starts, answer) for s in stretches for starts, ends, answer in known.suits if starts <= s.starts and s.ends <= ends]
