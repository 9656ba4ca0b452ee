"""By what is counted, and the tables of one or more years as they may be said: pure, so that an attack can be tried on it alone.

Each request and each case is counted once, in the year in which it ended, since
nothing of it changes after that (decision 190). Counted by the day of asking as well,
the same cases would stand in two tables that are not made of the same years.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from setfair.core.protect import Block, Fact, Line, Said, cut, stretches

ENDED = Line("ended", ("screened_out", "withdrawn", "not_met", "met", "ended_early", "not_kept", "part", "kept"), first=(2, 4, 7, 3))
"""How far it came, the least far first. Cut first: was it accepted, did they agree, was it kept, did they meet."""
QUARTER = Line("quarter", ("1", "2", "3", "4"), first=(2,))
SOURCE = Line("source", ("self", "family", "school", "police", "court", "other"), first=(2, 3))
DECIDER = Line("decider", ("together", "harmed", "responsible", "guardian", "somebody", "programme", "sender", "law", "nobody"), first=(1, 5))
LINES = (ENDED, DECIDER, QUARTER, SOURCE)
"""In the order of their worth: what is cut later is cut out of less."""
STATE = Line("state", ("not_done", "waived", "done"), first=(2,))
KIND = Line(
    "kind", ("words", "letter", "payment", "repair", "time", "community", "learning", "contact", "support", "reentry", "other"), first=(2, 4, 6)
)
ROLES = ("harmed", "responsible", "affected", "supporter")
STEPS = ("to_accepted", "to_met", "to_agreed", "to_end")

ASKED = ENDED.values
ACCEPTED, MET, AGREED, KEPT = ASKED[2:], ASKED[3:], ASKED[4:], ASKED[7:]
FUNNEL = {"asked": ASKED, "accepted": ACCEPTED, "met": MET, "agreed": AGREED, "kept": KEPT}
"""Who came at least so far."""
OF_STEP = {"to_accepted": ACCEPTED, "to_met": MET, "to_agreed": AGREED, "to_end": AGREED}
"""Of whom a time is said: of all who came as far as the later of the two steps, or of nobody."""
IN_DAYS = 20
"""From so many on a median is said in days; below, in weeks, since it is the number of one case."""


@dataclass(frozen=True)
class Counted:
    """One request or case that ended, as far as it is counted: codes, numbers and days, nothing by which it is found."""

    key: Hashable
    year: int
    ended: str
    decider: str
    quarter: str
    source: str
    people: Mapping[str, int] = field(default_factory=dict)
    promises: Sequence[tuple[str, str]] = ()
    days: Mapping[str, int] = field(default_factory=dict)

    @property
    def at(self) -> tuple[str, ...]:
        return self.ended, self.decider, self.quarter, self.source


@dataclass(frozen=True)
class Median:
    """The middle one, in days or in whole weeks."""

    number: int
    weeks: bool


@dataclass(frozen=True)
class Release:
    """What is said of these years, both included, for good. Screens, paper and files read this and nothing else."""

    first: int
    last: int
    cases: Said
    people: Mapping[str, Said]
    promises: Said
    days: Mapping[str, Median | None]

    def stored(self) -> dict[str, Any]:
        """As it is kept: blocks by their spans, so that nothing but what is said lies there."""
        tables = {"cases": self.cases, "promises": self.promises, **self.people}
        days = {step: [found.number, found.weeks] for step, found in self.days.items() if found}
        return {"tables": {name: [[*map(list, b.spans), b.number] for b in said.blocks] for name, said in tables.items()}, "days": days}


def read(first: int, last: int, stored: Mapping[str, Any]) -> Release:
    """What was kept, as it was said."""

    def said(name: str, lines: tuple[Line, ...]) -> Said:
        rows = stored["tables"].get(name, ())
        return Said(lines, tuple(Block(tuple((a, b) for a, b in row[:-1]), row[-1]) for row in rows))

    people = {role: said(role, LINES) for role in ROLES}
    days = {step: Median(*stored["days"][step]) if step in stored["days"] else None for step in STEPS}
    return Release(first, last, said("cases", LINES), people, said("promises", (STATE, KIND)), days)


def release(first: int, last: int, counted: Collection[Counted]) -> Release:
    """The tables of these years.

    People follow the cuts of the cases. Promises are told apart by themselves, in the whole
    years alone, and whether they were kept only where the cases in which all was kept
    are told apart too: five promises of five cases would tell how many cases there were.
    """
    cases = cut(LINES, [Fact(one.key, one.at) for one in counted])
    accepted = [one for one in counted if one.ended in ACCEPTED]
    people = {
        role: cut(
            LINES,
            [Fact(one.key, one.at, one.people[role]) for one in accepted if one.people.get(role)],
            along=cases,
            within={"ended": (ACCEPTED[0], ACCEPTED[-1])},
        )
        for role in ROLES
    }
    return Release(first, last, cases, people, _promises(counted, cases), {step: _median(step, counted, cases) for step in STEPS})


def releases(counted: Iterable[Counted], since: int, until: int, before: Sequence[Release] = ()) -> list[Release]:
    """What was said before as it was said, and after it the years that can be said now."""
    by_year: dict[int, list[Counted]] = {}
    for one in counted:
        by_year.setdefault(one.year, []).append(one)
    first = before[-1].last + 1 if before else since
    new = stretches({year: len(these) for year, these in by_year.items()}, first, until)
    return [*before, *(release(a, b, [one for year in range(a, b + 1) for one in by_year.get(year, ())]) for a, b in new)]


def _promises(counted: Iterable[Counted], cases: Said) -> Said:
    if cases.number(ended=AGREED) is None:
        return Said((STATE, KIND))
    facts = [Fact(one.key, promise) for one in counted if one.ended in AGREED for promise in one.promises]
    return cut((STATE, KIND), facts, uncut=() if cases.number(ended=KEPT) is not None else ("state",))


def _median(step: str, counted: Iterable[Counted], cases: Said) -> Median | None:
    """Whether it is said, and in what, follows from a number that is said itself; by how many of them went the step it would give that away."""
    if cases.number(ended=OF_STEP[step]) is None:
        return None
    days = [one.days.get(step) for one in counted if one.ended in OF_STEP[step]]
    known = [number for number in days if number is not None]
    if len(known) < len(days):
        return None
    weeks = len(known) < IN_DAYS
    return Median(round(median(known) / (7 if weeks else 1)), weeks)
