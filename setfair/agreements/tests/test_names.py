"""Between the sides a name says who somebody is and nothing more: never what was typed, a family name, an hour or a way of signing."""

import re

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from setfair.agreements import actions, names, paper, queries
from setfair.agreements.models import Signature
from setfair.agreements.tests.on_the_table import OURS
from setfair.agreements.tests.reading import signed_by, told
from setfair.core import clock
from setfair.people.models import Person
from setfair.preparation.home import cards

pytestmark = pytest.mark.django_db

THREAT = "You will regret this"


def all_sign(story, **typed):
    for key, person in story.people.items():
        actions.sign(story.agreement, by=story.me(key), participation=person, method="own", typed_name=typed.get(key, person.person.name))


def page_of(client, village, story, key):
    page = told(village.enter(client, story.people[key]).get(reverse("my_agreement", args=[story.agreement.pk])))
    return page.split("<main")[1].split("</main")[0]


def test_what_somebody_types_never_reaches_the_others(signing, village, browser_clients):
    all_sign(signing, gail=THREAT, sol="Donald Duck")
    for key in ("hana", "rami", "sol", "gail"):
        words = page_of(browser_clients(), village, signing, key)
        assert re.findall(r'signature-name"><bdi>(.*?)</bdi>', words) == ["Gail", "Hana", "Rami", "Sol"]
        assert (THREAT in words, "Donald" in words) == (False, False)
    for copy in (paper.names(signing.agreement), paper.own_names(signing.agreement, of=signing.hana)):
        assert [name["name"] for name in copy] == ["Gail", "Hana", "Rami", "Sol"]


def test_the_team_reads_what_was_typed_and_is_told_when_it_is_another_name(signing, village, client):
    all_sign(signing, gail=THREAT, hana="hana  O'Hara-Nunez", rami="Rami")
    page = told(village.sign_in(client, "fadi").get(reverse("agreement", args=[signing.case.ref])))
    assert re.findall(r"another name than the one we know. Only the team sees it: <bdi>(.*?)</bdi>", page) == [THREAT]
    assert re.findall(r"They wrote: <bdi>(.*?)</bdi>", page) == ["hana O&#x27;Hara-Nunez", "Rami", "Sol"]


def test_while_it_is_being_signed_nobody_reads_even_their_own_typed_name_there(signing, village, client):
    actions.sign(signing.agreement, by=signing.me("gail"), participation=signing.gail, method="own", typed_name=THREAT)
    words = page_of(client, village, signing, "gail")
    assert re.findall(r'signature-name"><bdi>(.*?)</bdi>', words) == ["Gail"]
    assert THREAT not in words
    assert [name["name"] for name in paper.own_names(signing.agreement, of=signing.gail)] == ["Gail"]


@pytest.mark.parametrize("typed", ["x", "You will regret this. I know where you live, 12 Elm St", "Abby?", "555", "a b c d e f g", "l" * 81])
def test_what_nobody_is_called_is_kindly_asked_again_and_stays_typed(signing, village, client, typed):
    village.enter(client, signing.gail)
    answer = signed_by(client, signing, "gail", typed_name=typed)
    assert answer.status_code == 422
    assert f'value="{typed}"' in told(answer)
    assert ("the way people call you" in told(answer)) is (len(typed) <= names.LONGEST)
    assert Signature.objects.count() == 0


@pytest.mark.parametrize("typed", ["Abby", "G. D.", "J. R. R. Delacourt", "غيل", "芳", "Gail 👩🏽‍🦱", "María del Carmen García de León"])
def test_a_nickname_in_any_script_is_a_name(signing, village, client, typed):
    village.enter(client, signing.gail)
    assert signed_by(client, signing, "gail", typed_name=typed).status_code == 302
    assert Signature.objects.get().typed_name == typed


def test_whoever_has_a_name_of_one_letter_or_of_many_signs_with_it(signing):
    for name in ("U", "Ana de la Luz del Carmen de los Santos 3rd"):
        person = Person(name=name)
        assert (names.could_be_one(name), names.is_theirs(name, person)) == (False, True)
    signing.gail.person.name = "U"
    signing.gail.person.save()
    assert actions.sign(signing.agreement, by=signing.me("gail"), participation=signing.gail, method="own", typed_name="u").typed_name == "u"


def test_on_paper_a_cross_is_a_signature_too(signing):
    done = actions.sign(signing.agreement, by=signing.lead, participation=signing.gail, method="paper", typed_name="x")
    assert (done.typed_name, queries.marks(signing.agreement)[0].name) == ("x", "Gail")


def test_the_other_side_reads_no_family_name_no_hour_and_no_way(signing, village, client):
    all_sign(signing)
    at = clock.local(Signature.objects.get(participation=signing.hana).at, village.school.zone)
    words = page_of(client, village, signing, "rami")
    for telling in ("O&#x27;Hara", "Delacourt", "on their own page", at.strftime("%H:%M")):
        assert telling not in words
    days = [date_format(at, "Y-m-d"), date_format(at, "DATE_FORMAT")]
    assert re.findall(r'Signed <time datetime="(.*?)">(.*?)</time>', words) == [tuple(days)] * 4
    assert [name["at"] for name in paper.own_names(signing.agreement, of=signing.rami)] == [days[1]] * 4


def test_names_are_fixed_with_the_words(signing, village, client):
    all_sign(signing)
    signing.hana.person.called = "Someone Else"
    signing.hana.person.save()
    assert [mark.name for mark in queries.marks(signing.agreement)] == ["Gail", "Hana", "Rami", "Sol"]


def test_two_of_one_name_are_told_apart_and_nobody_else_by_more_than_the_first(met):
    for key, name, called in (
        ("hana", "Robin Kettering", ""),
        ("rami", "Robin Carver", ""),
        ("sol", "Robin Carver", ""),
        ("gail", "Jo Ormsby", "Mr Ormsby"),
    ):
        met.people[key].person.name, met.people[key].person.called = name, called
    found = names.between([met.people[key] for key in ("hana", "rami", "sol", "gail")])
    assert list(found.values()) == ["Robin K.", "Robin C. 1", "Robin C. 2", "Mr Ormsby"]


def test_two_of_one_name_are_told_apart_on_the_tablet(met, village, client):
    for key, name in (("hana", "Robin Kettering"), ("rami", "Robin Carver")):
        met.people[key].person.name, met.people[key].person.called = name, ""
        met.people[key].person.save()
    met.write_agreement()
    village.sign_in(client, "fadi").post(reverse("tablet", args=[met.agreement.pk]), OURS)
    page = told(client.get(reverse("handed")))
    assert ("Robin K." in page, "Robin C." in page, "Kettering" in page) == (True, True, False)


def test_the_card_of_home_names_nobody(holding):
    assert [card.words for card in cards(holding.hana) if card.title == "Your agreement"] == ["Everyone has signed. You can read it and print it."]
