"""What anyone finds at the public door, and how they leave it."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.mission("S0.12")
def test_the_public_page_says_what_it_is_who_may_ask_and_who_the_team_are(world, visit):
    visitor = visit(phone=True).open("/p/northgate-high/")
    words = visitor.text()
    for said in ("What happens", "Who may ask", "Who sits in the circle", "What we hope for", "What it is not", "Cora", "Fadi", "Ines"):
        assert said in words
    assert "Malik" not in words, "a student is shown only by their own choice"
    assert visitor.page.title() == "Northgate Room 12"


@pytest.mark.bad_case
@pytest.mark.mission("S0.12")
def test_nothing_is_said_of_a_programme_that_is_not_there(world, visit):
    visitor = visit()
    assert visitor.page.goto(visitor.address + "/p/nowhere-high/").status == 404
    assert visitor.page.locator("h1").is_visible()


@pytest.mark.mission("S0.1")
@pytest.mark.parametrize(
    "line", ["I was hurt", "I did it", "I am a parent or guardian", re.compile("^I work at the school"), re.compile("^I am on the peer team")]
)
def test_everyone_of_the_school_can_begin_to_ask(world, visit, line):
    visitor = visit(phone=True).open("/p/northgate-high/ask/").press("Continue")
    visitor.press_this(visitor.page.get_by_role("button", name="No", exact=True))
    visitor.press("Skip this").choose(line).press("Continue")
    assert visitor.sees("What can we call you?")


@pytest.mark.bad_case
@pytest.mark.mission("S0.1")
def test_somebody_in_danger_is_shown_help_and_no_form(world, visit):
    visitor = visit(phone=True).open("/p/northgate-high/ask/now/")
    visitor.press_this(visitor.page.get_by_role("button", name="Yes", exact=True))
    assert "911" in visitor.text()
    assert visitor.page.locator("main form").count() == 0


def to_the_story(visitor):
    visitor.open("/p/northgate-high/ask/").press("Continue")
    visitor.press_this(visitor.page.get_by_role("button", name="No", exact=True))
    return visitor.press("Skip this").choose("I was hurt").press("Continue").press("Continue")


def test_exit_wipes_what_was_written_and_back_does_not_bring_it_back(world, visit):
    visitor = to_the_story(visit(phone=True)).fill("What happened?", "words that nobody else may see").press("Continue").press("Back")
    assert "words that nobody" in visitor.page.content()
    leaving = visitor.page.context.new_page()
    with suppress(Error):  # the page it leads to is outside, and this machine may have no way there
        leaving.goto(visitor.address + "/exit/")
    leaving.close()
    with suppress(Error):  # a form that was sent is not sent again
        visitor.page.go_back()
    assert "words that nobody" not in visitor.page.content()
    assert "words that nobody" not in to_the_story(visitor).page.content()


@pytest.mark.parametrize("js", [True, False])
def test_a_draft_is_wiped_on_leaving_unless_they_asked_for_a_code(world, visit, js):
    """Both ways, in one browser and then another; nothing lies in the browser either way."""
    first, story = f"/p/{world.school.slug}/ask/", "There was shoving in the lunch line."
    for asks in (False, True):
        who = visit(js=js, phone=True)
        who.open(first).press("Continue").press_this(who.page.get_by_role("button", name="No", exact=True))
        who.press("Skip this").choose("I was hurt").press("Continue").press("Skip this")
        who.page.locator("textarea").fill(story)
        who.press("Continue")
        if asks:
            who.press("Stop here and go on another day")
            code = who.page.locator(".code-value").inner_text().strip()
        with who.page.expect_response(lambda answer: "/exit/" in answer.url and answer.status == 302):
            who.page.locator("a.exit").first.click(no_wait_after=True)
        who.page = who.page.context.new_page()
        who.open(f"{first}what/")
        assert story not in who.page.content()
        assert who.page.evaluate("[...document.querySelectorAll('textarea')].map(one => one.value).join('')") == ""
    other = visit(js=js)
    other.open(f"{first}again/").page.get_by_role("textbox").fill(code)
    other.press("Go on")
    other.open(f"{first}what/")
    assert story in other.page.locator("textarea").input_value()
