"""What is written without network: it waits sealed, is read back on the device, and comes in."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from setfair.agreements.models import Item
from setfair.cases.journey import Stage
from setfair.conferences import actions, headings, questions
from setfair.programmes.models import ScriptPage
from setfair.village.story import case_at
from setfair.voices import actions as voices
from setfair.voices.queries import own_words

from .without_network import SOON, away, day, ready, waits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIES = """
async () => {
  const names = await indexedDB.databases();
  const rows = await Promise.all(names.map(({ name }) => new Promise((done) => {
    indexedDB.open(name).onsuccess = ({ target: { result: base } }) => {
      const asked = base.transaction("presses").objectStore("presses").getAll();
      asked.onsuccess = () => done(asked.result);
    };
  })));
  return JSON.stringify(rows);
}
"""


@pytest.fixture
def circle(world):
    with world.inside():
        story = case_at(world, Stage.SCHEDULED, began=timedelta(days=6))
        story.begin()
        last = own_words(story.hana)
        voices.keep_words(story.hana, by=story.me("hana"), reads="all", seen=last.pk if last else None, ask="Where is my bike?")
        actions.turn_page(story.conference, by=story.lead, page=ScriptPage.objects.get(script=story.conference.script, key="shared").order)
        return story


@pytest.fixture
def lead(world, visit, circle):
    path = day(world, circle)
    one = ready(visit(js=True, phone=True).sign_in("fadi@school.example"), path)
    away(one, path)
    return one


def note(lead, words):
    lead.page.get_by_text("Note a heading").click()
    lead.choose("What is needed").pick("Whose is it?", "Hana").fill("In a few words", words).press("Note it")
    lead.page.get_by_text(words).wait_for(timeout=SOON)


def promise(lead, words):
    lead.page.get_by_text("Add a promise").click()
    lead.pick("Who does it", "Rami").fill(re.compile("^What$"), words).pick("For whom", "Hana")
    lead.fill("By when", (timezone.localdate() + timedelta(days=14)).isoformat()).press("Add this promise")
    lead.page.get_by_text(words).wait_for(timeout=SOON)


def turn_to_the_draft(world, circle, lead):
    with world.inside():
        title = ScriptPage.objects.filter(script=circle.conference.script, phase="draft").first().title
    lead.page.get_by_text("Go to a page").click()
    lead.page.locator("form:visible button", has_text=title).first.click()
    lead.page.get_by_role("heading", name="What you agree on").wait_for(timeout=SOON)


@pytest.mark.mission("S1.4")
def test_headings_marks_and_promises_are_read_back_wait_sealed_and_come_in(world, circle, lead):
    note(lead, "A safe way home")
    note(lead, "Sleep")
    lead.page.locator("li", has_text="Sleep").get_by_role("button", name="That is not it").click()
    lead.page.get_by_text("Sleep").wait_for(state="hidden", timeout=SOON)
    lead.page.locator("li", has_text="Where is my bike?").get_by_role("button", name="Was asked").click()
    lead.page.locator(".questions .soft", has_text="Was asked").wait_for(timeout=SOON)
    turn_to_the_draft(world, circle, lead)
    promise(lead, "Mends the shed")
    promise(lead, "Says sorry")
    lead.page.locator("li", has_text="Says sorry").get_by_role("button", name="Take off").click()
    lead.page.get_by_text("Says sorry").wait_for(state="hidden", timeout=SOON)
    waits(lead, 6)
    lies = lead.page.evaluate(LIES)
    assert ([word for word in ("safe", "shed", "Rami", "bike") if word in lies], len(json.loads(lies)[0])) == ([], 6)
    lead.page.context.set_offline(False)
    lead.page.get_by_text("Ready without network").wait_for(timeout=SOON)
    with world.inside():
        assert {row.became for row in circle.conference.brought.all()} == {"done"}
        assert [one.words for one in headings.standing(circle.conference)] == ["A safe way home"]
        assert [one.mark for one in questions.prepared(circle.conference, [circle.hana])] == ["asked"]
        assert [(item.what, item.owner, item.owed_to) for item in Item.objects.all()] == [("Mends the shed", circle.rami, circle.hana)]


@pytest.mark.bad_case
def test_what_is_written_outlasts_leaving_and_nothing_on_the_device_reads_it(world, circle, lead):
    note(lead, "A safe way home")
    turn_to_the_draft(world, circle, lead)
    promise(lead, "Mends the shed")
    lead.page.get_by_text("Put this away").click()
    lead.page.get_by_role("button", name="Put it away").click(no_wait_after=True)
    lead.page.wait_for_url("about:blank")
    lead.page.context.set_offline(False)
    lead.sign_in("fadi@school.example").open(day(world, circle))
    lead.page.get_by_text("Ready without network").wait_for(timeout=SOON)
    with world.inside():
        assert [one.words for one in headings.standing(circle.conference)] == ["A safe way home"]
        assert [item.what for item in Item.objects.all()] == ["Mends the shed"]


@pytest.mark.bad_case
def test_what_is_half_written_stays_when_the_network_comes_back(world, circle, lead):
    lead.page.get_by_text("Note a heading").click()
    lead.choose("What is needed").pick("Whose is it?", "Hana").fill("In a few words", "A safe way home")
    lead.page.context.set_offline(False)
    lead.page.wait_for_timeout(7000)
    assert lead.page.get_by_label("In a few words").input_value() == "A safe way home"
    lead.press("Note it")
    lead.page.get_by_text("Ready without network").wait_for(timeout=SOON)
    with world.inside():
        assert [one.words for one in headings.standing(circle.conference)] == ["A safe way home"]


@pytest.mark.bad_case
def test_what_cannot_be_kept_any_more_is_said_and_stays_before_whoever_wrote_it(world, circle, lead):
    """It was put away in another tab while they wrote."""
    turn_to_the_draft(world, circle, lead)
    lead.page.get_by_text("Add a promise").click()
    lead.pick("Who does it", "Rami").fill(re.compile("^What$"), "Mends the shed").fill(
        "By when", (timezone.localdate() + timedelta(days=14)).isoformat()
    )
    (worker,) = lead.page.context.service_workers
    worker.evaluate("stored('kept', 'readwrite', (all) => all.delete('told'))")
    lead.page.get_by_role("button", name="Add this promise").click()
    lead.page.get_by_text("This is not written down").wait_for(timeout=SOON)
    assert lead.page.get_by_label(re.compile("^What$")).input_value() == "Mends the shed"
