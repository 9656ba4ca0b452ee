"""What the readiness board of twelve people costs, beside the board of a case that was just opened."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from bench.beside import Found, compare, seeded
from bench.errands import SLUG, Errand, known, signed_in
from bench.figure import FULL, Figure, Plant, Result, Trial, trials
from bench.line import Line
from bench.sowing import NOBODY
from setfair.access.entry import programme_by_slug
from setfair.accounts.models import User
from setfair.cases.models import Case
from setfair.core import tenant

CASES = 1_000
TIMES = 120 if FULL else 40
RATIO, QUERIES = 4.0, 40
"""It reads some thirty kinds of fact, each in one statement however many stand in the circle (`test_board.py` holds it to that)."""
PLANTS = (Plant("board-asks-for-each-person", "queries over"), Plant("board-reads-it-all-again", "ratio over"))


def _errand(port: int) -> Errand:
    programme, twelve, _name = known()
    with tenant.inside(programme_by_slug(SLUG)):
        nobody = Case.objects.get(alias=NOBODY)
    line = Line(port, signed_in(User.objects.get(email="nour@county.example"), programme))
    full, empty = reverse("ready", args=[twelve.ref]), reverse("ready", args=[nobody.ref])
    return Errand("board of twelve", lambda **headers: line.get(full, **headers), lambda **headers: line.get(empty, **headers), RATIO, QUERIES)


def _found(plant: str, times: int) -> Found:
    with seeded(CASES, plant) as home:
        return compare([_errand(home.port)], times, "The board of twelve people, beside that of a case with nobody in it yet")[0]


def _measure() -> Result:
    found = _found("", TIMES)
    return Result(f"{found.ratio:.2f}", f"times an empty board, {found.queries} queries", not found.over, n=f"12 people, {TIMES} times each", seed=7)


def _canary() -> Iterator[Trial]:
    yield from trials(PLANTS, lambda plant: _found(plant, 16).over)


FIGURE = Figure(
    name="readiness",
    says="the readiness board of a case of twelve, beside the board of a case that was just opened",
    goal=f"{RATIO:.0f} times, {QUERIES} queries",
    measure=_measure,
    canary=_canary,
)
