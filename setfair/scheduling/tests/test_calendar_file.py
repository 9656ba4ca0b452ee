"""Each reader's own entry: neutral, for good the same, and known by its number to be newer."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from setfair.letters.models import Letter
from setfair.people.actions import describe_way, reach
from setfair.people.card import Card
from setfair.people.models import Contact
from setfair.programmes import wording
from setfair.programmes.models import Wording
from setfair.scheduling.actions import book, release
from setfair.scheduling.calendar_file import own_file, team_file

from .conftest import TUESDAY, ZONE

pytestmark = pytest.mark.django_db
NEVER = ("Northgate", "Hana", "Rami", "Cora", "C-0", "Room")


def read(text):
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    return event


def at_eight(story, room, **more):
    return book(story.case, by=story.coordinator, room=room, starts_at=TUESDAY, minutes=60, **more)


def in_letters(story, what):
    """By reader: the method, sequence and UID of the calendar file in their letters of this kind."""
    rows = Letter.objects.filter(case_id=story.case.pk, key__startswith=what, channel="email")
    files = {row.reader_id: str(row.calendar) for row in rows}
    return {
        who: (Calendar.from_ical(text)["METHOD"], read(text)["SEQUENCE"], str(read(text)["UID"])) if text else None for who, text in files.items()
    }


def test_their_own_file_has_the_hours_and_nothing_that_tells(client, village, ready, room):
    village.enter(client, ready.hana)
    assert client.get(reverse("meeting_file")).status_code == 404
    booking = at_eight(ready, room)
    answer = client.get(reverse("meeting_file"))
    assert answer["Content-Disposition"] == 'attachment; filename="appointment.ics"'
    text, event = answer.content.decode(), read(answer.content)
    assert [word for word in (*NEVER, ready.case.ref, str(ready.hana.pk)) if word in text] == []
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"]), str(event["CLASS"])) == ("Appointment", "Please come at: 7:45 a.m.", "PRIVATE")
    assert (event["DTSTART"].dt, event["DTEND"].dt - event["DTSTART"].dt) == (TUESDAY, timedelta(hours=1))
    assert event["DTSTART"].params["TZID"] == str(ZONE)
    assert {"ATTENDEE", "LOCATION", "URL"} & set(event) == set()
    assert (event["DTSTAMP"].dt, event["LAST-MODIFIED"].dt) == (booking.made_at.replace(microsecond=0),) * 2
    (zone,) = Calendar.from_ical(text).walk("VTIMEZONE")
    assert [part["DTSTART"].dt.date() for part in zone.subcomponents] == [date(2027, 1, 11)]
    assert len(text) < 900


def test_for_the_team_it_asks_one_guest_and_says_which_and_where(village, ready, room):
    text = team_file(at_eight(ready, room), village.users["fadi"])
    event = read(text)
    assert (Calendar.from_ical(text)["METHOD"], str(event["ATTENDEE"])) == ("REQUEST", f"mailto:{village.users['fadi'].email}")
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == (f"Appointment {ready.case.ref}", room.name)
    assert [name for name in ("Hana", "Rami", "Ines") if name in text] == []


@pytest.mark.mission("S2.6")
def test_a_newer_entry_has_a_higher_number_and_whoever_was_told_is_told_that_it_is_off(village, ready, room):
    reach(ready.hana.person, by=ready.lead, way=Contact.Way.EMAIL, value="hana@home.example", may_leave_message=True)
    first = at_eight(ready, room)
    sent = in_letters(ready, "booked:")
    hana, fadi = ready.hana.person_id, village.users["fadi"].pk
    assert {(method, number) for method, number, _uid in filter(None, sent.values())} == {("PUBLISH", 0), ("REQUEST", 0)}
    release(first, by=ready.coordinator)
    off = in_letters(ready, "released:")
    assert [(off[who][:2], off[who][2] == sent[who][2]) for who in (hana, fadi)] == [(("CANCEL", 1), True)] * 2
    second = book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY.replace(minute=15), minutes=60)
    own = read(own_file(second, ready.hana))
    assert (own["SEQUENCE"], str(own["UID"]) == sent[hana][2]) == (2, True)
    assert str(read(own_file(second, ready.rami))["UID"]) != sent[hana][2]


def test_no_entry_goes_to_an_inbox_that_may_say_nothing_or_that_others_read(ready, room):
    shared = Card(may_leave_message=True, also_reads="her aunt")
    describe_way(ready.hana.person, by=ready.lead, way=Contact.Way.EMAIL, value="hana@home.example", card=shared)
    reach(ready.rami.person, by=ready.lead, way=Contact.Way.EMAIL, value="rami@home.example", may_leave_message=False)
    at_eight(ready, room)
    sent = in_letters(ready, "booked:")
    assert (sent[ready.hana.person_id], sent[ready.rami.person_id]) == (None, None)


def test_the_programmes_word_stands_there_as_long_as_it_tells_nothing(ready, room):
    booking = at_eight(ready, room)
    row = Wording.objects.create(key="appointment", language="en", words="A visit")
    wording.forget()
    assert str(read(own_file(booking, ready.hana))["SUMMARY"]) == "A visit"
    Wording.objects.filter(pk=row.pk).update(words="Restorative circle")
    wording.forget()
    assert str(read(own_file(booking, ready.hana))["SUMMARY"]) == "Appointment"
