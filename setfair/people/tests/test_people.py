"""Safe ways, names and walls, apart from any case."""

import pytest

from setfair.core.actor import system
from setfair.journal.models import Entry
from setfair.letters.actions import Address
from setfair.people import actions, queries
from setfair.people.actions import CannotAdd
from setfair.people.models import Person


@pytest.fixture
def by(village):
    with village.inside():
        yield system(village.school.pk)


@pytest.mark.parametrize(
    ("contacts", "address"),
    [
        ({}, None),
        ({"call": "555-0160", "post": "PO Box 7", "through": "the office"}, None),
        ({"sms": "555-0160"}, Address("sms", "555-0160")),
        ({"sms": "555-0160", "email": "uma@home.example"}, Address("email", "uma@home.example")),
    ],
)
def test_a_message_goes_only_over_a_way_that_was_named(by, contacts, address):
    assert queries.safe_address(actions.add(by=by, name="Uma", contacts=contacts)) == address


def test_a_way_that_is_safe_no_more_is_used_no_more(by):
    uma = actions.add(by=by, name="Uma", contacts={"email": "uma@home.example", "sms": "555-0160"})
    actions.reach(uma, by=by, way="email", value="")
    assert queries.safe_address(uma) == Address("sms", "555-0160")
    assert [(c.way, c.value) for c in queries.ways(uma)] == [("sms", "555-0160")]
    assert queries.reached_at([uma], "UMA@home.example") is True


def test_the_same_way_said_twice_is_one(by):
    uma = actions.add(by=by, name="Uma", contacts={"email": "uma@home.example"})
    first = queries.ways(uma)[0]
    assert actions.reach(uma, by=by, way="email", value=" uma@home.example ") == first
    assert uma.contacts.count() == 1


def test_a_corrected_name_is_found_by_the_new_one_and_the_journal_holds_neither(by):
    uma = actions.add(by=by, name="Umma")
    before = list(Person.objects.get(pk=uma.pk).tokens)
    actions.correct(uma, by=by, name="Uma Őz", called="", language="en", birth_year=None, interpreter=False, needs="")
    there = Person.objects.get(pk=uma.pk)
    assert (there.name, before == list(there.tokens)) == ("Uma Őz", False)
    assert [(line.verb, line.detail) for line in Entry.objects.order_by("id") if line.subject_id == str(uma.pk)] == [("added", {}), ("corrected", {})]


def test_a_wall_taken_away_twice_is_gone_once(by):
    uma, bo = actions.add(by=by, name="Uma"), actions.add(by=by, name="Bo")
    wall = actions.keep_apart(uma, by=by, other=bo, by_order=False)
    first = actions.allow(wall, by=by).ended_at
    assert actions.allow(wall, by=by).ended_at == first
    assert actions.keep_apart(bo, by=by, other=uma, by_order=True) != wall
    with pytest.raises(CannotAdd):
        actions.keep_apart(uma, by=by, other=uma, by_order=False)
