"""Times booked, moved and given back at random, in five time zones; each reader's files as two other programs understand them.

Each file is taken in by a fresh calendar, in order and in another order, which keeps of each entry the one with the highest number. It then has
to hold the time that is booked and no other. `icalendar` and `ical` share no code. FULL=1 plays two hundred.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.figure import FULL, SEED, Figure, Plant, Result, Trial, trials
from bench.suite import Ran, run

TEST = "tests/stories/test_calendars.py"
PLAYS = "200" if FULL else "10"
PLANTS = (Plant("number-that-stays", "wrong in a calendar", 3), Plant("name-in-an-entry", "a name in an entry"))


def _measure() -> Result:
    ran = run(TEST, SETFAIR_PLAYS=PLAYS, SETFAIR_SEED=str(SEED))
    files, found = sum(int(test.notes.get("files", 0)) for test in ran), [fault for test in ran for fault in _said(test)]
    print("\n".join(found))
    met = len(ran) == 1 and ran[0].passed and files > 0 and not found
    return Result(f"{len(found)} of {files}", "files misunderstood or telling", met, n=f"{files} files of {PLAYS} plays", seed=SEED)


def _canary() -> Iterator[Trial]:
    yield from trials(PLANTS, lambda plant: [said for test in run(TEST, plant=plant, SETFAIR_PLAYS="2") for said in _said(test)])


def _said(test: Ran) -> list[str]:
    return [fault for fault in str(test.notes.get("found", "")).split("; ") if fault]


FIGURE = Figure(
    name="calendar",
    says="every calendar that took in its files holds the time that is booked and no other, as two other programs read them; no name in any",
    goal="0",
    measure=_measure,
    canary=_canary,
)
