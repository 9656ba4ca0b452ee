"""The week of a programme: what is booked and where, what is closed, and which cases wait for a time.

A case that whoever looks may not open is a room that is taken, and no more, whatever keeps it from them: a room that looks free is given to others.
Each look is a fixed number of queries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.journey import Stage
from setfair.cases.models import Assignment, Case
from setfair.core import addresses, clock
from setfair.core.actor import Actor
from setfair.people.queries import first_name
from setfair.programmes.models import Closure, Programme, Room, Window
from setfair.programmes.wording import told
from setfair.scheduling.models import Booking
from setfair.scheduling.said import clock_time
from setfair.vault import ring

from .asked import rests
from .rows import PEOPLE

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Meeting:
    """One hour that is taken. Without a `ref` it belongs to a case that is not theirs to open."""

    starts: datetime
    ends: datetime
    room: str
    room_id: UUID
    times: str
    pk: UUID | None = None
    ref: str = ""
    names: str = ""
    team: str = ""

    @property
    def url(self) -> str:
        return addresses.of_ref("case", self.ref)

    @property
    def move(self) -> str:
        """Where it is given another time; nowhere once it has begun."""
        return addresses.of_key("booking_move", self.pk) if self.pk is not None and self.starts > clock.now() else ""

    @property
    def pick(self) -> str:
        """The week in which it lies, to choose there where it goes."""
        return f"{reverse('week')}?{urlencode({'day': self.starts.date().isoformat(), 'view': 'windows', 'move': self.pk})}"


@dataclass(frozen=True)
class Day:
    day: date
    closed: str
    meetings: list[Meeting]


@dataclass(frozen=True)
class Row:
    """One line of the grid, a window or a room, with what lies in it on each of the days; `names` says which one to whoever moves there."""

    title: str
    cells: list[list[Meeting]]
    names: tuple[str, str] = ("", "")

    def where(self, day: date) -> str:
        """That day in this line, as an address names it; empty in a line to which nothing moves."""
        kind, name = self.names
        return urlencode({"day": day.isoformat(), kind: name}) if kind else ""


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def coming(today: date) -> date:
    """The Monday of the week that is looked at without another word: on a Sunday that of the next."""
    return monday_of(today + timedelta(days=1))


def week(actor: Actor, programme: Programme, monday: date) -> dict[str, Any]:
    bookings, waiting = _bookings(actor, programme, monday), list(_waiting(actor))
    ours = [booking.case_id for booking in bookings if booking.is_ours]  # type: ignore[attr-defined]
    names, teams = _names([*ours, *(case.pk for case in waiting)]), _teams(ours)
    meetings = [_meeting(booking, programme.zone, names, teams) for booking in bookings]
    days = _days(monday, meetings)
    return {
        "days": days,
        "windows": list(_by_window(days)),
        "rooms": list(_by_room(days)),
        "waiting": [{"ref": case.ref, "names": names[case.pk], "deadline": case.deadline} for case in waiting],
    }


def _bookings(actor: Actor, programme: Programme, monday: date) -> list[Booking]:
    starts, ends = (clock.at(day, 0, 0, programme.zone) for day in (monday, monday + WEEK))
    ours = open_to(actor, Permission.BOOK, Case).filter(pk=OuterRef("case"))
    held = Booking.objects.filter(released_at__isnull=True, during__startswith__gte=starts, during__startswith__lt=ends)
    return list(held.annotate(is_ours=Exists(ours)).select_related("case", "room").order_by("during", "id"))


def _waiting(actor: Actor) -> Iterable[Case]:
    """Ready, without a time, and not resting."""
    return open_to(actor, Permission.BOOK, Case).filter(~rests("pk"), stage=Stage.READY).order_by("deadline", "opened_at", "id")


def _names(cases: list[UUID]) -> dict[UUID, str]:
    people = list(PEOPLE.ask(values={"cases": cases}))
    ring.gather(key for _case, _role, _answer, key, *_names in people)
    said: dict[UUID, list[str]] = defaultdict(list)
    for case, _role, _answer, *named in people:
        said[case].append(first_name(*named))
    return defaultdict(str, {case: ", ".join(names) for case, names in said.items()})


def _teams(cases: list[UUID]) -> dict[UUID, str]:
    said: dict[UUID, list[str]] = defaultdict(list)
    for one in Assignment.objects.filter(case__in=cases, ended_at__isnull=True).select_related("facilitator__user").order_by("part", "id"):
        said[one.case_id].append(one.facilitator.user.get_short_name())
    return defaultdict(str, {case: ", ".join(names) for case, names in said.items()})


def _meeting(booking: Booking, zone: str, names: dict[UUID, str], teams: dict[UUID, str]) -> Meeting:
    starts, ends = (clock.local(moment, zone) for moment in (booking.starts_at, booking.ends_at))
    times = f"{clock_time(booking.starts_at, zone)} – {clock_time(booking.ends_at, zone)}"
    if not booking.is_ours:  # type: ignore[attr-defined]
        return Meeting(starts, ends, booking.room.name, booking.room_id, times)
    case = booking.case_id
    return Meeting(starts, ends, booking.room.name, booking.room_id, times, booking.pk, booking.case.ref, names[case], teams[case])


def _days(monday: date, meetings: list[Meeting]) -> list[Day]:
    """Monday to Friday, and a day of the weekend on which something is booked."""
    closures = list(Closure.objects.filter(starts_on__lt=monday + WEEK, ends_on__gte=monday).order_by("starts_on", "name"))
    days = [monday + timedelta(days=number) for number in range(7)]
    found = [
        Day(day, ", ".join(c.name for c in closures if c.starts_on <= day <= c.ends_on), [m for m in meetings if m.starts.date() == day])
        for day in days
    ]
    return [one for one in found if one.day.weekday() < 5 or one.meetings]


def _by_window(days: list[Day]) -> Iterable[Row]:
    windows: dict[tuple[Any, ...], set[int]] = {}
    for window in Window.objects.order_by("starts", "ends", "name"):
        windows.setdefault((window.name, window.starts, window.ends), set()).add(window.weekday)
    rest = [list(day.meetings) for day in days]
    for (name, starts, ends), weekdays in windows.items():
        cells = []
        for number, day in enumerate(days):
            inside = [m for m in rest[number] if day.day.weekday() in weekdays and starts <= m.starts.time() and m.ends.time() <= ends]
            rest[number] = [m for m in rest[number] if m not in inside]
            cells.append(inside)
        yield Row(told(name), cells, ("window", name))
    if any(rest):
        yield Row(_("Other times"), rest)


def _by_room(days: list[Day]) -> Iterable[Row]:
    """Every open room, and a closed one in which something is still booked."""
    used = {m.room_id for day in days for m in day.meetings}
    for room in Room.objects.order_by("name", "id"):
        if room.closed_at is None or room.pk in used:
            yield Row(room.name, [[m for m in day.meetings if m.room_id == room.pk] for day in days], ("room", str(room.pk)))
