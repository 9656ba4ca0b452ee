"""Answers that cannot be, and answers that only look so (W2)."""

import pytest
from django.urls import reverse

from setfair.access.limits import allow, network_of
from setfair.referrals.models import Referral
from setfair.referrals.views import sending
from setfair.village.time import at

from .walk import SLUG, TODAY, answer, send, url


@pytest.fixture(autouse=True)
def _one_day():
    with at(TODAY):
        yield


def test_a_long_story_with_every_kind_of_sign_arrives_whole(client, village):
    story = ("He said 🤐 and then مرحبا كيف حالك, and I left. " * 1000)[:40_000].strip()
    send(client, what={"story": story})
    with village.inside():
        assert Referral.objects.get().story == story


def test_a_story_that_is_too_long_comes_back_with_its_words(client, village):
    answer(client, until="what")
    page = client.post(url("what"), {"story": "a" * 50_001})
    assert (page.status_code, "a" * 50_001 in page.content.decode()) == (422, True)


def test_names_are_as_people_write_them(client, village):
    send(client, name={"asker": "O'Hara-Núñez"}, people={"name": "王", "role": "unsure"})
    with village.inside():
        kept = Referral.objects.get()
        assert (kept.asker, kept.people) == ("O'Hara-Núñez", [{"name": "王", "role": ""}])


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("1900-01-01", "That is a long time ago."),
        ("1999-12-31", "That is a long time ago."),
        ("2026-11-22", "That day has not come yet."),
        ("2062-01-01", "That day has not come yet."),
        ("last week", "Please write the day like this"),
    ],
)
def test_a_day_that_cannot_be_is_refused_kindly(client, village, day, sentence):
    answer(client, until="when")
    page = client.post(url("when"), {"day": day, "words": "at lunch"})
    said = page.content.decode()
    assert (page.status_code, sentence in said, 'value="at lunch"' in said) == (422, True, True)


@pytest.mark.parametrize("day", ["2000-01-01", "2026-11-21", "2026-11-20"])
def test_a_day_that_can_be_is_taken(client, village, day):
    answer(client, until="when")
    assert client.post(url("when"), {"day": day}).status_code == 302


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Please give us one safe way"),
        ({"none": "on", "sms": "555-0160"}, "Please keep one of the two"),
        ({"email": "hana"}, "Please check this address"),
        ({"sms": "call my mum"}, "Please write the number in digits"),
    ],
)
def test_how_to_reach_them_is_asked_until_it_is_clear(client, village, said, sentence):
    answer(client, until="reach")
    page = client.post(url("reach"), said)
    assert (page.status_code, sentence in page.content.decode()) == (422, True)


def test_do_not_contact_me_is_kept_and_no_letter_is_written(client, village):
    send(client, reach={"none": "on"})
    assert "We do not contact you." in client.get(reverse("asked", args=[SLUG])).content.decode()
    with village.inside():
        assert Referral.objects.get().reach == {"none": True}


def test_no_words_and_no_way_is_too_little(client, village):
    page = send(client, what={}, reach={"none": "on"})
    assert (page.status_code, "We cannot reach you, and we do not know what happened." in page.content.decode()) == (422, True)


def test_people_can_be_added_and_taken_out_again(client, village):
    answer(client, until="people")
    for name in ("Rami", "Sol", "a teacher"):
        page = client.post(url("people"), {"name": name, "add": "1"})
        assert page["Location"] == url("people")
    client.post(url("people"), {"remove": "1"})
    said = client.get(url("people")).content.decode()
    assert ("Rami" in said, "Sol" in said, "a teacher" in said) == (True, False, True)
    assert client.post(url("people"), {"add": "1"}).status_code == 422
    assert client.post(url("people"), {"role": "harmed"}).status_code == 422


def test_a_list_ends_at_forty(client, village):
    answer(client, until="people")
    for n in range(40):
        client.post(url("people"), {"name": f"person {n}", "add": "1"})
    assert client.post(url("people"), {"name": "one more", "add": "1"}).status_code == 422
    assert client.post(url("people"), {}).status_code == 302


def test_the_same_form_sent_twice_is_one_request(client, village):
    send(client)
    code = client.get(reverse("asked", args=[SLUG])).context["code"]
    page = client.post(url("check"), {"website": ""})
    assert page["Location"] == reverse("asked", args=[SLUG])
    assert client.get(page["Location"]).context["code"] == code
    with village.inside():
        assert Referral.objects.count() == 1


def test_a_box_that_nobody_sees_stops_what_fills_it_in_and_loses_no_words(client, village):
    answer(client)
    page = client.post(url("check"), {"website": "http://buy.example"})
    said = page.content.decode()
    assert (page.status_code, "There was shoving" in said, "buy.example" in said) == (422, True, False)
    with village.inside():
        assert Referral.objects.count() == 0
    assert client.post(url("check"), {"website": ""}).status_code == 302


def test_very_many_from_one_network_wait_and_their_words_stay(client, village, rf):
    answer(client)
    for _n in range(sending.MOST):
        allow(f"ask {network_of(rf.get('/'))} {village.school.pk}", limit=sending.MOST, per=sending.PER)
    page = client.post(url("check"), {"website": ""})
    assert (page.status_code, "There was shoving" in page.content.decode()) == (429, True)
    with village.inside():
        assert Referral.objects.count() == 0
