"""The hour, followed on several screens at once: what one of them does, the others show without a press."""

import re
from datetime import timedelta

import pytest

from setfair.cases.journey import Stage
from setfair.conferences import actions
from setfair.village.story import case_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ASKED_AGAIN = 10_000
"""Without an open line a page asks every three seconds."""


@pytest.fixture
def circle(world):
    """One that is to begin. The clock of the server is never moved here: pages ask all the time."""
    with world.inside():
        return case_at(world, Stage.SCHEDULED, began=timedelta(days=6))


def day(story):
    return f"/conferences/{story.conference.pk}/"


def begin(world, story):
    with world.inside():
        story.begin()


@pytest.mark.mission("S0.3")
def test_a_page_that_lies_open_follows_the_circle(world, visit, circle):
    with world.inside():
        path = day(circle)
    lead = visit(js=True).sign_in("fadi@school.example").open(path)
    student = visit(js=True, phone=True).sign_in("ines@school.example").open(path)
    with world.inside():
        actions.mark_attendance(circle.conference, circle.hana, by=circle.lead, came=False)
    lead.page.get_by_text("Hana is not here.").wait_for(timeout=ASKED_AGAIN)
    begin(world, circle)
    student.page.get_by_role("link", name="Pause").wait_for(timeout=ASKED_AGAIN)
    lead.page.get_by_role("button", name="Next").wait_for(timeout=ASKED_AGAIN)
    lead.press("Next")
    title = lead.page.get_by_role("heading", level=1).inner_text()
    student.page.get_by_role("heading", level=1, name=title).wait_for(timeout=ASKED_AGAIN)
    assert student.page.get_by_text(re.compile("^2 of ")).is_visible()
    assert student.page.get_by_text("Fadi has the script.").is_visible()
    assert not student.page.get_by_text("No connection just now.").is_visible()


@pytest.mark.bad_case
@pytest.mark.mission("S0.3")
def test_a_student_takes_the_script_when_the_leads_phone_is_dead(world, visit, circle):
    begin(world, circle)
    with world.inside():
        path = day(circle)
    lead = visit(js=True).sign_in("fadi@school.example").open(path).press("Next")
    student = visit(js=True, phone=True).sign_in("ines@school.example").open(path)
    lead.page.context.set_offline(True)
    assert not student.page.get_by_role("button", name="Next").is_visible()
    student.press("Take the script").press("Next")
    title = student.page.get_by_role("heading", level=1).inner_text()
    lead.page.get_by_text("No connection just now.").wait_for(timeout=40_000)
    lead.page.context.set_offline(False)
    lead.page.get_by_role("heading", level=1, name=title).wait_for(timeout=ASKED_AGAIN)
    lead.page.get_by_text("Ines has the script.").wait_for(timeout=ASKED_AGAIN)
    lead.press("Take the script")
    lead.page.get_by_role("button", name="Next").wait_for(timeout=ASKED_AGAIN)
    student.page.get_by_text("Fadi has the script.").wait_for(timeout=ASKED_AGAIN)
