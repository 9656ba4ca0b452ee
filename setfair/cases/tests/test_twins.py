"""One person in two cases is one person: asked about before saving, and then held by the same walls and seats."""

import pytest
from django.urls import reverse

from setfair.cases import actions, queries
from setfair.cases.actions import CannotChange
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation, Role
from setfair.core.actor import Actor, Kind
from setfair.people.models import NoContact, Person
from setfair.people.queries import ways
from setfair.village.story import opened

pytestmark = pytest.mark.django_db
GORAN = {"name": "Goran Petrov", "birth_year": 2001, "language": "en", "contacts": {"email": "goran@home.example"}}


@pytest.fixture
def two(village):
    """Goran stands in the first of two cases."""
    with village.inside():
        first, second = opened(village).case, opened(village, matter=1).case
        goran = actions.add_person(first, by=village.actor("cora"), role=Role.HARMED, **GORAN)
        yield village, first, second, goran


def asked(actor, case, **said):
    given = {"name": "Goran Petrov", "called": "", "birth_year": None, "contacts": {}} | said
    return [twin.person for twin in queries.twins(case, actor, **given)]


@pytest.mark.parametrize(
    ("said", "alike"),
    [
        ({"birth_year": 2001}, True),
        ({"name": "goran  PETROV", "birth_year": 2001}, True),
        ({"name": "Goran", "birth_year": 2001}, True),
        ({"contacts": {"email": " Goran@home.example "}}, True),
        ({}, False),
        ({"birth_year": 2002}, False),
        ({"name": "Goran Dunmore", "birth_year": 2001}, False),
        ({"name": "Petra", "contacts": {"email": "goran@home.example"}}, False),
    ],
)
def test_a_name_with_a_year_or_an_address_is_asked_about(two, said, alike):
    village, _first, second, goran = two
    assert asked(village.actor("cora"), second, **said) == ([goran.person] if alike else [])


def test_in_the_same_circle_the_name_is_enough(two):
    village, first, second, goran = two
    assert asked(village.actor("cora"), first) == [goran.person]
    assert asked(village.actor("cora"), second) == []


def test_only_those_are_asked_who_may_see_the_other_case(two):
    village, first, second, goran = two
    actions.assign(second, by=village.actor("cora"), facilitator=village.facilitator("mina"), part="lead")
    assert asked(village.actor("mina"), second, birth_year=2001) == []
    actions.assign(first, by=village.actor("cora"), facilitator=village.facilitator("mina"), part="lead")
    assert asked(village.actor("mina"), second, birth_year=2001) == [goran.person]
    for nobody in (village.actor("ada"), village.actor("ines"), village.as_participant(goran), Actor(Kind.ANYONE, village.school.pk)):
        assert asked(nobody, second, birth_year=2001) == []


def test_nobody_of_the_other_programme_is_known(two):
    village = two[0]
    with village.inside(village.county):
        theirs = opened(village, village.county).case
        assert asked(village.actor("nour"), theirs, birth_year=2001) == []


FORM = {"name": "Goran Petrov", "birth_year": "2001", "role": "supporter", "language": "en", "sms": "555-0170", "guardian_needed": "on"}


def test_the_question_comes_before_anything_is_saved(two, client):
    village, first, second, goran = two
    cora, add = village.sign_in(client, "cora"), reverse("people_add", args=[second.ref])
    page = cora.post(add, FORM)
    assert (page.status_code, Participation.objects.count(), Person.objects.count()) == (422, 1, 1)
    assert f"Yes, the same as Goran Petrov ({first.ref}, person harmed)" in page.content.decode()
    kept = {field.html_name: field.value() for field in page.context["form"]}
    assert (kept["sms"], kept["guardian_needed"], kept["interpreter"]) == ("555-0170", True, False)
    assert cora.post(add, {**FORM, "same": "11111111-1111-4111-8111-111111111111"}).status_code == 422
    assert Participation.objects.count() == 1
    assert cora.post(add, {**FORM, "same": goran.person_id}).status_code == 302
    again = queries.here(second).get()
    assert (again.person, again.guardian_needed, Person.objects.count()) == (goran.person, True, 1)
    assert {c.way: c.value for c in ways(goran.person)} == {"email": "goran@home.example", "sms": "555-0170"}


def test_somebody_else_is_somebody_else(two, client):
    village, _first, second, goran = two
    cora, add = village.sign_in(client, "cora"), reverse("people_add", args=[second.ref])
    assert cora.post(add, {**FORM, "same": "new"}).status_code == 302
    assert queries.here(second).get().person != goran.person


def test_without_anybody_alike_nothing_is_asked(two, client):
    village, _first, second, _goran = two
    cora = village.sign_in(client, "cora")
    assert cora.post(reverse("people_add", args=[second.ref]), {**FORM, "birth_year": "1990"}).status_code == 302


def test_nobody_is_twice_in_one_circle_and_what_was_known_stays(two):
    village, first, second, goran = two
    with pytest.raises(CannotChange, match="is in this case already"):
        actions.add_person(first, by=village.actor("cora"), known=goran.person, name="Goran", role=Role.SUPPORTER)
    actions.add_person(
        second, by=village.actor("cora"), known=goran.person, name="Goran", role=Role.SUPPORTER, interpreter=True, needs="water",
        contacts={"email": "other@home.example"},
    )  # fmt: skip
    person = Person.objects.get(pk=goran.person_id)
    assert (person.name, person.birth_year, person.interpreter, person.needs) == ("Goran Petrov", 2001, True, "water")
    assert [c.value for c in ways(person)] == ["goran@home.example"]


@pytest.mark.parametrize("stage", [Stage.READY, Stage.SCHEDULED])
def test_a_wall_holds_in_every_case_in_which_both_stand(village, stage, at_stage):
    with village.inside():
        one, other = at_stage, opened(village, matter=1)
        hana = actions.add_person(other.case, by=other.coordinator, known=one.hana.person, name="Hana", role=Role.HARMED)
        rami = actions.add_person(other.case, by=other.coordinator, known=one.rami.person, name="Rami", role=Role.RESPONSIBLE)
        actions.bar_contact(other.case, by=other.coordinator, one=hana, other=rami, by_order=True)
        assert Case.objects.get(pk=one.case.pk).stage == Stage.PREPARING
        assert len(queries.kept_apart(one.case)) == NoContact.objects.count() == 1


@pytest.mark.parametrize("stage", [Stage.READY, Stage.SCHEDULED])
def test_a_wall_from_another_case_comes_along_with_the_person(village, stage, at_stage):
    with village.inside():
        one, other = at_stage, opened(village, matter=1)
        hana = actions.add_person(other.case, by=other.coordinator, known=one.hana.person, name="Hana", role=Role.HARMED)
        uma = actions.add_person(other.case, by=other.coordinator, name="Uma", role=Role.RESPONSIBLE)
        actions.bar_contact(other.case, by=other.coordinator, one=hana, other=uma, by_order=True)
        assert Case.objects.get(pk=one.case.pk).stage == stage
        actions.add_person(one.case, by=one.coordinator, known=uma.person, name="Uma", role=Role.INTERPRETER)
        assert Case.objects.get(pk=one.case.pk).stage == Stage.PREPARING
