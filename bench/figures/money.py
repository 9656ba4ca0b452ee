"""Histories of money that was promised: parts, part payments and too much, both sides' words and the team's, forms sent twice. Not a coin may be
lost or made. Nothing is divided among several here: they owe a sum together.

Most are worked out by the pure rules (`restitution/cents.py`); some are played by the real actions on PostgreSQL, with newer versions half-way; and
in some the same form comes twice at one instant. What is right is counted by the test, in whole coins. FULL=1 works out a million, and goes on
where it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench.figure import FULL, SEED, Figure, Plant, Result, Trial, trials
from bench.ledger import Ledger
from bench.suite import Ran, run

TEST = "setfair/restitution/tests/test_money_figure.py"
PARTS, EACH = (20, 50_000) if FULL else (1, 20_000)
PLAYED, RACES = (200, 200) if FULL else (24, 10)
PURE = f"{TEST}::test_of_many_histories_not_a_coin_is_lost_or_made"
REAL = (
    f"{TEST}::test_histories_that_are_played_are_counted_to_the_coin",
    f"{TEST}::test_the_same_form_at_the_same_instant_counts_once",
)
PLANTS = (
    Plant("overpay-swallowed", "what came over it is not seen"),
    Plant("taken-at-their-word", "what came is not what was said to come"),
)
PLAYED_PLANTS = (Plant("form-counted-twice", "played"),)


def _pure(seed: int, histories: int, plant: str = "") -> list[Ran]:
    return run(PURE, plant=plant, SETFAIR_MONEY_HISTORIES=str(histories), SETFAIR_MONEY_SEED=str(seed))


def _real(seed: int, played: int, races: int, plant: str = "") -> list[Ran]:
    return run(
        *REAL[: 2 if races else 1], plant=plant, SETFAIR_MONEY_PLAYED=str(played), SETFAIR_MONEY_RACES=str(races), SETFAIR_MONEY_SEED=str(seed)
    )


def _found(ran: list[Ran], tests: int) -> dict[str, Any]:
    whole = len(ran) == tests and all(test.passed == (test.notes.get("coins") == "0") for test in ran)
    said = [test.notes for test in ran]
    return {
        "whole": whole and all("coins" in notes for notes in said),
        "passed": all(test.passed for test in ran),
        "histories": sum(int(notes.get("histories", 0)) for notes in said),
        "coins": sum(int(notes.get("coins", 0)) for notes in said),
        "places": [place for notes in said for place in str(notes.get("places", "")).split("; ") if place],
    }


def _measure() -> Result:
    ledger, seed, parts = Ledger("money"), 1 if FULL else SEED, []
    for number in range(PARTS):
        name = f"histories {number}"
        parts.append(ledger.found.get(name) or ledger.put(name, _found(_pure(seed + number, EACH), 1)))
    parts.append(ledger.found.get("played") or ledger.put("played", _found(_real(seed, PLAYED, RACES), 2)))
    for place in [place for part in parts for place in part["places"]][:20]:
        print(place)
    histories, coins = sum(part["histories"] for part in parts), sum(part["coins"] for part in parts)
    met = coins == 0 and all(part["whole"] and part["passed"] for part in parts) and histories == PARTS * EACH + PLAYED + RACES
    n = f"{PARTS * EACH} worked out, {PLAYED} played by the real actions, {RACES} forms sent twice at one instant"
    return Result(str(coins), f"cents lost or made of {histories} histories", met, n=n, seed=seed)


def _canary() -> Iterator[Trial]:
    yield from trials(PLANTS, lambda plant: _found(_pure(SEED, 400, plant), 1)["places"])
    yield from trials(PLAYED_PLANTS, lambda plant: _found(_real(SEED, 6, 0, plant), 1)["places"])


FIGURE = Figure(
    name="money",
    says="of money that was promised, paid in parts, too little or too much, and told of by both sides, not a cent is lost or made",
    goal="0",
    measure=_measure,
    canary=_canary,
)
