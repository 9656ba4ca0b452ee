"""In the week a meeting is moved by keyboard alone, without any script, or by mouse; both come to the same question first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from setfair.cases.journey import Stage
from setfair.core import clock
from setfair.scheduling.models import Booking, Change
from setfair.village.story import case_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def booking(world):
    with world.inside():
        return case_at(world, Stage.SCHEDULED).booking


def week_of(world, booking, **more):
    day = clock.local(booking.starts_at, world.school.zone).date() + timedelta(**more)
    return f"/week/?day={day.isoformat()}&view=windows"


def test_without_a_script_it_is_picked_up_by_the_menu_moved_and_moved_back(world, visit, booking):
    page = visit(js=False).sign_in("cora@school.example").open(week_of(world, booking)).page
    page.locator(".meeting summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Choose in the week").press("Enter")
    page.get_by_role("link", name="The week after").press("Enter")
    page.get_by_role("link", name="Here,").first.press("Enter")
    page.get_by_label("whoever has the room").check()
    page.get_by_role("button", name="Yes, move it").press("Enter")
    page.get_by_role("link", name="Move it back").press("Enter")
    assert page.get_by_label("whoever has the room").is_checked()
    page.get_by_role("button", name="Yes, move it").press("Enter")
    page.get_by_text("is moved").wait_for()
    with world.inside():
        there = Booking.objects.get(released_at__isnull=True)
        assert (there.starts_at, there.room_id, Change.objects.count()) == (booking.starts_at, booking.room_id, 2)


def test_with_a_mouse_it_is_dragged_and_nothing_moves_yet(world, visit, booking):
    page = visit(js=True).sign_in("cora@school.example").open(week_of(world, booking)).page
    page.locator("[data-move]").drag_to(page.locator("td[data-where]").last)
    page.wait_for_url("**/move/?day=*&window=*&from=week")
    assert page.locator("h1").inner_text() in ("Move it here?", "It cannot go there")
    with world.inside():
        assert (Booking.objects.get().pk, Change.objects.count()) == (booking.pk, 0)
