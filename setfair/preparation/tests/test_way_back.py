"""A new link goes to the safe address alone, and the page tells nobody whether there was one."""

import re
import uuid
from ipaddress import ip_address

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from setfair.cases import actions as cases
from setfair.letters.models import Letter
from setfair.people.actions import reach
from setfair.people.queries import safe_address
from setfair.preparation import actions, tasks
from setfair.preparation.actions import invite
from setfair.preparation.way_back import SEND

pytestmark = pytest.mark.django_db
CODE = re.compile(r"<span>(\w{4})</span>-<span>(\w{4})</span>")
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
    the_worker_works()
    return answer.content.decode().split("<main")[1]


def waiting():
    return list(ProcrastinateJob.objects.filter(task_name=SEND, status="todo").order_by("id").values_list("id", "args"))


def the_worker_works():
    for number, args in waiting():
        tasks.send_new_links(**args)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [number])


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


def let_in_by_the_link(story, browser):
    with story.village.inside():
        body = Letter.objects.get(key__startswith="way_back:").body
    browser.post(reverse("enter", args=[body.split("/c/")[1].split("/")[0]]))
    code = CODE.search(browser.get(reverse("way_back")).content.decode())
    return "".join(code.groups())


def test_an_address_that_is_safe_no_more_ends_the_stay_the_link_and_the_code_it_showed(client, story, browser_clients):
    ask(client, address(story))
    stays, fresh, on_paper = browser_clients(), browser_clients(), browser_clients()
    code = let_in_by_the_link(story, stays)
    assert fresh.post(reverse("code"), {"code": code}).url == reverse("home")
    story.village.enter(on_paper, story.rami)
    with story.village.inside():
        reach(story.hana.person, by=story.coordinator, way="email", value="")
    assert [browser.get(reverse("home")).status_code for browser in (stays, fresh, on_paper)] == [302, 302, 200]
    assert browser_clients().post(reverse("code"), {"code": code}).status_code == 422


def test_an_unopened_link_ends_with_its_address_and_a_code_from_paper_does_not(client, story, browser_clients):
    ask(client, address(story))
    with story.village.inside():
        body = Letter.objects.get(key__startswith="way_back:").body
        on_paper = actions.reissue(story.rami, by=story.lead)
        reach(story.hana.person, by=story.coordinator, way="email", value="another@home.example")
    assert browser_clients().post(reverse("enter", args=[body.split("/c/")[1].split("/")[0]])).status_code == 410
    assert browser_clients().post(reverse("code"), {"code": on_paper}).status_code == 302


def test_asked_again_and_again_it_goes_once(client, story):
    for _again in range(8):
        ask(client, address(story))
    assert len(sent(story)) == 1


def test_one_network_may_ask_for_few_and_is_told_so_whatever_the_address(client, story):
    network = str(ip_address(uuid.uuid4().int % 2**32))
    for number in range(5):
        ask(client, f"nobody{number}@home.example", network)
    told = [client.post(reverse("new_link"), {"where": where}, REMOTE_ADDR=network) for where in (address(story), "nobody@home.example")]
    assert [answer.status_code for answer in told] == [429, 429]
    assert told[0].content.decode().split("<main")[1] == told[1].content.decode().split("<main")[1]
    assert ("Call us" in told[0].content.decode(), SAME in told[0].content.decode()) == (True, False)
    assert (waiting(), sent(story)) == ([], [])


def test_the_page_does_the_same_for_an_address_we_know_and_leaves_no_address_lying(client, story):
    def asked(where):
        with CaptureQueriesContext(connection) as done:
            answer = client.post(reverse("new_link"), {"where": where}, REMOTE_ADDR=str(ip_address(uuid.uuid4().int % 2**32)))
        assert answer.status_code == 200
        return [query["sql"].split(" ")[0] for query in done]

    known, other = address(story), f"{mark()}@elsewhere.example"
    assert asked(known) == asked(other)
    assert (len(waiting()), sent(story)) == (2, [])
    assert [text for _, args in waiting() for text in (known, other, "@") if text in str(args)] == []
    the_worker_works()
    assert sent(story) == [("email", known)]


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
