"""What would open a time, each change with a link to where it is made: only for whoever may make it there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from setfair.access.policy import Permission
from setfair.access.ties import may, open_to
from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.core import addresses, clock
from setfair.core.actor import Actor

from . import queries, solver
from .look import Look
from .models import Booking
from .queries import LaidOut, WayOut
from .said import clock_time, day


@dataclass(frozen=True)
class Way:
    """One change in words, how much it opens and when first, and the links under which it is made."""

    words: str
    opens: int
    first: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Doors:
    case: Case
    laid: LaidOut
    look: Look
    runs: bool
    sets: bool
    theirs: list[Booking]

    def of(self, way: WayOut) -> Iterator[tuple[str, str]]:
        if way.minutes:
            yield _("Look at these times"), self.look.at(self.case, minutes=way.minutes)
        for need in way.lift:
            yield from self._of(need, way)

    def _of(self, need: solver.Need, way: WayOut) -> Iterator[tuple[str, str]]:
        kind, circle = need.kind, {str(p.person_id): p for p in self.laid.needed.people}
        if kind == "period" and self.case.stage == Stage.READY:
            there = clock.local(way.first, self.case.programme.zone)
            yield _("Choose that day by hand"), f"{self.look.at(self.case, day=there.date(), clock=there.time())}#by-hand"
        elif kind == "room":
            yield from self._moves(way, rooms={UUID(room) for room in self.laid.rooms})
            if self.sets:
                yield _("Rooms, in the settings"), reverse("settings_rooms")
        elif kind == "helpers" and self.runs:
            yield _("Who could help, and who cannot"), self._team_page(way)
        elif kind == "out" and need.what in circle:
            yield _("The hours they live by"), reverse("conditions", args=[circle[need.what].pk])
        elif need.what in circle:
            yield _("Write down what they say"), reverse("times_for", args=[circle[need.what].pk])
        elif kind in ("away", "busy"):
            if kind == "busy" and UUID(need.what) not in self.laid.unsaid:
                yield from self._moves(way, who=UUID(need.what))
            if self.runs:
                yield _("The team"), reverse("assignments", args=[self.case.ref])

    def _moves(self, way: WayOut, rooms: set[UUID] | None = None, who: UUID | None = None) -> Iterator[tuple[str, str]]:
        """What is booked in these rooms, or for that helper, at the first time that this would open."""
        ends = way.first + self.laid.lasts
        for one in self.theirs:
            seats = {seat.occupant for seat in one.seats.all()}  # type: ignore[attr-defined]
            if one.starts_at < ends and way.first < one.ends_at and (one.room_id in (rooms or ()) or who in seats):
                yield _("Move %(ref)s") % {"ref": one.case.ref}, addresses.of_key("booking_move", one.pk)

    def _team_page(self, way: WayOut) -> str:
        there = clock.local(way.first, self.case.programme.zone)
        asked = {"day": there.date().isoformat(), "clock": f"{there:%H:%M}", "minutes": self.laid.minutes}
        return f"{reverse('team_builder', args=[self.case.ref])}?{urlencode(asked)}"


def ways(case: Case, laid: LaidOut, by: Actor, look: Look) -> list[Way]:
    """The ways out of a search. A fixed number of queries, however many they are."""
    found, zone = queries.ways_out(laid), case.programme.zone
    if not found:
        return []
    doors = _Doors(
        case, laid, look, may(by, Permission.RUN_CASE, case), may(by, Permission.CHANGE_SETTINGS, case.programme), _booked(case, laid, found, by)
    )
    first = {way: _("%(day)s, %(time)s") % {"day": day(way.first, zone), "time": clock_time(way.first, zone)} for way in found}
    return [Way(way.words, way.opens, first[way], tuple(dict.fromkeys(doors.of(way)))) for way in found]


def _booked(case: Case, laid: LaidOut, found: list[WayOut], by: Actor) -> list[Booking]:
    """What others have booked when one of these times would be, as far as it is theirs to move."""
    then = Q()
    for way in found:
        then |= Q(during__overlap=DateTimeTZRange(way.first, way.first + max(laid.lasts, timedelta(minutes=way.minutes))))
    held = open_to(by, Permission.BOOK, Booking).filter(then, ~Q(case=case), released_at__isnull=True)
    return [one for one in held.select_related("case").prefetch_related("seats").order_by("during", "id") if one.starts_at > clock.now()]
