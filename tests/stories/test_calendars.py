"""Times that are booked, moved and given back again and again, as two other programs understand the files that everyone was sent."""

import os
import random
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from ical.calendar_stream import CalendarStream
from icalendar import Calendar

from setfair.cases.queries import circle, team
from setfair.letters.models import Letter
from setfair.people.actions import reach
from setfair.people.models import Contact
from setfair.programmes.models import Programme, Room, Window
from setfair.scheduling.actions import book, release
from setfair.scheduling.calendar_file import own_file, team_file
from setfair.village.time import today

pytestmark = pytest.mark.django_db
PLAYS, STEPS = int(os.environ.get("SETFAIR_PLAYS", "3")), 6
SEED = int(os.environ.get("SETFAIR_SEED", "1"))
ZONES = ("America/New_York", "Europe/London", "America/Phoenix", "Asia/Kolkata", "Australia/Sydney")


def by_icalendar(text):
    whole = Calendar.from_ical(text)
    (event,) = whole.walk("VEVENT")
    return whole["METHOD"], str(event["UID"]), event["SEQUENCE"], event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC)


def by_ical(text):
    (whole,) = CalendarStream.from_ics(text).calendars
    (event,) = whole.events
    return whole.method, event.uid, event.sequence, event.dtstart.astimezone(UTC), event.dtend.astimezone(UTC)


READERS = {"icalendar": by_icalendar, "ical": by_ical}


def held(read, files):
    """What stands in a fresh calendar that took in these files: of each entry the one with the highest number; of two alike the first."""
    known = {}
    for text in files:
        method, uid, number, starts, ends = read(text)
        if uid not in known or number > known[uid][0]:
            known[uid] = number, None if method == "CANCEL" else (starts, ends)
    return [span for _number, span in known.values() if span is not None]


class Play:
    """One case whose time changes at random; `files` are what each reader was given, in order."""

    def __init__(self, story, chance):
        self.story, self.chance, self.files, self.live = story, chance, {}, None
        self.people, self.team = circle(story.case), list(team(story.case))

    def step(self):
        if self.live is not None:
            release(self.live, by=self.story.coordinator)
            self.live.refresh_from_db()
            self.take(self.live)
            self.live = None
        else:
            self.live = book(self.story.case, by=self.story.coordinator, room=Room.objects.get(), starts_at=self.moment(), minutes=60)
            self.take(self.live)

    def moment(self):
        day = today(self.story.programme) + timedelta(days=self.chance.randrange(2, 85))
        return datetime.combine(day, time(self.chance.randrange(8, 18)), ZoneInfo(self.story.case.programme.zone))

    def take(self, booking):
        for one in self.people:
            self.files.setdefault(one.person_id, []).append(own_file(booking, one))
        for one in self.team:
            self.files.setdefault(one.facilitator.user_id, []).append(team_file(booking, one.facilitator.user))
        for letter in Letter.objects.filter(key__regex=f"^(booked|released):{booking.pk}:").order_by("made_at"):
            self.files[letter.reader_id] += [str(letter.calendar)] if letter.calendar else []

    def wrong(self):
        right = [(self.live.starts_at, self.live.ends_at)] if self.live else []
        for files in self.files.values():
            for order in (files, self.chance.sample(files, len(files))):
                for name, read in READERS.items():
                    if (found := held(read, order)) != right:
                        yield f"wrong in a calendar of {name}: {found}, not {right}"

    def leaked(self):
        theirs = {one.person_id: one.person.name for one in self.people} | {a.facilitator.user_id: a.facilitator.user.name for a in self.team}
        for reader, files in self.files.items():
            others = {word for who, name in theirs.items() if who != reader for word in name.split()}
            yield from (f"a name in an entry: {word}" for text in files for word in others if word in text)


@pytest.mark.mission("S2.6")
def test_every_calendar_holds_the_time_that_is_booked_and_no_other(village, at_ready, record_property):
    story, chance, found, files = at_ready, random.Random(SEED), [], 0
    with village.inside():
        Programme.objects.filter(pk=story.programme.pk).update(yes_days=365, safety_days=90)
        Window.objects.bulk_create([Window(name=f"Day {day}", weekday=day, starts=time(7), ends=time(20)) for day in range(7)])
        for one in story.people.values():
            reach(one.person, by=story.lead, way=Contact.Way.EMAIL, value=f"{one.person_id.hex[:8]}@home.example", may_leave_message=True)
        for turn in range(PLAYS):
            Programme.objects.filter(pk=story.programme.pk).update(zone=ZONES[turn % len(ZONES)])
            story.case.refresh_from_db()
            play = Play(story, chance)
            for _step in range(STEPS + turn % 2):
                play.step()
            found += [*play.wrong(), *play.leaked()]
            files += sum(len(given) for given in play.files.values())
            if play.live is not None:
                play.step()
    record_property("files", files)
    record_property("found", "; ".join(found))
    assert (found, files > 100) == ([], True)
