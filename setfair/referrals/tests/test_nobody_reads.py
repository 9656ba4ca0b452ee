"""While nobody coordinates a programme nothing is taken that nobody would read."""

import pytest
from django.urls import reverse

from setfair.programmes.models import Membership, Programme, Role
from setfair.referrals.models import Referral

from .walk import ANSWERS, answer, url

SAID = "We cannot take messages here right now"


@pytest.fixture
def unread(village):
    """The school has lost its coordinator; the county has not."""
    with village.inside():
        Membership.objects.filter(role=Role.COORDINATOR).delete()
    return village


def words(page):
    assert page.status_code == 200
    return page.content.decode()


def test_the_public_page_offers_a_number_and_the_help_and_no_form(unread, client):
    said = words(client.get("/p/northgate-high/"))
    assert (SAID in said, "Please call us: 555-0112." in said, url() in said, "We answer within" in said) == (True, True, False, False)
    assert reverse("help_now", args=["northgate-high"]) in said
    assert words(client.get("/p/northgate-high/help/")).count("555-0112") == 2
    neighbour = words(client.get("/p/river-county/"))
    assert (SAID in neighbour, "/p/river-county/ask/" in neighbour, "/p/river-county/refer/" in neighbour) == (False, True, True)


@pytest.mark.parametrize("page", ["ask/", "ask/now/", "ask/what/", "ask/check/", "refer/", "refer/you/", "refer/check/"])
def test_every_question_is_closed_and_takes_nothing(unread, client, page):
    with unread.inside():
        Programme.objects.update(takes_professional_referrals=True)
    said = words(client.get(f"/p/northgate-high/{page}"))
    assert (SAID in said, "<textarea" in said, 'type="radio"' in said) == (True, False, False)
    taken = client.post(f"/p/northgate-high/{page}", ANSWERS["what"])
    assert taken.status_code == 405 or SAID in words(taken)
    with unread.inside():
        assert Referral.objects.count() == 0


def test_somebody_who_was_writing_when_the_last_one_left_is_told_and_nothing_is_promised(village, client):
    answer(client)
    with village.inside():
        Membership.objects.filter(role=Role.COORDINATOR).delete()
    assert SAID in words(client.post(url("check"), {"website": ""}))
    with village.inside():
        assert Referral.objects.count() == 0
