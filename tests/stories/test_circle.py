"""The hour, followed on several screens at once: what one of them does, the others show without a press."""

import re
from datetime import date, timedelta

import pytest

from setfair.agreements import actions as agreements
from setfair.cases.journey import Stage
from setfair.conferences import actions
from setfair.programmes.models import ScriptPage
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
    student.page.get_by_role("button", name="Pause").wait_for(timeout=ASKED_AGAIN)
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


@pytest.mark.bad_case
def test_a_line_that_is_open_and_says_nothing_is_asked_for_anew(world, visit, circle):
    begin(world, circle)
    with world.inside():
        path = day(circle)
    lead, asked = visit(js=True).sign_in("fadi@school.example"), []
    lead.page.route(re.compile(r"/live/\?heard="), lambda route: asked.append(route))
    lead.page.clock.install()
    lead.open(path).page.clock.run_for(19_000)
    first = len(asked)
    lead.page.clock.run_for(3_000)
    lead.page.get_by_text("No connection just now.").wait_for()
    assert (first, len(asked)) == (1, 2)


@pytest.mark.mission("S0.6")
@pytest.mark.mission("S0.9")
def test_three_screens_through_a_turn_a_break_and_what_is_written_down(world, visit, circle):
    """The lead's tablet, a student's phone, and the phone of somebody in the circle."""
    begin(world, circle)
    with world.inside():
        path, code = day(circle), world.code_for(circle.hana)
        for person in circle.people.values():
            actions.mark_attendance(circle.conference, person, by=circle.lead, came=True)
        pages = {page.phase: page.order for page in ScriptPage.objects.filter(script=circle.conference.script).order_by("-order")}
    lead = visit(js=True).sign_in("fadi@school.example").open(path)
    student = visit(js=True, phone=True).sign_in("ines@school.example").open(path)
    hana = visit(js=True, phone=True).open("/code/").fill("code", code)
    hana.page.keyboard.press("Enter")
    hana.page.get_by_role("link", name="The circle now").click()
    lead.press("Next").press("Next")
    said = lead.page.locator(".say").first.inner_text()
    hana.page.get_by_text(said).wait_for(timeout=ASKED_AGAIN)
    hana.press("I need a break")
    assert hana.sees("Nobody is told who.")
    for one in (lead, student):
        one.page.get_by_text("Somebody would like a break").wait_for(timeout=ASKED_AGAIN)
        assert "Hana" not in one.page.locator(".notice:visible").inner_text()
    student.press("I have read it")
    lead.page.get_by_text("Somebody would like a break").wait_for(state="hidden", timeout=ASKED_AGAIN)
    with world.inside():
        draft = agreements.draft(circle.case, by=circle.lead, conference=circle.conference)
        promise = {"owner": circle.rami, "owed_to": circle.hana, "due_on": date.today() + timedelta(days=7), "proof_wanted": "Handed over."}
        agreements.promise(draft, by=circle.lead, what="I will write a letter.", **promise)
        actions.turn_page(circle.conference, by=circle.lead, page=pages["draft"])
    hana.page.get_by_text("I will write a letter.").wait_for(timeout=ASKED_AGAIN)
    assert hana.page.get_by_role("listitem").filter(has_text="Rami").first.is_visible()
