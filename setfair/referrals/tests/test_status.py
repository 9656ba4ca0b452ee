"""The page of whoever sent a request (W18)."""

from datetime import date

import pytest
from django.urls import reverse

from setfair.programmes.reasons import AT, Reason, Step
from setfair.referrals import actions, queries
from setfair.referrals.models import Addition, Referral
from setfair.village.story import CHECKS

from .asks import ask


@pytest.fixture
def sent(village):
    with village.inside():
        return ask(village.school)


def enter(client, code):
    assert client.post(reverse("code"), {"code": code}).status_code == 302
    return client


def page(client):
    return client.get(reverse("status"))


def stations(referral):
    return [(step["label"], step["state"]) for step in queries.public_steps(referral)]


def test_the_code_opens_the_page_of_ones_own_request(client, village, sent):
    referral, code = sent
    shown = page(enter(client, code))
    assert (shown.status_code, referral.ref in shown.content.decode()) == (200, True)
    assert "shoving" not in shown.content.decode()
    assert "<title>Northgate Room 12</title>" in shown.content.decode()


def test_an_office_reads_its_own_date_from_the_first_day_until_the_answer_is_no(client, village):
    said = "The date you gave us: 18 Jan 2027."
    with village.inside():
        referral, code = ask(village.school, source=Referral.Source.JUDGE, deadline=date(2027, 1, 18), reach={"email": "clerk@court.example"})
    assert said in page(enter(client, code)).content.decode()
    with village.inside():
        actions.decline(referral, by=village.actor("cora"), reason=Reason.OTHER_PATH)
    assert said not in page(client).content.decode()


def test_one_sees_ones_own_and_no_other(client, village, sent):
    with village.inside():
        other, _code = ask(village.school)
    said = page(enter(client, sent[1])).content.decode()
    assert (sent[0].ref in said, other.ref in said) == (True, False)


@pytest.mark.parametrize("key", ["cora", "sven", "ada", "nour"])
def test_the_team_has_no_business_there(client, village, sent, key):
    village.sign_in(client, key)
    assert page(client)["Location"] == reverse("code")


def test_without_a_code_one_is_asked_for_it(client, village):
    assert page(client)["Location"] == reverse("code")
    assert client.post(reverse("status_withdrawal")).status_code == 401


@pytest.mark.parametrize("reason", sorted(AT[Step.NO] - {Reason.OWN}))
def test_a_request_that_was_declined_shows_only_the_neutral_words(client, village, sent, reason):
    referral, code = sent
    with village.inside():
        actions.decline(referral, by=village.actor("cora"), reason=reason, note="A note for the team.")
        assert stations(referral) == [("Asked", "done"), ("Not going ahead", "now")]
        label = str(Reason(reason).label)
    said = page(enter(client, code)).content.decode()
    assert "It is not going ahead with us." in said
    assert (label in said, reason in said, "A note for the team" in said, "Cora" in said) == (False, False, False, False)


def test_whoever_asked_can_add_words(client, village, sent):
    referral, code = sent
    enter(client, code)
    said = client.post(reverse("status_words"), {"words": "It was on Monday. 🤐"})
    assert said["Location"] == reverse("status")
    with village.inside():
        assert [a.words for a in Addition.objects.filter(referral=referral)] == ["It was on Monday. 🤐"]
    shown = page(client).content.decode()
    assert ("We have what you added before." in shown, "It was on Monday" in shown) == (True, False)


@pytest.mark.parametrize("words", ["", "   ", "a" * 50_001])
def test_words_that_cannot_be_taken_come_back(client, village, sent, words):
    enter(client, sent[1])
    answer = client.post(reverse("status_words"), {"words": words})
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    with village.inside():
        assert Addition.objects.count() == 0


def test_whoever_asked_can_take_it_back_while_nobody_has_answered(client, village, sent):
    referral, code = sent
    enter(client, code)
    assert "Take my request back" in page(client).content.decode()
    assert client.post(reverse("status_withdrawal"))["Location"] == reverse("status")
    with village.inside():
        assert Referral.objects.get(pk=referral.pk).stage == "withdrawn"
    shown = page(client).content.decode()
    assert ("You took it back." in shown, "Tell us more" in shown) == (True, False)


def test_once_it_was_accepted_it_is_talked_about_and_not_just_stopped(client, village, sent):
    referral, code = sent
    with village.inside():
        actions.accept(referral, by=village.actor("cora"), checks=CHECKS)
    enter(client, code)
    client.post(reverse("status_withdrawal"))
    with village.inside():
        assert Referral.objects.get(pk=referral.pk).stage == "accepted"
    shown = page(client).content.decode()
    assert ("Take my request back" in shown, "We said yes to it." in shown) == (False, True)
