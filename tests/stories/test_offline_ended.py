"""A kept console whose owner is not signed in any more: what can be read on that device hangs on why, and the house says why."""

import re
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.utils import timezone
from playwright.sync_api import Error

from setfair.accounts.devices import end_stay
from setfair.cases.journey import Stage
from setfair.programmes.models import Membership
from setfair.village.story import case_at

from .without_network import SOON, away, day, ready, runs_out, stay_of, waits

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
    return ready(visit(js=True, phone=True).sign_in("fadi@school.example"), path)


def signed_out_from_elsewhere(world, one):
    assert end_stay(world.users["fadi"], UserSession.objects.get(session_key=stay_of(one)).pk)


def no_role_any_more(world, one):
    with world.inside():
        Membership.objects.filter(user=world.users["fadi"]).update(ended_at=timezone.now())


def names_on(one, circle):
    shown = one.page.content()
    return [person.person.first for person in circle.people.values() if f">{person.person.first}<" in shown]


def shows_nothing(one, circle, path):
    """Without network there is no page; with one there is nobody's name on it."""
    one.page.context.set_offline(True)
    one.page = one.page.context.new_page()
    with pytest.raises(Error):
        one.open(path)
    one.page.context.set_offline(False)
    one.open(path)
    with_network = names_on(one, circle)
    one.page.context.set_offline(True)
    with pytest.raises(Error):
        one.open(path)
    assert with_network == []


@pytest.mark.parametrize("how", [signed_out_from_elsewhere, no_role_any_more])
def test_a_device_that_was_away_when_it_was_ended_shows_nothing_from_then_on(world, circle, lead, path, how):
    away(lead, path)
    lead.press("Next")
    waits(lead, 1)
    how(world, lead)
    lead.page.context.set_offline(False)
    lead.page.get_by_text("No network. Nothing is lost.").wait_for(state="hidden", timeout=SOON)
    shows_nothing(lead, circle, path)
    with world.inside():
        assert circle.conference.brought.count() == 0


@pytest.mark.parametrize("how", [signed_out_from_elsewhere, no_role_any_more])
def test_a_device_whose_page_lay_open_shows_nothing_from_then_on(world, circle, lead, path, how):
    how(world, lead)
    lead.open(path)
    shows_nothing(lead, circle, path)


def test_what_was_pressed_comes_in_when_they_sign_in_again(world, circle, lead, path):
    away(lead, path)
    lead.press("Next")
    waits(lead, 1)
    signed_out_from_elsewhere(world, lead)
    lead.page.context.set_offline(False)
    lead.page.wait_for_url(lambda url: "/account/login/" in url)
    lead.sign_in("fadi@school.example").open(path)
    lead.page.get_by_text(re.compile("^2 of ")).wait_for(timeout=SOON)
    lead.page.get_by_text("Ready without network").wait_for(timeout=SOON)
    with world.inside():
        assert [(row.what, row.became) for row in circle.conference.brought.all()] == [("turned", "done")]


def test_where_a_stay_ran_out_in_a_circle_it_is_read_on_and_nothing_is_written(world, circle, lead, path):
    away(lead, path)
    title = lead.page.get_by_role("heading", level=2).first.inner_text()
    lead.press("Next").press("Back")
    waits(lead, 2)
    runs_out(lead)
    lead.page.context.set_offline(False)
    lead.page.get_by_role("link", name="Sign in, and it comes in").wait_for(timeout=SOON)
    (worker,) = lead.page.context.service_workers
    assert worker.evaluate("Promise.all([get('seals'), get('key').then(Boolean)])") == [None, True]
    lead.page.context.set_offline(True)
    lead.page.reload()
    lead.page.get_by_role("heading", name=title).wait_for(timeout=SOON)
    lead.page.context.set_offline(False)
    lead.sign_in("fadi@school.example").open(path)
    lead.page.get_by_text("Ready without network").wait_for(timeout=SOON)
    with world.inside():
        assert [row.what for row in circle.conference.brought.order_by("number")] == ["turned", "turned"]
    assert worker.evaluate("get('seals').then(Boolean)")


def test_what_was_taken_away_while_it_was_being_kept_stays_away(lead):
    """The house has new files, and it takes a while until all are here; meanwhile they leave."""
    (worker,) = lead.page.context.service_workers
    left = worker.evaluate("""async () => {
      const now = await (await fetch(`${HERE}along/`)).json();
      const late = learn({ ...now, house: "of another day" });
      await wipe();
      await late;
      return [await get("key"), await get("seals"), await get("told"), await get("me"), await caches.has(NAME)];
    }""")
    assert left == [None, None, None, None, False]


def test_a_page_of_the_house_that_nobody_is_in_on_makes_the_device_forget(world, circle, lead, path):
    """The finder asks for some other page; the console itself is never opened with a network again."""
    signed_out_from_elsewhere(world, lead)
    (worker,) = lead.page.context.service_workers
    lead.open("/account/login/")
    for _try in range(50):
        if worker.evaluate("Promise.all([get('key'), get('told')])") == [None, None]:
            break
        lead.page.wait_for_timeout(100)
    assert worker.evaluate("Promise.all([get('key'), get('told')])") == [None, None]
    lead.page.context.set_offline(True)
    lead.page = lead.page.context.new_page()
    with pytest.raises(Error):
        lead.open(path)


def test_what_is_read_on_after_a_stay_ran_out_is_read_for_three_hours_also_without_network(lead, path):
    away(lead, path)
    runs_out(lead)
    lead.page.context.set_offline(False)
    lead.page.get_by_role("link", name="Sign in").first.wait_for(timeout=SOON)
    (worker,) = lead.page.context.service_workers
    late = "(async () => { const was = Date.now; Date.now = () => was() + 4 * 3600000; const kept = await told(); Date.now = was; return kept; })()"
    assert worker.evaluate("(async () => { while (await get('seals')) await new Promise((go) => setTimeout(go, 50)); })()") is None
    assert worker.evaluate("told().then(Boolean)")
    assert worker.evaluate(late) is None
