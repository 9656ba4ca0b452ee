"""What is hidden is absent: nothing of it comes through, and nothing changes because it is there."""

import os

import pytest

from tests.house import absence

pytestmark = pytest.mark.django_db
PART, PARTS = map(int, os.environ.get("SETFAIR_ABSENCE", "0/60").split("/"))
"""`make test` tries a sealed case with somebody who coordinates and supervises; `FULL=1 make figure NAME=absence` tries everybody."""
PAIRS = [(hidden, persona) for hidden in absence.HIDDEN for persona in hidden.personas]


def test_nothing_of_what_is_hidden_comes_through(village, record_property):
    world, compared, found = absence.settle(village), 0, []
    chosen = PAIRS[PART::PARTS]
    for hidden, persona in chosen:
        asked, leaks = absence.leaks(world, hidden, persona)
        compared += asked
        found += leaks
    record_property("compared", compared)
    record_property("leaks", len(found))
    record_property("pairs", len(chosen))
    print("\n".join(found[:200]))
    assert found == []
    assert compared > 100
