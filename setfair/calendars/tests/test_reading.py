"""Calendars as people have them: what repeats, whole days, other zones, the nights on which clocks change, and what is broken."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from setfair.calendars.opening.events import joined
from setfair.calendars.reading import Fault, Unreadable, busy_in

ZONE = "America/New_York"
HERE = ZoneInfo(ZONE)
FIRST, LAST = datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 12, 31, tzinfo=UTC)


def calendar(*lines, head=()):
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", *head, *lines, "END:VCALENDAR", ""]).encode()


def event(*lines, uid="a"):
    return ("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20270101T000000Z", "SUMMARY:Court with Judge Marlow", "LOCATION:Room 9", *lines, "END:VEVENT")


def read(*lines, **more):
    return [(s.astimezone(HERE).strftime("%m-%d %H:%M"), e.astimezone(HERE).strftime("%m-%d %H:%M")) for s, e in blocks(*lines, **more)]


def blocks(*lines, first=FIRST, last=LAST, head=()):
    return busy_in(calendar(*lines, head=head), zone=ZONE, first=first, last=last)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["DTSTART:20270112T130000Z", "DTEND:20270112T140000Z"], [("01-12 08:00", "01-12 09:00")]),
        (["DTSTART:20270112T080000", "DTEND:20270112T090000"], [("01-12 08:00", "01-12 09:00")]),
        (["DTSTART:20270112T080000", "DURATION:PT45M"], [("01-12 08:00", "01-12 08:45")]),
        (["DTSTART;TZID=Europe/Berlin:20270112T140000", "DTEND;TZID=Europe/Berlin:20270112T150000"], [("01-12 08:00", "01-12 09:00")]),
        (["DTSTART;TZID=Customized Time Zone:20270112T080000", "DTEND;TZID=Customized Time Zone:20270112T090000"], [("01-12 08:00", "01-12 09:00")]),
        (["DTSTART;VALUE=DATE:20270112", "DTEND;VALUE=DATE:20270114"], [("01-12 00:00", "01-14 00:00")]),
        (["DTSTART;VALUE=DATE:20270112"], [("01-12 00:00", "01-13 00:00")]),
        (["DTSTART:20270112T130000Z", "DTEND:20270112T140000Z", "TRANSP:TRANSPARENT"], []),
        (["DTSTART:20270112T130000Z", "DTEND:20270112T140000Z", "STATUS:CANCELLED"], []),
        (["DTSTART:20270112T130000Z", "DTEND:20270112T140000Z", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"], []),
        (["DTSTART:20270112T130000Z", "DTEND:20270112T130000Z"], []),
        (["DTSTART:20260112T130000Z", "DTEND:20260112T140000Z"], []),
        (
            ["DTSTART;TZID=America/New_York:20270306T080000", "DTEND;TZID=America/New_York:20270306T090000", "RRULE:FREQ=WEEKLY;COUNT=3",
             "EXDATE;TZID=America/New_York:20270313T080000"],
            [("03-06 08:00", "03-06 09:00"), ("03-20 08:00", "03-20 09:00")],
        ),
    ],
)  # fmt: skip
def test_what_is_busy(lines, expected):
    assert read(*event(*lines)) == expected


def test_what_repeats_keeps_its_wall_clock_over_the_night_on_which_clocks_change():
    lines = event("DTSTART;TZID=America/New_York:20270313T080000", "DTEND;TZID=America/New_York:20270313T090000", "RRULE:FREQ=DAILY;COUNT=2")
    assert [s.astimezone(UTC).hour for s, _e in blocks(*lines)] == [13, 12]
    night = event("DTSTART;VALUE=DATE:20270314")
    assert [(e - s).total_seconds() / 3600 for s, e in blocks(*night)] == [23]


def test_one_time_of_what_repeats_may_be_moved_or_called_off():
    series = event("DTSTART:20270104T130000Z", "DTEND:20270104T140000Z", "RRULE:FREQ=WEEKLY;COUNT=3")
    moved = event("RECURRENCE-ID:20270111T130000Z", "DTSTART:20270112T150000Z", "DTEND:20270112T160000Z")
    off = event("RECURRENCE-ID:20270118T130000Z", "DTSTART:20270118T130000Z", "DTEND:20270118T140000Z", "STATUS:CANCELLED")
    assert read(*series, *moved, *off) == [("01-04 08:00", "01-04 09:00"), ("01-12 10:00", "01-12 11:00")]


def test_a_calendar_may_name_its_zone_once_for_all():
    lines = event("DTSTART:20270112T140000", "DTEND:20270112T150000")
    assert read(*lines, head=["X-WR-TIMEZONE:Europe/Berlin"]) == [("01-12 08:00", "01-12 09:00")]
    stated = event("DTSTART:20270712T120000Z", "DTEND:20270712T130000Z", "RRULE:FREQ=WEEKLY;COUNT=2")
    assert len(blocks(*stated, head=["X-WR-TIMEZONE:Europe/Berlin"])) == 2


def test_a_calendar_that_tells_only_when_somebody_is_busy():
    told = ("BEGIN:VFREEBUSY", "UID:f", "DTSTAMP:20270101T000000Z", "FREEBUSY;FBTYPE=BUSY:20270112T130000Z/20270112T140000Z", "END:VFREEBUSY")
    free = ("BEGIN:VFREEBUSY", "UID:g", "DTSTAMP:20270101T000000Z", "FREEBUSY;FBTYPE=FREE:20270113T130000Z/20270113T140000Z", "END:VFREEBUSY")
    assert read(*told, *free) == [("01-12 08:00", "01-12 09:00")]


def test_blocks_that_touch_are_one_and_nothing_but_moments_comes_out():
    one = event("DTSTART:20270112T130000Z", "DTEND:20270112T140000Z")
    next_to_it = event("DTSTART:20270112T140000Z", "DTEND:20270112T150000Z", uid="b")
    assert read(*one, *next_to_it) == [("01-12 08:00", "01-12 10:00")]
    assert joined([]) == []
    assert {type(part) for block in blocks(*one) for part in block} == {datetime}


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault.NOT_ONE),
        (b"<html>Sign in</html>", Fault.NOT_ONE),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", Fault.BROKEN),
        (b"BEGIN:VCALENDAR\r\n" + b"x" * 2_000_001, Fault.TOO_BIG),
        (calendar(*event("DTSTART:20270112T130000Z", "DTEND:20270112T130001Z", "RRULE:FREQ=SECONDLY")), Fault.TOO_BIG),
        (calendar(*event("DTSTART:20270112T130000Z", "RRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2,3,4,5,6,7,8,9")), Fault.TOO_BIG),
    ],
)
def test_what_cannot_be_read_says_why_and_none_of_it(data, fault):
    with pytest.raises(Unreadable) as reason:
        busy_in(data, zone=ZONE, first=FIRST, last=LAST)
    assert (reason.value.fault, str(reason.value)) == (fault, str(fault.value))


def test_one_broken_entry_does_not_lose_the_others():
    broken = event("DTSTART:yesterday", "DTEND:20270112T140000Z", uid="b")
    assert read(*event("DTSTART:20270112T130000Z", "DTEND:20270112T140000Z"), *broken) == [("01-12 08:00", "01-12 09:00")]
