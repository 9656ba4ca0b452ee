"""A circle that was held with the run sheet in the hand, typed back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from setfair.conferences import queries
from setfair.conferences.models import Attendance, PageTurn
from setfair.core import clock
from setfair.journal.models import Entry
from setfair.village.time import at

pytestmark = pytest.mark.django_db
OTHERS = ["mina", "tova", "sven", "ada", "nour", "lena", "ines"]


@pytest.fixture
def after(planned):
    """An hour and a half after it was booked to begin; nobody had a screen."""
    with at(planned.booking.starts_at + timedelta(minutes=90)):
        yield planned


def minute(story, minutes):
    return clock.local(story.booking.starts_at + timedelta(minutes=minutes), story.programme.zone).strftime("%H:%M")


def sheet(story, **more):
    day = clock.local(story.booking.starts_at, story.programme.zone).date()
    came = {f"came_{person.pk}": "yes" for person in story.people.values()}
    return {"day": str(day), "began": minute(story, 2), "ended": minute(story, 50), "how": "held", **came, **more}


def post(client, story, **more):
    return client.post(reverse("type_back", args=[story.conference.pk]), sheet(story, **more))


def test_it_is_played_with_the_moments_of_the_sheet(client, village, after):
    village.sign_in(client, "fadi")
    assert client.get(reverse("type_back", args=[after.conference.pk])).status_code == 200
    answer = post(client, after, page_1=minute(after, 3), page_2=minute(after, 10))
    held, starts = after.conference, after.booking.starts_at
    assert (answer.status_code, held.stage) == (302, "concluded")
    assert (held.started_at, held.ended_at) == (starts + timedelta(minutes=2), starts + timedelta(minutes=50))
    turns = [(turn.page, turn.at - starts) for turn in PageTurn.objects.order_by("number")]
    assert turns == [(1, timedelta(minutes=3)), (2, timedelta(minutes=10))]
    assert (set(queries.came(held).values()), Attendance.objects.count()) == ({True}, len(after.people))
    assert Entry.objects.filter(verb="typed_back").count() == 1


def test_one_that_was_stopped_has_its_reason(client, village, after):
    answer = post(village.sign_in(client, "fadi"), after, how="stopped", reason="asked")
    ending = after.conference.endings.get()
    assert (answer.status_code, after.conference.stage, ending.how, ending.at) == (302, "adjourned", "stopped", after.conference.ended_at)


@pytest.mark.bad_case
@pytest.mark.parametrize(
    "wrong",
    [{"ended": "00:01"}, {"began": "23:59"}, {"how": "stopped"}, {"began": ""}, {"page_2": "23:58"}, {"day": "2020-01-01"}, {"day": "2031-01-01"}],
)
def test_what_cannot_be_so_writes_nothing(client, village, after, wrong):
    answer = post(village.sign_in(client, "fadi"), after, **wrong)
    assert (answer.status_code, after.conference.stage, Attendance.objects.count()) == (422, "planned", 0)


@pytest.mark.bad_case
def test_paper_writes_no_screen_over(client, village, after):
    conference = after.begin()
    answer = post(village.sign_in(client, "fadi"), after)
    assert (answer.status_code, "was begun on a screen already" in answer.content.decode(), conference.stage) == (422, True, "live")


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_types_it(client, village, after, who):
    assert post(village.sign_in(client, who), after).status_code == 404


def test_the_sheet_has_room_for_the_pen(client, village, after):
    page = village.sign_in(client, "fadi").get(reverse("run_sheet", args=[after.conference.pk])).content.decode()
    assert page.count("☐") >= 2 * len(after.people) + 3
