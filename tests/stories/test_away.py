"""Somebody was away for a while, and then pressed. JavaScript off."""

import pytest

from setfair.cases.journey import Stage
from setfair.preparation.queries import answer_of
from setfair.village.story import case_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def case(world):
    with world.inside():
        return case_at(world, Stage.SCHEDULED)


def come_in(world, who, participation):
    who.page.get_by_role("textbox").first.fill(world.code_for(participation))
    return who.press("Go in")


def away(who):
    """The stay ends, and the page lies open."""
    who.page.context.clear_cookies(name="stay")
    return who


def comes_in_again(world, who, participation):
    """By the link on the kept page, which opens a page of its own."""
    kept = who.page
    with kept.context.expect_page() as opened:
        kept.get_by_role("link", name="Come in again").click()
    who.page = opened.value
    come_in(world, who, participation)
    who.page = kept
    return who


def test_stop_is_not_lost_when_the_stay_had_ended(world, visit, case):
    who = away(come_in(world, visit(phone=True).open("/code/"), case.hana).open("/g/stop/"))
    who.press("Stop for now")
    assert who.sees("This is not sent yet")
    comes_in_again(world, who, case.hana).press("Send again")
    assert who.sees("You have stopped for now.")
    with world.inside():
        assert answer_of(case.hana).answer == "withdrawn"


def test_an_old_page_is_not_sent_as_whoever_came_in_since(world, visit, case):
    who = away(come_in(world, visit(phone=True).open("/code/"), case.hana).open("/g/stop/"))
    who.press("Stop for now")
    comes_in_again(world, who, case.sol).press("Send again")
    assert who.sees("We did not send that")
    with world.inside():
        assert [answer_of(case.people[key]).answer for key in ("hana", "sol")] == ["yes", "yes"]
