"""Cases that are told in files, played through the real screens. One of them in the suite; `make figure NAME=preparation-cases` plays them all."""

import os

import pytest

from setfair.village.build import Village
from setfair.village.time import today

from .played import Played
from .told import told

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHOSEN = os.environ.get("SETFAIR_CASES", "not-here:1").split()
"""`name:seed`, each."""


@pytest.mark.parametrize("which", CHOSEN)
def test_a_case_goes_as_it_is_told(which: str, world: Village, visit, record_property):
    name, _, seed = which.partition(":")
    case = told(name, int(seed), today(world.school))
    programme = world.school if case.programme == "school" else world.county
    tale = Played(world, programme, visit, visit(), visit(), circle=case.people, told=case)
    tale.coordinator.sign_in(tale.coordinator_email)
    tale.lead.sign_in(tale.lead_email)
    assert tale.play() == case.checks
    record_property("checks", case.checks)
