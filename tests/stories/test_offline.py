"""A circle in a room without network: a real browser whose line is cut."""

import re
from datetime import timedelta

import pytest

from setfair.cases.journey import Stage
from setfair.village.story import case_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SOON = 15_000


@pytest.fixture
def circle(world):
    with world.inside():
        return case_at(world, Stage.SCHEDULED, began=timedelta(days=6))


def day(world, story):
    with world.inside():
        return f"/conferences/{story.conference.pk}/"


def ready(one, path):
    """They keep the console on their device."""
    one.open(path).press("Get ready for a room without network")
    one.page.get_by_role("button", name="Get ready").click()
    one.page.get_by_text("All of it lies on this device.").wait_for(timeout=SOON)
    one.open(path)
    one.page.get_by_text("Ready without network").wait_for(timeout=SOON)
    return one


@pytest.mark.mission("S0.3")
def test_the_whole_script_is_read_without_network(world, visit, circle):
    path = day(world, circle)
    with world.inside():
        circle.begin()
    lead = ready(visit(js=True, phone=True).sign_in("fadi@school.example"), path)
    title = lead.page.get_by_role("heading", level=1).inner_text()
    lead.page.context.set_offline(True)
    lead.open(path)
    lead.page.get_by_role("heading", level=1, name=title).wait_for(timeout=SOON)
    assert lead.sees("No network. Nothing is lost.")
    lead.page.get_by_role("button", name="Next").click()
    lead.page.get_by_text(re.compile("^2 of ")).wait_for(timeout=SOON)
    lead.page.context.set_offline(False)
    lead.page.get_by_text("Ready without network").wait_for(timeout=SOON)
