"""A circle in a room without network: a real browser whose line is cut."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Error

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.conferences import actions
from setfair.conferences.models import Conference
from setfair.village.story import case_at

from .without_network import SOON, away, day, kept, ready, runs_out, waits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def circle(world):
    with world.inside():
        return case_at(world, Stage.SCHEDULED, began=timedelta(days=6))


@pytest.mark.mission("S0.3")
def test_the_whole_script_is_read_without_network(world, visit, circle):
    path = day(world, circle)
    with world.inside():
        circle.begin()
    lead = ready(visit(js=True, phone=True).sign_in("fadi@school.example"), path)
    title = lead.page.get_by_role("heading", level=1).inner_text()
    lead.page.context.set_offline(True)
    lead.open(path)
    lead.page.get_by_role("heading", name=title).wait_for(timeout=SOON)
    assert lead.sees("No network. Nothing is lost.")
    lead.page.get_by_text("Read ahead").click()
    lead.page.get_by_role("button", name=re.compile("^2 ")).last.click()
    lead.page.get_by_text(re.compile("^2 of ")).wait_for(timeout=SOON)
    lead.page.context.set_offline(False)
    lead.page.get_by_text("Ready without network").wait_for(timeout=SOON)


@pytest.mark.mission("S0.3")
def test_a_whole_circle_without_network(world, visit, circle):
    """From who came to its end; what was pressed comes in when the network is back, each thing once, with its moment."""
    path = day(world, circle)
    with world.inside():
        conference, names = circle.conference, [p.person.first for p in circle.people.values()]
    lead = ready(visit(js=True, phone=True).sign_in("fadi@school.example"), path)
    lead.page.context.set_offline(True)
    lead.open(path)
    lead.page.get_by_text("No network. Nothing is lost.").wait_for(timeout=SOON)
    for name in names:
        with lead.within(lead.page.locator("li.task:visible").filter(has_text=name).first):
            lead.press(re.compile("^Came"))
        lead.page.locator("li.task:visible").filter(has_text=name).first.locator(".tag:visible", has_text="Came").wait_for(timeout=SOON)
    lead.press("Begin")
    for _page in range(3):
        lead.page.get_by_role("button", name="Next").wait_for(timeout=SOON)
        lead.press("Next")
    lead.page.get_by_text(re.compile("^4 of ")).wait_for(timeout=SOON)
    lead.press("Pause").press("Go on")
    lead.page.get_by_text("Stop safely").first.click()
    lead.page.get_by_label("there was not enough time").check()
    lead.press("Go on another day")
    lead.page.get_by_role("heading", name="Over for today").wait_for(timeout=SOON)
    with world.inside():
        assert (conference.brought.count(), Conference.objects.get(pk=conference.pk).stage) == (0, "planned")
    lead.page.context.set_offline(False)
    lead.page.get_by_role("heading", name="Stopped for that day").wait_for(timeout=SOON)
    with world.inside():
        held = Conference.objects.get(pk=conference.pk)
        brought = list(held.brought.order_by("number"))
        assert [row.what for row in brought] == [*["came"] * len(names), "began", *["turned"] * 3, "paused", "went_on", "adjourned"]
        assert {row.became for row in brought} == {"done"}
        assert [turn.at for turn in held.turns.order_by("number")] == [row.pressed_at for row in brought if row.what == "turned"]
        assert (held.stage, held.started_at, held.ended_at) == ("adjourned", brought[len(names)].pressed_at, brought[-1].pressed_at)
    left = lead.page.evaluate("Promise.all([caches.keys(), indexedDB.databases()]).then(all => all.flat().length)")
    assert left <= 1


@pytest.fixture
def under_way(world, visit, circle):
    """The lead has it along, and two tabs of it open."""
    path = day(world, circle)
    with world.inside():
        circle.begin()
    return ready(visit(js=True, phone=True).sign_in("fadi@school.example"), path), path


@pytest.mark.bad_case
@pytest.mark.mission("S0.3")
def test_what_somebody_else_turned_meanwhile_is_asked_about(world, visit, circle, under_way):
    lead, path = under_way
    away(lead, path)
    lead.press("Next").press("Next")
    waits(lead, 2)
    with world.inside():
        ines = world.actor("ines")
        actions.take_script(circle.conference, by=ines)
        actions.turn_page(circle.conference, by=ines, page=6)
    lead.page.context.set_offline(False)
    lead.page.get_by_text("While you were without network").wait_for(timeout=SOON)
    assert lead.page.get_by_text("Ines has the script.").first.is_visible()
    lead.press("As it was on the device")
    lead.page.get_by_text(re.compile("^3 of ")).wait_for(timeout=SOON)
    with world.inside():
        assert [turn.page for turn in circle.conference.turns.order_by("number")] == [6, 3]


@pytest.mark.bad_case
def test_two_tabs_without_network_show_one_circle(world, circle, under_way):
    lead, path = under_way
    other = lead.page.context.new_page()
    away(lead, path)
    other.goto(lead.address + path)
    lead.press("Next")
    other.get_by_text(re.compile("^2 of ")).wait_for(timeout=SOON)
    other.get_by_role("button", name="Next").click()
    lead.page.get_by_text(re.compile("^3 of ")).wait_for(timeout=SOON)
    lead.page.context.set_offline(False)
    lead.page.get_by_text("Ready without network").wait_for(timeout=SOON)
    with world.inside():
        assert [turn.page for turn in circle.conference.turns.order_by("number")] == [2, 3]


@pytest.mark.bad_case
def test_it_waits_until_they_sign_in_again(world, circle, under_way):
    lead, path = under_way
    away(lead, path)
    lead.press("Next")
    runs_out(lead)
    lead.page.context.set_offline(False)
    lead.page.get_by_role("link", name="Sign in, and it comes in").wait_for(timeout=SOON)
    with world.inside():
        assert circle.conference.turns.count() == 0
    lead.sign_in("fadi@school.example").open(path)
    lead.page.get_by_text(re.compile("^2 of ")).wait_for(timeout=SOON)
    with world.inside():
        assert [row.became for row in circle.conference.brought.all()] == ["done"]


@pytest.mark.bad_case
def test_whoever_may_not_any_more_keeps_nothing(world, visit, circle):
    path = day(world, circle)
    with world.inside():
        circle.begin()
    ines = ready(visit(js=True, phone=True).sign_in("ines@school.example"), path)
    away(ines, path)
    ines.press("Take the script")
    waits(ines, 1)
    with world.inside():
        cases.unassign(circle.case.assignments.get(facilitator=world.facilitator("ines")), by=circle.coordinator)
    ines.page.context.set_offline(False)
    ines.page.get_by_text("No network. Nothing is lost.").wait_for(state="hidden", timeout=SOON)
    ines.page.wait_for_function("caches.keys().then(all => all.length === 0)")
    with world.inside():
        assert circle.conference.brought.count() == 0
    ines.page.context.set_offline(True)
    with pytest.raises(Error):
        ines.open(path)


def test_signing_out_wipes_the_device(visit, under_way):
    lead, path = under_way
    assert kept(lead) == 2
    lead.open("/today/").page.locator("[data-menu] summary").last.click()
    lead.page.get_by_role("button", name="Sign out").click()
    lead.page.wait_for_url(lambda url: "/today/" not in url)
    lead.open("/code/")
    assert kept(lead) == 0


@pytest.mark.bad_case
def test_a_device_without_room_says_so(under_way):
    lead, path = under_way
    away(lead, path)
    (worker,) = lead.page.context.service_workers
    worker.evaluate("void (IDBObjectStore.prototype.add = () => { throw new DOMException('', 'QuotaExceededError'); })")
    lead.press("Next")
    lead.page.get_by_text("This device has no room left.").wait_for(timeout=SOON)


@pytest.mark.bad_case
def test_the_page_of_a_hotels_network_is_no_network(world, circle, under_way):
    lead, path = under_way
    page = "<!DOCTYPE html><title>Free wifi</title><h1>Buy an hour</h1>"
    lead.page.context.route("**/conferences/**", lambda route: route.fulfill(status=200, content_type="text/html", body=page))
    lead.open(path)
    lead.page.get_by_text("No network. Nothing is lost.").wait_for(timeout=SOON)
    lead.press("Next")
    waits(lead, 1)
    lead.page.context.unroute("**/conferences/**")
    lead.page.get_by_text("Ready without network").wait_for(timeout=SOON)
    with world.inside():
        assert [turn.page for turn in circle.conference.turns.all()] == [2]


@pytest.mark.bad_case
def test_what_still_waits_outlasts_signing_out_without_a_word_in_it(world, circle, under_way):
    """Its owner's stay ended; somebody else signs in on the same device and out again."""
    lead, path = under_way
    away(lead, path)
    lead.press("Next")
    lead.page.context.clear_cookies()
    lead.page.goto("about:blank")
    lead.page.context.set_default_timeout(4 * SOON)
    lead.page.context.set_offline(False)
    lead.sign_in("cora@school.example").page.locator("[data-menu] summary").last.click()
    lead.page.get_by_role("button", name="Sign out").click()
    lead.page.wait_for_url(lambda url: "/today/" not in url)
    with world.inside():
        assert circle.conference.brought.count() == 0
    lead.sign_in("fadi@school.example").open(path)
    lead.page.get_by_text(re.compile("^2 of ")).wait_for(timeout=SOON)
    with world.inside():
        assert [row.what for row in circle.conference.brought.all()] == ["turned"]
