"""A whole circle on three real screens: the console, a student's phone, and a tablet that is nobody's on the table."""

import re
from datetime import date, timedelta

import pytest

from setfair.agreements import actions as agreements
from setfair.cases.journey import Stage
from setfair.conferences import actions
from setfair.conferences.queries import came, pages
from setfair.village.story import case_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GATE = "I will mend the gate."
TOLD_WITHIN = 20_000
"""Without an open line a page asks every three seconds."""


@pytest.fixture
def sitting(world):
    with world.inside():
        story = case_at(world, Stage.SCHEDULED, began=timedelta(days=6))
        story.begin()
        for person in story.people.values():
            actions.mark_attendance(story.conference, person, by=story.lead, came=True)
    return story


def heading(visitor):
    return visitor.page.get_by_role("heading", level=1).first.inner_text()


def show_a_code(lead):
    """Open the part with the tablets, ask for a code and read it from the console."""
    lead.page.get_by_text("Tablets for the table").click()
    lead.page.get_by_role("button", name="Show a code").click()
    shown = lead.page.locator(".room-code")
    shown.filter(has_text="-").first.wait_for(state="attached", timeout=TOLD_WITHIN)
    return shown.text_content().strip()


def write_down(world, story):
    with world.inside():
        draft = agreements.draft(story.case, by=story.lead, conference=story.conference)
        promise = {"owner": story.rami, "owed_to": story.hana, "due_on": date.today() + timedelta(days=7)}
        agreements.promise(draft, by=story.lead, what=GATE, proof_wanted="It shuts.", **promise)


@pytest.mark.mission("S0.3")
@pytest.mark.mission("S1.8")
def test_a_circle_from_its_first_page_to_its_last_with_a_tablet_on_the_table(world, visit, sitting):
    with world.inside():
        path, case = f"/conferences/{sitting.conference.pk}/", sitting.case
        order = pages(sitting.conference, list(sitting.people.values()), came(sitting.conference))
    lead = visit(js=True).sign_in("fadi@school.example").open(path)
    student = visit(js=True, phone=True).sign_in("ines@school.example").open(path)
    table = visit(js=True).open("/room/").fill("What is the code of the room?", show_a_code(lead)).press("Go on")
    told, half = [], len(order) // 2
    for at, page in enumerate(order[1:], start=2):
        if at == half + 1:
            student.press("Take the script")
        holder = lead if at <= half else student
        holder.page.get_by_role("button", name="Next").first.click()
        for screen in (lead, student):
            screen.page.get_by_text(re.compile(rf"^{at} of {len(order)}")).first.wait_for(timeout=TOLD_WITHIN)
        told.append((heading(lead) == heading(student), table.page.locator(".say").all_inner_texts()))
        if page.phase == "draft" and GATE not in table.page.content():
            write_down(world, sitting)
            table.page.get_by_text(GATE).wait_for(timeout=TOLD_WITHIN)
    assert [same for same, _ in told] == [True] * len(told)
    assert sum(bool(lines) for _, lines in told) >= 3
    assert [word for word in (case.ref, "O'Hara", "If it goes quiet", world.school.name) if word in table.page.content()] == []

    lead.press("Take the script")
    lead.page.get_by_text("Tablets for the table").click()
    lead.page.get_by_role("button", name="Put the tablets away").click()
    table.page.get_by_text("What is the code of the room?").wait_for(timeout=40_000)
    assert GATE not in table.page.content()
    table.page.go_back()
    assert GATE not in table.page.content()
