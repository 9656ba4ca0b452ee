"""Times by somebody's own clock, with the programme's beside it wherever the two differ then."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from icalendar import Calendar as File

from setfair.calendars.models import Busy
from setfair.core import clock
from setfair.journal.models import Entry
from setfair.people import actions as people
from setfair.people.gate import _by_the_clock
from setfair.people.models import Contact, Person
from setfair.people.queries import ways
from setfair.programmes.models import Programme
from setfair.programmes.zones import by_region, city
from setfair.scheduling import rounds
from setfair.scheduling.actions import book
from setfair.scheduling.calendar_file import own_file
from setfair.scheduling.letters import BOOKED, readers_of, words_for
from setfair.scheduling.open_days import open_between
from setfair.scheduling.queries import live_booking
from setfair.scheduling.said import Clock, TeamsClock
from setfair.village.cast import OTHER
from setfair.village.story import case_at
from setfair.village.time import at

from .conftest import TUESDAY, ZONE

NEW_YORK, PHOENIX, BERLIN = "America/New_York", "America/Phoenix", "Europe/Berlin"


def eight(day):
    starts = clock.at(day, 8, 0, NEW_YORK)
    return starts, starts + timedelta(hours=1)


@pytest.mark.parametrize(
    ("own", "day", "said"),
    [
        (NEW_YORK, date(2027, 3, 12), "8 a.m.–9 a.m."),
        ("America/Toronto", date(2027, 3, 12), "8 a.m.–9 a.m."),
        (PHOENIX, date(2027, 3, 12), "6 a.m.–7 a.m. your time (8 a.m.–9 a.m. where we are)"),
        (PHOENIX, date(2027, 3, 15), "5 a.m.–6 a.m. your time (8 a.m.–9 a.m. where we are)"),
        (BERLIN, date(2027, 3, 12), "2 p.m.–3 p.m. your time (8 a.m.–9 a.m. where we are)"),
        (BERLIN, date(2027, 3, 26), "1 p.m.–2 p.m. your time (8 a.m.–9 a.m. where we are)"),
        (BERLIN, date(2027, 3, 29), "2 p.m.–3 p.m. your time (8 a.m.–9 a.m. where we are)"),
        ("Asia/Tokyo", date(2027, 3, 12), "10 p.m.–11 p.m. your time (8 a.m.–9 a.m. where we are)"),
        ("Pacific/Auckland", date(2027, 3, 12), "2 a.m.–3 a.m. your time (Friday, 8 a.m.–9 a.m. where we are)"),
    ],
)
def test_each_week_of_the_year_is_said_as_both_clocks_show_it(own, day, said):
    assert Clock(NEW_YORK, own).span(*eight(day)) == said


def test_day_and_hours_name_the_other_day_only_where_it_is_one():
    starts, ends = eight(date(2027, 3, 12))
    assert Clock(NEW_YORK, PHOENIX).when(starts, ends) == "Friday, 12 Mar 2027, 6 a.m. to 7 a.m. your time (8 a.m. to 9 a.m. where we are)"
    far = Clock(NEW_YORK, "Pacific/Auckland")
    assert far.when(starts, ends) == "Saturday, 13 Mar 2027, 2 a.m. to 3 a.m. your time (Friday, 12 Mar 2027, 8 a.m. to 9 a.m. where we are)"
    assert (far.day(starts), far.time(starts)) == ("Saturday, 13 Mar 2027", "2 a.m. your time (Friday, 8 a.m. where we are)")
    teams = TeamsClock(NEW_YORK, "Pacific/Auckland")
    assert (teams.day(starts), teams.span(starts, ends)) == ("Friday, 12 Mar 2027", "8 a.m.–9 a.m. (Saturday, 2 a.m.–3 a.m. for them)")
    assert TeamsClock(NEW_YORK, NEW_YORK).span(starts, ends) == "8 a.m.–9 a.m."


def test_a_clock_is_named_by_its_city():
    assert (city(NEW_YORK), city("America/Kentucky/Louisville")) == ("New York", "Louisville, Kentucky")
    parts = dict(by_region())
    assert (len(parts), (BERLIN, "Berlin") in parts["Europe"]) == (8, True)


@pytest.mark.django_db
def test_somebody_says_it_on_their_own_page_and_nobody_else_does(ready, village, client, browser_clients):
    hana, there = village.enter(client, ready.hana), reverse("my_zone")
    page = hana.get(there).content.decode()
    assert ("New York, our time" in page, 'label="Europe"' in page) == (True, True)
    assert hana.post(there, {"zone": "Mars/Base"}).status_code == 422
    assert hana.post(there, {"zone": PHOENIX}).url == reverse("my_contact")
    hana.post(there, {"zone": PHOENIX})
    assert "The same as in Phoenix" in hana.get(reverse("my_contact")).content.decode()
    assert [str(p.zone) for p in (Person.objects.get(pk=ready.hana.person_id), Person.objects.get(pk=ready.rami.person_id))] == [PHOENIX, ""]
    assert (Entry.objects.filter(verb="named_zone").count(), Entry.objects.filter(detail__icontains="phoenix").count()) == (1, 0)
    rami = village.enter(browser_clients(), ready.rami)
    assert "Phoenix" not in rami.get(reverse("my_contact")).content.decode()
    hana.post(there, {"zone": NEW_YORK})
    assert str(Person.objects.get(pk=ready.hana.person_id).zone) == ""


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "status"), [("cora", 302), ("fadi", 302), ("mina", 404), ("ines", 404), ("ada", 404), ("nour", 404)])
def test_who_of_the_team_writes_it_down(ready, village, client, who, status):
    there = reverse("contact_zone", args=[ready.hana.pk])
    staff = village.sign_in(client, who)
    assert staff.post(there, {"zone": BERLIN}).status_code == status
    assert str(Person.objects.get(pk=ready.hana.person_id).zone) == (BERLIN if status == 302 else "")
    if status == 302:
        assert staff.post(there, {"zone": "x"}).status_code == 422
        assert '<option value="Europe/Berlin" selected>Berlin' in staff.get(reverse("contact", args=[ready.hana.pk])).content.decode()


@pytest.mark.django_db
def test_another_case_has_no_such_page(ready, village, client):
    other = case_at(village, "ready", circle=OTHER, matter=3)
    otto = village.enter(client, other.people["otto"])
    assert otto.post(reverse("contact_zone", args=[ready.hana.pk]), {"zone": BERLIN}).status_code in (401, 404)
    assert str(Person.objects.get(pk=ready.hana.person_id).zone) == ""


def lives_in(story, key, zone):
    people.live_by(story.people[key].person, by=story.coordinator, zone=zone)
    story.people[key].person.refresh_from_db()


@pytest.mark.django_db
@pytest.mark.mission("S2.5")
def test_a_booked_time_is_said_by_their_clock_on_the_page_in_the_letter_and_in_the_file(ready, room, village, client):
    ready.invite_everyone()
    lives_in(ready, "hana", PHOENIX)
    book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    booking = live_booking(ready.case)
    hana = village.enter(client, ready.hana)
    words = Clock(NEW_YORK, PHOENIX).when(booking.starts_at, booking.ends_at)
    assert "your time" in words
    assert words in hana.get(reverse("home")).content.decode()
    page = hana.get(reverse("times")).content.decode()
    assert (words in page, "your time (" in page.split("Please come at")[1]) == (True, True)
    said = {r.id: words_for(BOOKED, booking, r).body for r in readers_of(booking, {ready.hana.person_id, ready.rami.person_id})}
    assert {who: "your time" in body for who, body in said.items()} == {
        ready.hana.person_id: "your time" in said[ready.hana.person_id], ready.rami.person_id: False,
    }  # fmt: skip
    event = File.from_ical(own_file(booking, ready.hana)).walk("VEVENT")[0]
    starts = event["dtstart"].dt
    assert (starts, starts.tzinfo.key, starts.hour) == (booking.starts_at, PHOENIX, clock.local(booking.starts_at, PHOENIX).hour)
    assert "your time" in str(event["description"])
    other = File.from_ical(own_file(booking, ready.rami)).walk("VEVENT")[0]
    assert (other["dtstart"].dt.tzinfo.key, "your time" in str(other["description"])) == (NEW_YORK, False)


@pytest.mark.django_db
def test_times_that_are_asked_about_are_theirs_to_them_and_both_to_the_team(ready, village, client, browser_clients):
    ready.invite_everyone()
    lives_in(ready, "hana", BERLIN)
    days = datetime(2027, 1, 19, tzinfo=ZONE).date(), datetime(2027, 1, 29, tzinfo=ZONE).date()
    rounds.ask(ready.case, by=ready.coordinator, times=open_between(ready.programme, *days)[:1], until=datetime(2027, 1, 18, tzinfo=ZONE))
    hana, rami, cora = village.enter(client, ready.hana), village.enter(browser_clients(), ready.rami), village.sign_in(browser_clients(), "cora")
    page = hana.get(reverse("times")).content.decode()
    assert ("your time (8 a.m." in page, 'class="ref"' in page) == (True, False), "two clocks may take two lines"
    assert "your time" not in rami.get(reverse("times")).content.decode()
    told = [cora.get(reverse("times_for", args=[p.pk])).content.decode() for p in (ready.hana, ready.rami)]
    assert [("for them)" in page, "your time" in page) for page in told] == [(True, False), (False, False)]


@pytest.mark.django_db
def test_no_message_comes_in_their_night(ready):
    Programme.objects.filter(pk=ready.programme.pk).update(letters_from=time(8), letters_until=time(20))
    hana = Person.objects.get(pk=ready.hana.person_id)
    way = next(w for w in ways(hana) if w.way in (Contact.Way.EMAIL, Contact.Way.SMS))
    late_here = clock.at(date(2027, 1, 12), 17, 0, NEW_YORK)
    with at(late_here):
        assert _by_the_clock(hana, way).at is None
        lives_in(ready, "hana", BERLIN)
        waits = _by_the_clock(Person.objects.get(pk=ready.hana.person_id), way).at
    assert clock.local(waits, BERLIN).replace(tzinfo=None) == datetime(2027, 1, 13, 8)


@pytest.mark.django_db
def test_a_calendar_without_a_zone_is_read_by_its_owners_clock(ready, village, client):
    lives_in(ready, "hana", PHOENIX)
    data = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20270101T000000Z\r\nDTSTART:20270115T080000\r\nDTEND:20270115T090000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"  # noqa: E501
    hana = village.enter(client, ready.hana)
    assert hana.post(reverse("own_free"), {"what": "file", "file": SimpleUploadedFile("a.ics", data)}).status_code == 302
    assert Busy.objects.get().during.lower == datetime(2027, 1, 15, 15, tzinfo=UTC)
    assert "These hours are by our clock, in New York." in hana.get(reverse("own_free")).content.decode()
