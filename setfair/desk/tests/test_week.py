"""The week of a programme: its hours, rooms and closed days, and what waits for a time; behind the walls a room is taken, and no more."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.desk.week import week
from setfair.programmes.models import Closure, Membership, Programme, Role, Room
from setfair.scheduling.actions import book
from setfair.scheduling.tests.conftest import MONDAY, TUESDAY, led_by_one_alone, monday, ready, ready_on_monday  # noqa: F401
from setfair.village.cast import OTHER
from setfair.village.story import case_at
from setfair.village.time import at

pytestmark = pytest.mark.django_db


def seen(village, who="cora"):
    return week(village.actor(who), Programme.objects.get(pk=village.school.pk), MONDAY.date())


def hours(found):
    return [(m.ref, m.names, m.room) for day in found["days"] for m in day.meetings]


@pytest.fixture
def room(ready):  # noqa: F811
    return Room.objects.get()


def test_it_shows_who_meets_where_and_what_waits(client, village, ready, room):  # noqa: F811
    Closure.objects.create(name="Snow day", starts_on=date(2027, 1, 14), ends_on=date(2027, 1, 14))
    assert ([w["ref"] for w in seen(village)["waiting"]], hours(seen(village))) == ([ready.case.ref], [])
    book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    found = seen(village)
    ((ref, names, where),) = hours(found)
    assert (ref, where, "Hana" in names, "Delacourt" in names, found["waiting"]) == (ready.case.ref, room.name, True, False, [])
    assert [(day.day.weekday(), day.closed) for day in found["days"]] == [(0, ""), (1, ""), (2, ""), (3, "Snow day"), (4, "")]
    assert {row.title: [len(cell) for cell in row.cells] for row in found["windows"]}["Tuesday morning"] == [0, 1, 0, 0, 0]
    assert [[len(cell) for cell in row.cells] for row in found["rooms"]] == [[0, 1, 0, 0, 0]]
    cora = village.sign_in(client, "cora")
    for view in ("list", "windows", "rooms", "nonsense"):
        page = cora.get(reverse("week"), {"day": "2027-01-13", "view": view}).content.decode()
        assert (ready.case.ref in page, reverse("booking_move", args=[ready.booking.pk]) in page, "Snow day" in page) == (True, True, True)
    with at(TUESDAY + timedelta(minutes=1)):
        assert [m.move for day in seen(village)["days"] for m in day.meetings] == [""]
    assert ready.case.ref not in cora.get(reverse("week"), {"day": "2027-01-20"}).content.decode()


def test_of_a_case_that_is_hidden_from_them_the_room_is_taken_and_no_more(client, village, ready, room):  # noqa: F811
    book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    Membership.objects.create(user=village.sven, role=Role.COORDINATOR)
    cases.seal(ready.case, by=village.actor("cora"), why="staff", team=[village.cora, village.fadi])
    assert (hours(seen(village))[0][0], hours(seen(village, "sven"))) == (ready.case.ref, [("", "", room.name)])
    sven = village.sign_in(client, "sven")
    for view in ("list", "windows", "rooms"):
        page = sven.get(reverse("week"), {"day": "2027-01-12", "view": view, "names": "on"}).content.decode()
        assert ("Taken" in page, ready.case.ref in page, "Hana" in page, "data-move" in page) == (True, False, False, False)


def test_what_hangs_on_a_wall_names_nobody_unless_it_is_ticked(client, village, ready, room):  # noqa: F811
    book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    cora, there = village.sign_in(client, "cora"), {"day": "2027-01-12"}

    def named(**more):
        page = cora.get(reverse("week"), there | more).content.decode()
        assert ready.case.ref in page
        shown = {"on paper": "</a><span> <bdi>Hana", "on the screen": '</a><span class="no-print"> <bdi>Hana'}
        return [where for where, words in shown.items() if words in page] or "Hana" in page

    assert [named(view=view) for view in ("list", "windows", "rooms")] == [["on the screen"], ["on the screen"], False]
    assert [named(view=view, names="on") for view in ("list", "windows", "rooms")] == [["on paper"]] * 3


def test_on_a_sunday_it_is_the_coming_week(client, village):
    cora = village.sign_in(client, "cora")
    with at(MONDAY + timedelta(days=5, hours=12)):
        saturday = village.sign_in(client, "cora").get(reverse("week")).context["monday"]
    with at(MONDAY + timedelta(days=6, hours=12)):
        sunday = village.sign_in(client, "cora").get(reverse("week")).context["monday"]
        asked = cora.get(reverse("week"), {"day": "2027-01-17"}).context["monday"]
    assert (saturday, sunday, asked) == (date(2027, 1, 11), date(2027, 1, 18), date(2027, 1, 11))


def test_of_a_case_that_is_not_theirs_to_book_a_room_is_taken_and_no_more(client, village, ready, room):  # noqa: F811
    book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    assert hours(seen(village, "sven")) == [("", "", room.name)]


def test_it_asks_the_same_however_much_is_booked(village, ready, room):  # noqa: F811
    def asked():
        with CaptureQueriesContext(connection) as queries:
            seen(village)
        return len(queries)

    led_by_one_alone(ready)
    book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    at_one = asked()
    for number in range(2):
        other = case_at(village, Stage.READY, circle=OTHER, matter=number + 1)
        led_by_one_alone(other)
        elsewhere = Room.objects.create(name=f"Library {number}", seats=12)
        book(other.case, by=other.coordinator, room=elsewhere, starts_at=TUESDAY + timedelta(days=7 * number), minutes=60)
    assert asked() == at_one
