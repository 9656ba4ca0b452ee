"""Whether every answer of the solver keeps every rule, worked out anew by a checker that shares no line with it; and whether a booking takes it.

For the second, circles with random weeks, answers, curfews, exams and rooms are played in the house itself: what the page and the plan of a
term propose is put to `objection` and `does_not_suit`, and booked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench.figure import FULL, SEED, Figure, Plant, Result, Trial, trials
from bench.solver_small import small
from bench.suite import run
from setfair.scheduling.solver import Diary, batch, check, suggest
from setfair.scheduling.solver.reading import read, written

MANY = 10_000 if FULL else 1_000
TEST, ROUNDS = "setfair/scheduling/tests/test_proposed_is_booked.py", 60 if FULL else 8
BOOKED = (Plant("search-forgets-curfews", "may not be out"),)
SIGNS = {
    "moves-by-one": "in no window", "forgets-a-helper": "not the team", "swaps-a-room": "a room that it may not have",
    "takes-a-late-day": "too early or too late",
    "ignores-a-cap": "one too many", "no-turnaround": "follows too soon", "hides-a-cost": "costs", "moves-what-is-pinned": "was pinned",
}  # fmt: skip
PLANTS = tuple(Plant(name, sign) for name, sign in SIGNS.items())


def _spoilt(plant: str, given: dict[str, Any], plan: list[dict[str, Any]]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """One answer with one fault; the cap, the turnaround and the last day are tightened after the answer was given."""
    if not plan:
        return given, plan
    one, rest = plan[0], plan[1:]
    match plant:
        case "moves-by-one":
            end = next(end for first, end in given["windows"] if first <= one["start"] < end)
            return given, [one | {"start": end - 1}, *rest]
        case "forgets-a-helper":
            return given, [one | {"helpers": one["helpers"][1:]}, *rest]
        case "swaps-a-room":
            return given, [one | {"room": "elsewhere"}, *rest]
        case "takes-a-late-day":
            return given | {"meetings": [row | {"last_day": -1} for row in given["meetings"]]}, plan
        case "ignores-a-cap":
            return given | {"helpers": [row | {"cap": 0} for row in given["helpers"]]}, plan
        case "no-turnaround":
            return given | {"rooms": [row | {"turnaround": 20} for row in given["rooms"]]}, plan
        case "moves-what-is-pinned":
            return given | {"placed": [one | {"start": one["start"] + 1}]}, plan
    return given, plan


def _faults(plant: str, many: int) -> list[str]:
    faults = []
    for seed in range(SEED * 100_000, SEED * 100_000 + many):
        given = small(seed)
        instance = read(given)
        plan = batch(instance, rounds=12, seed=seed)
        rows = [written(one) for one in plan.placed]
        found = check(*_spoilt(plant, given, rows))
        faults += [f"{seed}: {words}" for words in found["broken"]]
        if found["cost"] != plan.cost + (plant == "hides-a-cost") and (not plant or plant == "hides-a-cost"):
            faults.append(f"{seed}: it costs {found['cost']}, and {plan.cost} was said")
        if not plant:
            faults += _one_more(given, rows, plan.left_out(instance))
    return faults


def _one_more(given: dict[str, Any], rows: list[dict[str, Any]], left_out: list[str]) -> list[str]:
    """With the plan pinned: what is suggested for another fits beside it, and planning again leaves all where it is."""
    pinned = given | {"placed": rows}
    instance = read(pinned)
    again = batch(instance, rounds=4)
    faults = check(pinned, [written(one) for one in again.placed])["broken"]
    diary = Diary(instance)
    for name in left_out[:2]:
        for choice in suggest(diary, instance.meetings[name], limit=2):
            faults = faults + check(pinned, [*rows, written(choice.placed)])["broken"]
    return faults


def _booked(plant: str = "", rounds: int = ROUNDS) -> tuple[int, list[str]]:
    """How many proposals were tried, and those that a booking refused."""
    ran = run(TEST, plant=plant, SETFAIR_PROPOSED=str(rounds), SETFAIR_PROPOSED_SEED=str(SEED))
    tried = sum(int(test.notes.get("tried", 0)) for test in ran)
    refused = [words for test in ran for words in str(test.notes.get("refused", "")).split("; ") if words]
    return tried, refused or ([] if tried and all(test.passed for test in ran) else ["nothing was proposed"])


def _measure() -> Result:
    tried, refused = _booked()
    print(f"{tried} proposals of the house booked, {len(refused)} refused", flush=True)
    faults = refused + _faults("", MANY)
    for fault in faults[:10]:
        print(fault)
    return Result(
        str(len(faults)),
        f"rules broken in {MANY:,} random terms, or refused of {tried} proposals",
        not faults,
        n=f"{MANY:,} terms, {tried} bookings",
        seed=SEED,
    )


def _canary() -> Iterator[Trial]:
    yield from trials(PLANTS, lambda plant: _faults(plant, 40))
    yield from trials(BOOKED, lambda plant: _booked(plant, 3)[1])


FIGURE = Figure(
    name="solver-check",
    says="answers of the solver that break a rule, by a checker that shares no line with it, and proposals of the house that a booking refuses",
    goal="0",
    measure=_measure,
    canary=_canary,
)
