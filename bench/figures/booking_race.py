"""Fifty coordinators book, move and give back the same few rooms and people at once, over HTTP, while answers are written down.

Every request goes through the whole house, in threads of one process with a connection each. FULL=1 goes on for five minutes; else for half a
minute. Twice all is given back: then everybody books the same last hour at once, and then offers it, kept free, with one team and several rooms.
The rules of the database are not asked whether they held: it is counted past them.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.figure import FULL, SEED, Figure, Plant, Result, Trial, trials
from bench.suite import Ran, run

TEST = "setfair/scheduling/tests/test_booking_race.py"
COORDINATORS = 50
SECONDS = 300 if FULL else 30
PLANTS = (
    Plant("room-twice", "rooms booked twice"),
    Plant("person-twice", "people booked twice"),
    Plant("answer-lost", "answers lost"),
    Plant("helper-kept-twice", "kept free for two"),
    Plant("slow-hand-on-people", "is over"),
)
WAITS = 2.5
"""In nineteen of twenty an act takes at most so many times as long as a page of times would take each who presses at once, one after the other.

In one process all who press wait for one another: with fifty, the last waits for forty-nine.
"""


def _race(coordinators: int, seconds: int, plant: str = "") -> list[Ran]:
    given = {"SETFAIR_RACE_COORDINATORS": coordinators, "SETFAIR_RACE_SECONDS": seconds, "SETFAIR_RACE_SEED": SEED}
    return run(TEST, plant=plant, **{name: str(value) for name, value in given.items()})


def _measure() -> Result:
    ran = _race(COORDINATORS, SECONDS)
    notes = ran[0].notes if ran else {}
    for place in _said(ran):
        print(place)
    print(", ".join(f"{name}: {notes.get(name, 0)}" for name in ("acts", "booked", "refused", "answers", "page", "p50", "p95", "noise")))
    whole = len(ran) == 1 and int(notes.get("coordinators", 0)) == COORDINATORS
    met = whole and ran[0].passed and not _said(ran) and int(notes.get("booked", 0)) > 0 and int(notes.get("answers", 0)) > 0
    n = f"{COORDINATORS} coordinators, {SECONDS} s, {notes.get('acts', 0)} acts, {notes.get('booked', 0)} bookings"
    return Result(
        str(len(_said(ran))),
        f"kinds of double bookings, lost answers, errors or waits, p95 {max(map(_waits, ran), default=0):.2f} pages for each",
        met,
        n=n,
        seed=SEED,
    )


def _canary() -> Iterator[Trial]:
    yield from trials(PLANTS, lambda plant: _said(_race(8, 8, plant)))


def _said(ran: list[Ran]) -> list[str]:
    places = [place for test in ran for place in str(test.notes.get("places", "")).split("; ") if place]
    return places + [slow for test in ran if (slow := _slow(test))]


def _slow(test: Ran) -> str:
    return f"p95 {waits:.2f} pages for each is over {WAITS}" if (waits := _waits(test)) > WAITS else ""


def _waits(test: Ran) -> float:
    each = int(test.notes.get("page", 0)) * int(test.notes.get("coordinators", 0))
    return int(test.notes.get("p95", 0)) / each if each else 0


FIGURE = Figure(
    name="booking-race",
    says="of fifty coordinators who book, move and give back at once, none has a room or a person booked or kept twice, and no answer is lost",
    goal=f"0, p95 {WAITS:g} pages for each",
    measure=_measure,
    canary=_canary,
)
