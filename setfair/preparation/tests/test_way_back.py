"""A new link goes to the safe address alone, and the page tells nobody whether there was one."""

import uuid
from ipaddress import ip_address

import pytest
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.letters.models import Letter
from setfair.people.actions import reach
from setfair.people.queries import safe_address
from setfair.preparation.actions import invite

pytestmark = pytest.mark.django_db
SAME = "If we know this address, a new link is on its way."


@pytest.fixture
def story(village, at_preparing):
    """Hana is reached by e-mail, Rami by text, at addresses that no other test asks about: what was counted outlives a test."""
    with village.inside():
        story = at_preparing
        for key, way, value in (("hana", "email", f"{mark()}@home.example"), ("rami", "sms", f"555-01{mark()}")):
            reach(story.people[key].person, by=story.coordinator, way=way, value=value)
            invite(story.people[key], by=story.lead)
        return story


def mark():
    return str(uuid.uuid4().int)[:9]


def address(story, key="hana"):
    with story.village.inside():
        return safe_address(story.people[key].person).value


def ask(client, where, network=""):
    answer = client.post(reverse("new_link"), {"where": where}, REMOTE_ADDR=network or str(ip_address(uuid.uuid4().int % 2**32)))
    assert (answer.status_code, SAME in answer.content.decode()) == (200, True)
    return answer.content.decode().split("<main")[1]


def sent(story):
    with story.village.inside():
        return [(letter.channel, letter.address) for letter in Letter.objects.filter(key__startswith="way_back:").order_by("made_at")]


@pytest.mark.parametrize(("key", "channel"), [("hana", "email"), ("rami", "sms")])
def test_it_goes_to_the_safe_address_of_whoever_was_invited(client, story, key, channel):
    there = address(story, key)
    ask(client, f" {there.upper().replace('-', ' ')} ")
    assert sent(story) == [(channel, there)]


@pytest.mark.parametrize("where", ["sol@home.example", "nobody@home.example", "x"])
def test_nobody_else_is_sent_anything(client, story, where):
    ask(client, where)
    assert sent(story) == []


def test_the_page_is_the_same_for_an_address_we_know_and_one_we_do_not(client, story):
    assert ask(client, address(story)) == ask(client, "nobody@home.example")


def test_the_link_in_it_opens(client, story, browser_clients):
    ask(client, address(story))
    with story.village.inside():
        body = Letter.objects.get(key__startswith="way_back:").body
    link = body.split("/c/")[1].split("/")[0]
    assert browser_clients().post(reverse("enter", args=[link])).url == reverse("way_back")


def test_asked_again_and_again_it_goes_once(client, story):
    for _again in range(8):
        ask(client, address(story))
    assert len(sent(story)) == 1


def test_one_network_may_ask_for_few(client, story):
    network = str(ip_address(uuid.uuid4().int % 2**32))
    for number in range(5):
        ask(client, f"nobody{number}@home.example", network)
    ask(client, address(story), network)
    assert sent(story) == []


def test_who_has_left_or_whose_way_is_safe_no_more_gets_none(client, story, village):
    hanas, ramis = address(story), address(story, "rami")
    with village.inside():
        reach(story.hana.person, by=story.coordinator, way="email", value="")
        cases.let_go(story.rami, by=story.coordinator)
    ask(client, hanas)
    ask(client, ramis)
    assert sent(story) == []


def test_without_an_address_it_asks_for_one(client):
    assert client.post(reverse("new_link"), {"where": " "}).status_code == 422
