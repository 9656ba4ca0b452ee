"""Between two people the tablet goes through the team's hands: without their number nobody comes to another name."""

import json
import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from setfair.agreements.models import Signature
from setfair.agreements.tests.on_the_table import BACK, LIST, NUMBER, OURS, SIGN, THANKS, choose, give_to, put_down, words
from setfair.agreements.tests.reading import told
from setfair.journal.models import Entry

pytestmark = pytest.mark.django_db

WRONG = {"tablet_number": "9999"}


def in_turn(tablet, signing):
    give_to(tablet, signing.hana)


def after_signing(tablet, signing):
    tablet.post(SIGN, words(give_to(tablet, signing.hana), signing.hana, "Hana"))


def after_giving_back(tablet, signing):
    give_to(tablet, signing.hana)
    tablet.post(THANKS)


@pytest.mark.parametrize("until", [in_turn, after_signing, after_giving_back])
def test_whoever_holds_it_comes_to_no_other_name(tablet, signing, until):
    until(tablet, signing)
    signatures = Signature.objects.count()
    assert tablet.get(LIST)["Location"] == NUMBER
    assert choose(tablet, signing.rami)["Location"] == NUMBER
    assert "Rami" not in told(tablet.get(NUMBER))
    page = tablet.get(SIGN)
    assert ("For Hana" in told(page)) if until is in_turn else (page["Location"] == LIST)
    assert "For Rami" not in told(page)
    assert Signature.objects.count() == signatures


def test_the_number_opens_the_names_once_and_closes_the_page_before(tablet, signing):
    hanas = words(give_to(tablet, signing.hana), signing.hana, "Hana")
    assert tablet.post(NUMBER, OURS)["Location"] == LIST
    assert tablet.post(SIGN, hanas)["Location"] == LIST
    assert tablet.get(NUMBER)["Location"] == LIST
    assert choose(tablet, signing.rami)["Location"] == SIGN
    assert choose(tablet, signing.sol)["Location"] == NUMBER


@pytest.mark.parametrize("typed", ["4071", " 40 71 ", "٤٠٧١"])
def test_it_is_the_same_number_however_it_is_typed(tablet, signing, typed):
    give_to(tablet, signing.hana)
    assert tablet.post(NUMBER, {"tablet_number": typed})["Location"] == LIST


@pytest.mark.parametrize("typed", ["", "407", "40711", "1704", "x"])
def test_another_number_opens_nothing_and_does_not_come_back(tablet, signing, typed):
    give_to(tablet, signing.hana)
    answer = tablet.post(NUMBER, {"tablet_number": typed})
    assert answer.status_code == 422
    (box,) = re.findall(r'<input[^>]*name="tablet_number"[^>]*>', told(answer))
    assert "value=" not in box
    assert tablet.get(LIST)["Location"] == NUMBER


def test_guessed_at_too_often_it_closes_even_for_the_right_number(tablet, signing, village):
    give_to(tablet, signing.hana)
    stay = tablet.cookies["stay"].value
    assert [tablet.post(NUMBER, WRONG).status_code for _ in range(5)] == [422] * 5
    answer = tablet.post(NUMBER, OURS)
    assert (answer.status_code, answer["Clear-Site-Data"]) == (429, '"cache", "cookies", "storage"')
    assert "The tablet is closed." in told(answer)
    assert not Session.objects.filter(session_key=stay).exists()
    tablet.cookies["stay"] = stay
    for path in (LIST, NUMBER, SIGN):
        assert tablet.get(path)["Location"] == reverse("account_login")
    line = Entry.objects.get(verb="shut_tablet")
    assert (line.actor_id, line.subject_id) == (village.fadi.pk, str(signing.agreement.pk))


def test_right_numbers_are_not_counted_and_each_stay_counts_its_own(tablet, signing, village):
    for _ in range(7):
        give_to(tablet, signing.hana)
    assert [tablet.post(NUMBER, WRONG).status_code for _ in range(5)] == [422] * 5
    tablet.post(BACK)
    village.sign_in(tablet, "fadi").post(reverse("tablet", args=[signing.agreement.pk]), OURS)
    give_to(tablet, signing.rami)
    assert tablet.post(NUMBER, WRONG).status_code == 422
    assert put_down(tablet).get(LIST).status_code == 200


def test_the_number_lies_nowhere_and_is_dead_when_the_tablet_is_closed(tablet, signing, village):
    stay = tablet.cookies["stay"].value
    assert "4071" not in json.dumps(dict(tablet.session.items()))
    tablet.post(BACK)
    assert not Session.objects.filter(session_key=stay).exists()
    village.sign_in(tablet, "fadi").post(reverse("tablet", args=[signing.agreement.pk]), {"tablet_number": "8260"})
    choose(tablet, signing.hana)
    assert tablet.post(NUMBER, OURS).status_code == 422
    assert tablet.post(NUMBER, {"tablet_number": "8260"})["Location"] == LIST


@pytest.mark.parametrize("easy", ["", "12", "0000", "1234", "7890", "4321", "40711", "abcd"])
def test_whoever_hands_it_over_chooses_one_that_is_not_the_first_guess(signing, village, client, easy):
    village.sign_in(client, "fadi")
    answer = client.post(reverse("tablet", args=[signing.agreement.pk]), {"tablet_number": easy})
    assert answer.status_code == 422
    assert "handed" not in client.session
    assert "_auth_user_id" in client.session


def test_a_number_that_was_typed_too_late_is_not_written_onto_a_page(signing, client):
    answer = client.post(reverse("tablet", args=[signing.agreement.pk]), OURS)
    assert answer.status_code == 401
    assert "4071" not in told(answer)
