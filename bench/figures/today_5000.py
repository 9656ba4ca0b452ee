"""What Today costs with 5,000 open cases, beside the Today of a programme that has none, in the same process and minute."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from bench.beside import Found, compare, seeded
from bench.errands import Errand, known, signed_in
from bench.figure import FULL, Figure, Plant, Result, Trial, trials
from bench.line import Line
from setfair.access.entry import programme_by_slug
from setfair.accounts.models import User
from setfair.core import tenant
from setfair.programmes.models import Programme

CASES, OPEN = 10_000, 5_000
TIMES = 120 if FULL else 40
RATIO, EVERYONES, QUERIES = 4.0, 8.0, 12
EMPTY = "northgate-high"
PLANTS = (Plant("today-asks-for-each-line", "queries over"), Plant("today-reads-every-case", "ratio over"))
"""Today as it opens may cost so many times the empty one; asked for everyone's cases at once, twice that. And so many statements."""


def _errands(port: int) -> list[Errand]:
    programme, _case, _name = known()
    with tenant.inside(programme_by_slug(EMPTY)):
        empty = Programme.objects.get(slug=EMPTY)

    def today(email: str, where: Programme, query: str = "") -> Line:
        return Line(port, signed_in(User.objects.get(email=email), where))

    path = reverse("today")
    return [
        Errand(
            name,
            lambda line=today(full, programme), at=path + query, **headers: line.get(at, **headers),  # type: ignore[misc]
            lambda line=today(other, empty), at=path + query, **headers: line.get(at, **headers),
            EVERYONES if query else RATIO,
            QUERIES,
        )  # type: ignore[misc]
        for name, full, other, query in (
            ("coordinator, own", "nour@county.example", "cora@school.example", ""),
            ("coordinator, all", "nour@county.example", "cora@school.example", "?whose=all"),
            ("supervisor", "edda@county.example", "sven@school.example", ""),
        )
    ]


def _found(plant: str, times: int) -> list[Found]:
    with seeded(CASES, plant) as home:
        return compare(_errands(home.port), times, f"Today with {OPEN:,} open cases, beside one with none")


def _measure() -> Result:
    found = _found("", TIMES)
    dearest = max(found, key=lambda one: one.ratio / one.page.ratio)
    met = not any(one.over for one in found)
    unit = f"times an empty Today at its dearest ({dearest.page.name}), {max(one.queries for one in found)} queries"
    return Result(f"{dearest.ratio:.2f}", unit, met, n=f"{OPEN:,} open of {CASES:,} cases, {TIMES} times each", seed=7)


def _canary() -> Iterator[Trial]:
    yield from trials(PLANTS, lambda plant: [f"{one.page.name}: {fault}" for one in _found(plant, 16) for fault in one.over])


FIGURE = Figure(
    name="today-5000",
    says="Today with 5,000 open cases, for whoever coordinates and supervises, beside the Today of a programme without a case",
    goal=f"{RATIO:.0f} times, everyone's {EVERYONES:.0f}, {QUERIES} queries",
    measure=_measure,
    canary=_canary,
)
