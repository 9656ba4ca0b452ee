"""What would open a time is a link to where it is done: another length, their own answer, a room, the booking in the way, the team."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.programmes.models import Closure, Membership, Programme, Role, Room, Window
from setfair.scheduling.actions import answer_time, book
from setfair.village.cast import OTHER
from setfair.village.story import case_at

from .conftest import TUESDAY, led_by_one_alone

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("America/New_York")


@pytest.fixture
def only_tuesday(ready):
    """One window of one hour, on one day before the deadline."""
    Window.objects.exclude(name="Tuesday morning").delete()
    Window.objects.update(ends=time(9, 0))
    ready.case.deadline = date(2027, 1, 12)
    ready.case.save()
    return ready


def snow():
    Closure.objects.create(name="Snow", starts_on=date(2027, 1, 13), ends_on=date(2028, 3, 30))


def links(client, story, **asked):
    page = client.get(reverse("schedule", args=[story.case.ref]), asked)
    assert page.status_code == 200
    return {words: there for way in page.context["ways"] for words, there in way.links}


def taken(village, room=None):
    """Another case meets then, with a team of its own unless the room is another."""
    other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    if room is None:
        led_by_one_alone(other)
    book(other.case, by=other.coordinator, room=room or Room.objects.get(), starts_at=TUESDAY, minutes=60)
    return other


def test_a_shorter_meeting_is_looked_at_with_one_press_and_booked(client, village, ready):
    Window.objects.update(starts=time(12, 0), ends=time(12, 45))
    cora, there = village.sign_in(client, "cora"), reverse("schedule", args=[ready.case.ref])
    assert links(cora, ready) == {"Look at these times": f"{there}?minutes=45"}
    page = cora.get(there, {"minutes": "45"})
    text = page.content.decode()
    assert "These are times for 45 minutes instead of 60." in text and "45 minutes · a room with 7 seats" in text
    assert ({s["minutes"] for s in page.context["suggestions"]}, page.context["form"]["minutes"].value()) == ({45}, 45)
    assert [view["url"].replace(there, "") for view in page.context["views"]][0] == "?minutes=45"
    first = page.context["suggestions"][0]
    assert cora.post(reverse("book", args=[ready.case.ref]), {"moment": first["moment"], "minutes": 45, "room": first["room"].pk}).status_code == 302
    assert ready.booking.ends_at - ready.booking.starts_at == datetime(2027, 1, 1, 0, 45) - datetime(2027, 1, 1)


@pytest.mark.parametrize("minutes", ["5", "61", "soon", "-45", ""])
def test_a_length_that_nothing_may_have_is_left_aside(client, village, ready, minutes):
    Programme.objects.filter(pk=ready.case.programme_id).update(max_minutes=60)
    page = village.sign_in(client, "cora").get(reverse("schedule", args=[ready.case.ref]), {"minutes": minutes})
    assert ("instead of" in page.content.decode(), {s["minutes"] for s in page.context["suggestions"]}) == (False, {60})


def test_who_said_no_is_asked_again_and_the_day_after_the_deadline_is_filled_in(client, village, only_tuesday):
    answer_time(only_tuesday.hana, by=only_tuesday.lead, starts_at=TUESDAY, answer="no")
    cora, there = village.sign_in(client, "cora"), reverse("schedule", args=[only_tuesday.case.ref])
    assert links(cora, only_tuesday) == {
        "Choose that day by hand": f"{there}?day=2027-01-19&clock=08%3A00#by-hand",
        "Write down what they say": reverse("times_for", args=[only_tuesday.hana.pk]),
    }
    form = cora.get(there, {"day": "2027-01-19", "clock": "08:00"}).context["form"]
    assert (form["day"].value(), form["clock"].value(), form["minutes"].value()) == (date(2027, 1, 19), time(8), 60)


def test_a_taken_room_leads_to_the_booking_that_is_theirs_and_to_the_rooms_for_who_may_set_them(client, village, only_tuesday):
    snow()
    other = taken(village)
    move = {f"Move {other.case.ref}": reverse("booking_move", args=[other.booking.pk])}
    assert links(village.sign_in(client, "cora"), only_tuesday) == move
    assert links(village.sign_in(client, "fadi"), only_tuesday) == {}
    Membership.objects.create(user=village.cora, role=Role.ADMINISTRATOR)
    assert links(village.sign_in(client, "cora"), only_tuesday) == move | {"Rooms, in the settings": reverse("settings_rooms")}


def test_a_booking_that_is_hidden_from_them_is_not_named(client, village, only_tuesday):
    snow()
    other = taken(village)
    Membership.objects.create(user=village.sven, role=Role.COORDINATOR)
    sven = village.sign_in(client, "sven")
    assert links(sven, only_tuesday) == {f"Move {other.case.ref}": reverse("booking_move", args=[other.booking.pk])}
    cases.seal(other.case, by=other.coordinator, why="staff", team=[village.cora, village.fadi])
    assert links(sven, only_tuesday) == {}


def test_a_helper_who_is_booked_leads_to_that_booking_and_to_the_team(client, village, only_tuesday):
    snow()
    led_by_one_alone(only_tuesday)
    lead = only_tuesday.case.assignments.get(ended_at=None).facilitator
    other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    led_by_one_alone(other)
    cases.unassign(other.case.assignments.get(ended_at=None), by=other.coordinator)
    cases.assign(other.case, by=other.coordinator, facilitator=lead, part="lead")
    book(other.case, by=other.coordinator, room=Room.objects.create(name="Library", seats=12), starts_at=TUESDAY, minutes=60)
    assert links(village.sign_in(client, "cora"), only_tuesday) == {
        f"Move {other.case.ref}": reverse("booking_move", args=[other.booking.pk]),
        "The team": reverse("assignments", args=[only_tuesday.case.ref]),
    }


def test_one_more_student_leads_to_the_page_of_the_team_at_that_hour(client, village, only_tuesday):
    snow()
    for assignment in only_tuesday.case.assignments.filter(ended_at=None, part="student"):
        cases.unassign(assignment, by=only_tuesday.coordinator)
    taken(village, Room.objects.create(name="Library", seats=12))
    found = links(village.sign_in(client, "cora"), only_tuesday)
    assert found.get("Who could help, and who cannot") == (
        f"{reverse('team_builder', args=[only_tuesday.case.ref])}?day=2027-01-12&clock=08%3A00&minutes=60"
    )


def test_it_asks_the_same_for_one_way_out_and_for_many(client, village, only_tuesday):
    cora, asked = village.sign_in(client, "cora"), []
    for who in ("hana", "rami"):
        answer_time(only_tuesday.people[who], by=only_tuesday.lead, starts_at=TUESDAY, answer="no")
        links(cora, only_tuesday)
        with CaptureQueriesContext(connection) as queries:
            links(cora, only_tuesday)
        asked.append(len(queries))
    assert asked[0] == asked[1]
