"""One's own days from a private address: for whoever made it, as long as they belong, and never a name."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from setfair.accounts.models import Feed
from setfair.journal.models import Entry
from setfair.programmes.models import Membership
from setfair.scheduling import feeds
from setfair.scheduling.actions import book, release
from setfair.scheduling.calendar_file import team_file
from setfair.scheduling.duties import duties

from .conftest import TUESDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def booked(ready, room):
    return book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)


def made(client, village, who, titled="yes"):
    """The path of a new address of theirs, read off the one page that shows it."""
    page = village.sign_in(client, who).post(reverse("own_calendar"), {"titled": titled})
    return "/cal/" + page.content.decode().partition("/cal/")[2].partition("<")[0]


def read(path, **headers):
    return Client().get(path, headers=headers)


def entries(answer):
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_it_holds_ones_own_duties_and_no_name(client, village, ready, booked):
    path = made(client, village, "fadi")
    answer = read(path)
    (event,) = entries(answer)
    assert (event["DTSTART"].dt, str(event["SUMMARY"]), str(event["LOCATION"])) == (TUESDAY, f"Appointment {ready.case.ref}", booked.room.name)
    sent = Calendar.from_ical(team_file(booked, village.users["fadi"])).walk("VEVENT")[0]
    assert (event["UID"], event["SEQUENCE"]) == (sent["UID"], sent["SEQUENCE"])
    assert [name for name in ("Hana", "Rami", "Fadi", "Cora", "fadi@") if name in answer.content.decode()] == []
    assert (answer["X-Robots-Tag"], answer["Cache-Control"]) == ("noindex", "private, no-cache")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in answer.content
    assert list(duties(village.users["mina"].pk)) == list(duties(village.users["cora"].pk)) == []
    release(booked, by=ready.coordinator)
    assert entries(read(path)) == []


def test_busy_only_says_not_even_which(client, village, ready, booked):
    answer = read(made(client, village, "ines", titled="no"))
    (event,) = entries(answer)
    assert (str(event["SUMMARY"]), "LOCATION" in event, ready.case.ref in answer.content.decode()) == ("Busy", False, False)


def test_it_is_shown_once_kept_as_a_digest_and_read_anew_only_when_it_changed(client, village, ready, booked):
    path = made(client, village, "fadi")
    token = path.split("/")[2].removesuffix(".ics")
    assert token not in client.get(reverse("own_calendar")).content.decode()
    assert token.encode() not in bytes(Feed.objects.get().digest)
    first = read(path)
    again = read(path, if_none_match=first["ETag"])
    assert (again.status_code, again.content, read(path)["ETag"]) == (304, b"", first["ETag"])
    assert list(Entry.objects.filter(verb__in=("opened_feed", "ended_feed")).values_list("verb", flat=True)) == ["opened_feed"]


@pytest.mark.bad_case
def test_it_is_gone_once_taken_back_replaced_or_the_person_has_left(client, village, booked):
    path = made(client, village, "fadi")
    newer = made(client, village, "fadi")
    assert (read(path).status_code, read(newer).status_code) == (410, 200)
    client.post(reverse("own_calendar_end"))
    assert read(newer).status_code == 410
    last = made(client, village, "fadi")
    Membership.objects.filter(user=village.users["fadi"]).update(ended_at=booked.made_at - timedelta(days=1))
    assert read(last).status_code == 410


def test_guessing_and_reading_too_often_come_to_an_end(client, village, booked, monkeypatch):
    monkeypatch.setattr(feeds, "WRONG", (2, timedelta(minutes=10)))
    monkeypatch.setattr(feeds, "RIGHT", (2, timedelta(minutes=10)))
    path = made(client, village, "fadi")
    assert [read(path).status_code for _again in range(3)] == [200, 200, 429]
    assert [read(f"/cal/{'x' * 43}.ics").status_code for _again in range(3)] == [404, 404, 429]
    own = village.enter(Client(), booked.case.participations.first()).get(reverse("own_calendar"))
    assert (own.status_code, own["Location"].split("?")[0]) == (302, reverse("account_login"))
