"""Leaving a device on which something waits: nothing is shown, and nothing is lost."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Error

from setfair.cases.journey import Stage
from setfair.village.story import case_at

from .without_network import SOON, away, day, kept, ready, waits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.bad_case]


@pytest.fixture
def circle(world):
    with world.inside():
        story = case_at(world, Stage.SCHEDULED, began=timedelta(days=6))
        story.begin()
        return story


@pytest.fixture
def path(world, circle):
    return day(world, circle)


@pytest.fixture
def lead(visit, path):
    """The lead, with one press that waits on their device."""
    one = ready(visit(js=True, phone=True).sign_in("fadi@school.example"), path)
    one.other = one.page.context.new_page()
    one.other.goto(f"{one.address}/p/northgate-high/")
    away(one, path)
    one.press("Next")
    waits(one, 1)
    return one


def shows_nothing(one, path):
    """With and without network, by its address: without a stay there is no word of it."""
    one.page.context.set_offline(True)
    one.page = one.page.context.new_page()
    with pytest.raises(Error):
        one.open(path)
    one.page.context.set_offline(False)
    one.open(path)
    assert "/account/login/" in one.page.url


def comes_in(world, circle, lead, path):
    with world.inside():
        assert circle.conference.brought.count() == 0
    lead.sign_in("fadi@school.example").open(path)
    lead.page.get_by_text(re.compile("^2 of ")).wait_for(timeout=SOON)
    with world.inside():
        assert [(row.what, row.became) for row in circle.conference.brought.all()] == [("turned", "done")]
    lead.page.get_by_text("Ready without network").wait_for(timeout=SOON)


def test_exit_from_a_public_page_of_the_same_browser(world, circle, lead, path):
    """Their stay ran out; somebody opens the way in, and leaves."""
    lead.page.context.clear_cookies()
    lead.page.goto("about:blank")
    lead.page.context.set_offline(False)
    lead.open("/code/")
    with lead.page.expect_response(lambda answer: "/exit/" in answer.url and answer.status == 302):
        lead.page.locator("a.exit").first.click(no_wait_after=True)
    shows_nothing(lead, path)
    comes_in(world, circle, lead, path)


def test_exit_without_network_ends_the_stay_at_the_first_page_that_is_asked_for(world, circle, lead, path):
    names = [person.person.first for person in circle.people.values()]
    lead.other.locator("a.exit").first.click(no_wait_after=True)
    lead.page.get_by_text("No network. Nothing is lost.").wait_for(state="hidden", timeout=SOON)
    with pytest.raises(Error):
        lead.open(path)
    lead.page.context.set_offline(False)
    first, after = (lead.page.context.request.get(lead.address + path, max_redirects=0) for _time in range(2))
    assert ([name for name in names if name in first.text()], after.status) == ([], 302)
    shows_nothing(lead, path)
    comes_in(world, circle, lead, path)


def test_the_console_is_put_away_by_hand(world, circle, lead, path):
    lead.page.get_by_text("Put this away").click()
    lead.page.get_by_role("button", name="Put it away").click(no_wait_after=True)
    lead.page.wait_for_url("about:blank")
    with pytest.raises(Error):
        lead.open(path)
    lead.page.context.set_offline(False)
    first, after = (lead.page.context.request.get(lead.address + path, max_redirects=0) for _time in range(2))
    assert ("No network" in first.text(), after.status) == (False, 302)
    shows_nothing(lead, path)
    comes_in(world, circle, lead, path)


def test_where_nothing_waits_leaving_leaves_nothing(visit, path):
    one = ready(visit(js=True, phone=True).sign_in("fadi@school.example"), path)
    one.open("/p/northgate-high/")
    with one.page.expect_response(lambda answer: "/exit/" in answer.url and answer.status == 302):
        one.page.locator("a.exit").first.click(no_wait_after=True)
    one.page = one.page.context.new_page()
    one.open("/code/")
    assert kept(one) == 0
