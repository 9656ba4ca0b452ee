"""A word some days before the day: once each, never of an old time, never in the hours in which no message leaves."""

from datetime import time, timedelta

import pytest

from setfair.letters.journey import Stage as Post
from setfair.letters.models import Letter
from setfair.letters.tasks import _send
from setfair.people.actions import reach
from setfair.people.models import Contact
from setfair.preparation import actions as preparation
from setfair.programmes.models import Programme
from setfair.scheduling.actions import book, release
from setfair.scheduling.tasks import remind_of_the_day
from setfair.village.time import at

from .conftest import TUESDAY

pytestmark = pytest.mark.django_db
DAY = TUESDAY + timedelta(days=7)


@pytest.fixture
def booked(ready, room):
    Programme.objects.filter(pk=ready.programme.pk).update(letters_from=time(7), letters_until=time(20), safety_days=90)
    ready.case.refresh_from_db()
    book(ready.case, by=ready.coordinator, room=room, starts_at=DAY, minutes=60)
    return ready


def post_goes():
    """What the worker does with each reminder whose hour has come, on the clock of the test."""
    for letter in Letter.objects.filter(key__startswith="soon:", stage=Post.DUE):
        _send(letter.programme_id, letter.pk)


def reminded():
    """Who has a reminder, and of which day before, that has not been taken back."""
    letters = Letter.objects.filter(key__startswith="soon:").exclude(stage=Post.WITHDRAWN)
    return {(letter.reader_id, int(letter.key.split(":")[3])) for letter in letters}


def everyone(story, village, days):
    """All of the circle who can be written to, and the team."""
    people = {p.person_id for p in story.people.values() if Contact.objects.filter(person=p.person_id, way__in=("email", "sms")).exists()}
    return {(who, days) for who in people | {village.users[key].pk for key in ("fadi", "ines", "malik")}}


@pytest.mark.mission("S0.9")
def test_everyone_is_reminded_once_at_each_interval(booked, village):
    remind_of_the_day()
    assert reminded() == set()
    with at(DAY - timedelta(days=3)):
        remind_of_the_day()
        remind_of_the_day()
        assert reminded() == everyone(booked, village, 3)
        post_goes()
    with at(DAY - timedelta(days=1)):
        remind_of_the_day()
        assert reminded() == everyone(booked, village, 3) | everyone(booked, village, 1)


@pytest.mark.bad_case
def test_after_a_worker_that_was_dead_only_the_nearest_goes(booked, village):
    with at(DAY - timedelta(days=3)):
        remind_of_the_day()
    with at(DAY - timedelta(hours=20)):
        remind_of_the_day()
        assert reminded() == everyone(booked, village, 1)
    with at(DAY + timedelta(minutes=1)):
        post_goes()
        remind_of_the_day()
        assert reminded() == set()


def test_of_a_time_that_changed_nobody_is_reminded(booked, village, room):
    with at(DAY - timedelta(days=3)):
        remind_of_the_day()
        release(booked.booking, by=booked.coordinator)
        assert reminded() == set()
        later = book(booked.case, by=booked.coordinator, room=room, starts_at=DAY + timedelta(days=7), minutes=60)
        remind_of_the_day()
        assert reminded() == set()
    with at(DAY + timedelta(days=4)):
        remind_of_the_day()
        assert (reminded(), {row.key.split(":")[1] for row in Letter.objects.filter(key__startswith="soon:", stage=Post.DUE)}) == (
            everyone(booked, village, 3),
            {str(later.pk)},
        )


def test_never_to_who_stopped_or_pauses_and_never_when_the_programme_wants_none(booked):
    Programme.objects.filter(pk=booked.programme.pk).update(remind_days=[])
    with at(DAY - timedelta(days=3)):
        remind_of_the_day()
        assert reminded() == set()
        Programme.objects.filter(pk=booked.programme.pk).update(remind_days=[3])
        preparation.withdraw(booked.hana, by=booked.me("hana"))
        remind_of_the_day()
        assert reminded() == set()


def test_in_quiet_hours_it_waits_also_for_the_team(booked, village):
    with at((DAY - timedelta(days=3)).replace(hour=23)):
        remind_of_the_day()
        due = set(Letter.objects.filter(key__startswith="soon:").values_list("due_at", flat=True))
        assert due == {(DAY - timedelta(days=2)).replace(hour=7)}


def test_a_change_close_to_the_day_also_goes_by_the_quickest_way(ready, room):
    for way, value in ((Contact.Way.EMAIL, "hana@home.example"), (Contact.Way.SMS, "555-0177")):
        reach(ready.hana.person, by=ready.lead, way=way, value=value, may_leave_message=True)
    theirs = Letter.objects.filter(reader_id=ready.hana.person_id).order_by("channel")
    with at(DAY - timedelta(days=5)):
        booking = book(ready.case, by=ready.coordinator, room=room, starts_at=DAY, minutes=60)
        assert list(theirs.filter(key__startswith="booked:").values_list("channel", flat=True)) == ["email"]
    with at(DAY - timedelta(hours=40)):
        release(booking, by=ready.coordinator)
        assert list(theirs.filter(key__startswith="released:").values_list("channel", flat=True)) == ["email", "sms"]
