"""The authorization matrix, cell by cell, and the hand-written table beside it."""

import os

import pytest
from django.urls import get_resolver

from setfair.cases.models import Exclusion
from tests.house import matrix
from tests.house.who_may import EVERYONE, OWN_CASE
from tests.turns import turn

pytestmark = pytest.mark.django_db
KEPT_OUT = ("cora", "sven", "fadi", "ines")


PART, PARTS = map(int, (os.environ.get("SETFAIR_MATRIX") or f"{turn(10)}/10").split("/"))
"""`make test` tries a tenth of the matrix, another one for each commit; `FULL=1 make figure NAME=matrix` tries all of it, and so does `.ci/run`."""


@pytest.fixture
def world(village):
    return matrix.settle(village)


def test_each_cell_answers_as_the_policy_says(world, record_property):
    every = matrix.cells()
    cells = every[PART::PARTS]
    found = [matrix.opens(world, *cell) for cell in cells]
    wrong = [
        (cell[0].name, *cell[1:]) for cell, opened in zip(cells, found, strict=True) if opened not in (None, matrix.expected(cell[0], *cell[1:3]))
    ]
    record_property("whole", len(every))
    record_property("cells", len(cells))
    record_property("no_such_method", found.count(None))
    record_property("wrong", len(wrong))
    print("\n".join(map(str, wrong)))
    assert wrong == []
    assert len(cells) > 100


@pytest.mark.mission("S0.9")
def test_the_sensitive_pages_open_to_exactly_whom_the_practice_names(world, record_property):
    routes = {route.name: route for route in matrix.routes()}
    found, wanted = {}, {}
    for line, who in OWN_CASE.items():
        method, name = line.split()
        found[line] = [p for p in EVERYONE if matrix.opens(world, routes[name], p, matrix.OWN, method)]
        wanted[line] = [p for p in EVERYONE if p in who.split()]
    record_property("by_hand", len(OWN_CASE) * len(EVERYONE))
    assert found == wanted


def test_every_guarded_route_is_in_the_matrix_or_named_here():
    """A new guarded page joins the matrix by itself."""
    guarded = {e.name for e in matrix._patterns(get_resolver()) if getattr(e.callback, "door", None)}
    assert guarded - {r.name for r in matrix.routes()} == matrix.OTHERWISE


@pytest.mark.mission("S0.9")
def test_whoever_is_kept_out_of_a_case_finds_nothing_of_it_whatever_their_role(world):
    with world.village.inside():
        for key in KEPT_OUT:
            Exclusion.objects.create(case=world.stories[matrix.OWN].case, user=world.village.users[key], why="close")
    routes = [r for r in matrix.routes() if r.keys and r.model._meta.app_label not in ("programmes", "facilitators")]
    tried = [(r, key, method) for r in routes for key in KEPT_OUT for method in ("GET", "POST")]
    assert [(r.name, key, method) for r, key, method in tried if matrix.opens(world, r, key, matrix.OWN, method)] == []
    page = next(r for r in routes if r.name == "case")
    assert [matrix.opens(world, page, key, matrix.OTHER_CASE, "GET") for key in KEPT_OUT] == [True, False, False, False]
