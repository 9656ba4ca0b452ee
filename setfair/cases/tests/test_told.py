"""A case that came from a request begins with what was told: each to be confirmed, and nothing of it in an address."""

import uuid

import pytest
from django.urls import reverse

from setfair.cases.models import Case
from setfair.core.actor import anyone
from setfair.people.queries import ways
from setfair.referrals import actions as referrals
from setfair.village.story import CHECKS

PEOPLE = [
    {"name": "Rami", "role": "responsible", "reach": "rami@home.example"},
    {"name": "a boy from my class", "role": "", "reach": "555-0177"},
    {"name": "Bo", "role": "affected", "reach": "555-0178", "wait": True},
    {"name": "Sol", "role": "supporter", "reach": "through the coach"},
]
REACH = {"email": "hana@home.example", "call": "555-0176", "message_ok": True, "times": "after 4"}
WAYS = {"email": "hana@home.example", "call": "555-0176", "times": "after 4"}


@pytest.fixture
def case(village):
    return case_of(village)


def case_of(village, **said):
    given = {"source": "self_harmed", "story": "It hurt.", "people": PEOPLE, "reach": REACH, "asker": "Hana Núñez", "language": "es"} | said
    with village.inside():
        referral, _code = referrals.ask(by=anyone(village.school.pk), form_key=uuid.uuid4(), **given)
        referrals.accept(referral, by=village.actor("cora"), checks=CHECKS)
        return Case.objects.get(referral=referral)


def page(village, client, case, number=None):
    query = "" if number is None else f"?told={number}"
    return village.sign_in(client, "cora").get(reverse("case_people", args=[case.ref]) + query)


def begun(village, client, case, number):
    form = page(village, client, case, number).context["form"]
    return {name: value for name, value in form.initial.items() if value}


def test_everyone_named_is_offered_and_only_their_number_stands_in_the_address(village, client, case):
    said = page(village, client, case).content.decode()
    for name in ("Hana Núñez", "Rami", "a boy from my class", "Bo", "Sol"):
        assert name in said
    assert [f"?told={n}#add" in said for n in range(6)] == [True] * 5 + [False]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, {"name": "Hana Núñez", "role": "harmed", "language": "es", "call_message": True} | WAYS),
        (1, {"name": "Rami", "role": "responsible", "email": "rami@home.example"}),
        (2, {"name": "a boy from my class", "call": "555-0177"}),
        (3, {"name": "Bo", "role": "affected"}),
        (4, {"name": "Sol", "role": "supporter", "through": "through the coach"}),
    ],
)
def test_the_form_begins_with_what_was_told(village, client, case, number, words):
    assert begun(village, client, case, number) == words


def test_it_says_that_nobody_has_checked_it_and_writes_nothing_by_itself(village, client, case):
    said = page(village, client, case, 0).content.decode()
    assert ("nobody has checked it" in said, 'value="Hana Núñez"' in said) == (True, True)
    with village.inside():
        assert case.participations.count() == 0


def test_who_asked_not_to_be_contacted_has_no_safe_way_begun(village, client):
    case = case_of(village, reach=REACH | {"none": True})
    assert begun(village, client, case, 0) == {"name": "Hana Núñez", "role": "harmed", "language": "es"}


def test_who_asks_for_another_has_no_place_by_it(village, client):
    case = case_of(village, source="staff", asker="Ms Castell", for_whom="Uma", people=[])
    assert (begun(village, client, case, 0), "Ms Castell" in page(village, client, case).content.decode()) == ({"name": "Uma"}, False)


def test_confirmed_and_saved_they_are_offered_no_more(village, client, case):
    cora = village.sign_in(client, "cora")
    said = {"name": "Hana Núñez", "role": "harmed", "language": "es", "email": "hana@home.example"}
    assert cora.post(reverse("people_add", args=[case.ref]), said)["Location"] == reverse("case_people", args=[case.ref])
    with village.inside():
        (hana,) = case.participations.select_related("person")
        assert [(c.way, c.value) for c in ways(hana.person)] == [("email", "hana@home.example")]
    assert [one.name for one in page(village, client, case).context["named"]] == ["Rami", "a boy from my class", "Bo", "Sol"]


@pytest.mark.parametrize("number", ["9", "-1", "x", "told"])
def test_a_number_of_nobody_begins_empty(village, client, case, number):
    assert page(village, client, case, number).context["chosen"] is None


@pytest.mark.parametrize(("who", "status"), [("fadi", 404), ("sven", 404), ("ines", 404), ("ada", 404), ("nour", 404)])
def test_only_who_runs_the_case_reads_it(village, client, case, who, status):
    assert village.sign_in(client, who).get(reverse("case_people", args=[case.ref]) + "?told=0").status_code == status
