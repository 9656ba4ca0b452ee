"""Eight people sign the same version at the same instant, each on their own page, over HTTP: it comes into force exactly once.

Every request goes through the whole house, in threads of one process with a connection each. FULL=1 does it two hundred times; else twenty. Each
time it is a newer version of the one before, so what held is replaced in the same moment.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.figure import FULL, Figure, Plant, Result, Trial, trials
from bench.suite import Ran, run

TEST = "setfair/agreements/tests/test_signing_race.py"
RACES = 200 if FULL else 20
FEW = 12
PLANTS = (
    Plant("signing-lock-forgotten", "in force 0 times"),
    Plant("last-name-not-counted", "in force 0 times"),
)


def _race(races: int, plant: str = "") -> list[Ran]:
    return run(TEST, plant=plant, SETFAIR_SIGNING_RACES=str(races))


def _measure() -> Result:
    ran = _race(RACES)
    notes = ran[0].notes if ran else {}
    for place in _places(ran):
        print(place)
    whole = len(ran) == 1 and int(notes.get("races", 0)) == RACES
    n = f"{notes.get('signers', 0)} clients at once, {notes.get('races', 0)} times"
    return Result(str(notes.get("broken", RACES)), "races broken", whole and ran[0].passed and notes["broken"] == "0", n=n)


def _canary() -> Iterator[Trial]:
    yield from trials(PLANTS, lambda plant: _places(_race(FEW, plant)))


def _places(ran: list[Ran]) -> list[str]:
    return [place for test in ran for place in str(test.notes.get("places", "")).split("; ") if place]


FIGURE = Figure(
    name="signing-race",
    says="of eight people who sign the same version at the same instant, all have signed, it comes into force exactly once, and each is told once",
    goal="0",
    measure=_measure,
    canary=_canary,
)
