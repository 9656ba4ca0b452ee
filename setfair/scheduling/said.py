"""Times and lists as they are said aloud, in the language that is active."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.core import clock
from setfair.programmes.models import Programme, Room


def clock_time(moment: datetime, zone: str) -> str:
    return date_format(clock.local(moment, zone), "TIME_FORMAT")


def day(moment: datetime, zone: str) -> str:
    there = clock.local(moment, zone)
    return _("%(weekday)s, %(date)s") % {"weekday": date_format(there, "l"), "date": date_format(there, "DATE_FORMAT")}


def when(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """Day, start and end on one wall clock."""
    times = {"day": day(starts_at, zone), "start": clock_time(starts_at, zone), "end": clock_time(ends_at, zone)}
    return _("%(day)s, %(start)s to %(end)s") % times


def until(moment: datetime, zone: str) -> str:
    """The last day for something on that wall clock, with the hour where the day goes on after it."""
    there = clock.local(moment, zone)
    if (there.hour, there.minute) in ((0, 0), (23, 59)):
        return day(moment, zone)
    return _("%(day)s, %(time)s") % {"day": day(moment, zone), "time": clock_time(moment, zone)}


def listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def place(room: Room, programme: Programme) -> str:
    """Where to go: the room and its venue, or the room and where the programme usually is."""
    return room.place if room.venue else ", ".join(part for part in (room.name, programme.room) if part)


@dataclass(frozen=True)
class Clock:
    """On whose clock times are said to somebody: their own, with the programme's beside it wherever the two show another hour then.

    Which day and hour that is changes over the year: not everybody changes their clocks on the same night, or at all.
    """

    zone: str
    own: str

    def is_apart(self, moment: datetime) -> bool:
        return clock.local(moment, self.zone).utcoffset() != clock.local(moment, self.own).utcoffset()

    def when(self, starts_at: datetime, ends_at: datetime) -> str:
        """Day, start and end."""
        here = self._when_here(starts_at, ends_at)
        return self._both(when(starts_at, ends_at, self.own), here, starts_at)

    def day(self, moment: datetime) -> str:
        return day(moment, self.own)

    def time(self, moment: datetime) -> str:
        return self._both(clock_time(moment, self.own), self._there(moment, clock_time(moment, self.zone)), moment)

    def span(self, starts_at: datetime, ends_at: datetime) -> str:
        """From when until when, under a heading with the day."""
        here = self._there(starts_at, _span(starts_at, ends_at, self.zone))
        return self._both(_span(starts_at, ends_at, self.own), here, starts_at)

    def span_words(self, starts_at: datetime, ends_at: datetime) -> SafeString:
        """The same for a page: one clock stays in one line, two may need more than one."""
        words = self.span(starts_at, ends_at)
        return format_html("{}", words) if self.is_apart(starts_at) else format_html('<span class="ref">{}</span>', words)

    def _when_here(self, starts_at: datetime, ends_at: datetime) -> str:
        if not self._is_one_day(starts_at):
            return when(starts_at, ends_at, self.zone)
        return _("%(start)s to %(end)s") % {"start": clock_time(starts_at, self.zone), "end": clock_time(ends_at, self.zone)}

    def _is_one_day(self, moment: datetime) -> bool:
        return clock.local(moment, self.zone).date() == clock.local(moment, self.own).date()

    def _there(self, moment: datetime, words: str, zone: str = "") -> str:
        """With the day of the week, where it is another one there."""
        return words if self._is_one_day(moment) else f"{date_format(clock.local(moment, zone or self.zone), 'l')}, {words}"

    def _both(self, theirs: str, here: str, moment: datetime) -> str:
        return _("%(theirs)s your time (%(here)s where we are)") % {"theirs": theirs, "here": here} if self.is_apart(moment) else theirs


class TeamsClock(Clock):
    """The same for whoever of the team writes down what somebody told them: the programme's first, theirs beside it."""

    def day(self, moment: datetime) -> str:
        return day(moment, self.zone)

    def span(self, starts_at: datetime, ends_at: datetime) -> str:
        here = _span(starts_at, ends_at, self.zone)
        if not self.is_apart(starts_at):
            return here
        there = self._there(starts_at, _span(starts_at, ends_at, self.own), self.own)
        return _("%(here)s (%(there)s for them)") % {"here": here, "there": there}


def clock_of(who: Participation, programme: Programme, *, to_team: bool = False) -> Clock:
    """The clock on which somebody is told times, or on which the team reads their times."""
    return (TeamsClock if to_team else Clock)(programme.zone, who.person.zone_in(programme))


def _span(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    return f"{clock_time(starts_at, zone)}–{clock_time(ends_at, zone)}"
