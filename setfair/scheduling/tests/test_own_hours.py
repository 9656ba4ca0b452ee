"""One of the team reads on their own page when and where they help, and says with a press that they cannot any more."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Acquaintance, Duty
from setfair.core import clock
from setfair.scheduling import actions
from setfair.scheduling.models import Booking, Seat
from setfair.scheduling.team_for import team_for
from setfair.village.cast import OTHER
from setfair.village.story import case_at
from setfair.village.time import at

from .conftest import TUESDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def booked(ready, room):
    return actions.book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)


def page(client):
    return client.get(reverse("duties")).content.decode()


@pytest.mark.mission("S0.2", "S1.4")
def test_day_hour_when_to_be_there_and_room_stand_there_and_no_name(booked, ready, village, client):
    village.sign_in(client, "ines")
    seen = page(client)
    assert [word in seen for word in ("Tuesday, 12 Jan 2027, 8 a.m. to 9 a.m.", "7:30 a.m.", booked.room.name, ready.case.alias)] == [True] * 4
    assert [name for name in ("Hana", "Rami", "Sol", "Gail", ready.case.ref) if name in seen] == []
    actions.call_off(booked, by=ready.coordinator, wish="venue")
    seen = page(client)
    assert ("8 a.m. to 9 a.m." in seen, "There is no day yet." in seen) == (False, True)


def test_staff_read_it_too_and_whoever_is_not_of_the_team_does_not(booked, village, client):
    assert "8 a.m. to 9 a.m." in page(village.sign_in(client, "fadi"))
    assert "8 a.m. to 9 a.m." not in page(village.sign_in(client, "tova"))


@pytest.mark.mission("S0.2")
def test_who_cannot_any_more_is_free_and_the_meeting_stands(booked, ready, village, client):
    mine = ready.case.assignments.get(facilitator__user=village.ines)
    village.sign_in(client, "ines")
    assert "I cannot help there any more" in page(client)
    for _twice in range(2):
        client.post(reverse("step_out", args=[mine.pk]))
    mine.refresh_from_db()
    assert (mine.stepped_out, mine.ended_at is not None, "8 a.m. to 9 a.m." in page(client)) == (True, True, False)
    assert Booking.objects.get(pk=booked.pk).released_at is None
    assert not Seat.objects.filter(booking=booked, occupant=village.ines.pk, released_at=None).exists()
    ready.case.refresh_from_db()
    assert (ready.case.stage, Acquaintance.objects.exists()) == ("scheduled", False)
    found = team_for(ready.case, TUESDAY.date(), TUESDAY.date())
    assert ("Ines Okafor", "cannot help there any more") in found.others
    assert "Ines Okafor" not in {one.name for one in found.candidates}


def test_whoever_pressed_by_mistake_and_was_taken_in_again_is_one_like_any_other_afterwards(ready, village):
    cases.step_out(ready.case.assignments.get(facilitator__user=village.ines), by=village.actor("ines"))
    with at(clock.now() + timedelta(hours=1)):
        again = cases.assign(ready.case, by=ready.coordinator, facilitator=village.facilitator("ines"), part="student")
        cases.unassign(again, by=ready.coordinator)
    found = team_for(ready.case, TUESDAY.date(), TUESDAY.date())
    assert (dict(found.others).get("Ines Okafor"), "Ines Okafor" in {one.name for one in found.candidates}) == (None, True)


def test_what_they_were_asked_there_is_over_with_it(ready, village):
    mine = ready.case.assignments.get(facilitator__user=village.ines)
    duty = cases.ask_to_help(
        ready.case, by=ready.coordinator, facilitator=village.facilitator("tova"), part="student", starts_at=TUESDAY, minutes=60
    )  # fmt: skip
    Duty.objects.filter(pk=duty.pk).update(facilitator=mine.facilitator)
    cases.step_out(mine, by=village.actor("ines"))
    assert Duty.objects.get(pk=duty.pk).answer == "off"


@pytest.mark.parametrize("who", ["malik", "fadi", "cora", "lena"])
def test_nobody_says_so_for_another(booked, ready, village, client, who):
    mine = ready.case.assignments.get(facilitator__user=village.ines)
    assert village.sign_in(client, who).post(reverse("step_out", args=[mine.pk])).status_code == 404
    mine.refresh_from_db()
    assert mine.ended_at is None


def test_many_cases_ask_as_often_as_one(booked, ready, village, client):
    village.sign_in(client, "ines")

    def took():
        with CaptureQueriesContext(connection) as caught:
            page(client)
        return len(caught)

    took()
    one = took()
    for matter in (1, 3):
        case_at(village, Stage.READY, circle=OTHER, matter=matter)
    assert (took(), page(client).count("I cannot help there any more<")) == (one, 3)
