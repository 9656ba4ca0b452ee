"""What speaks against one time: the programme's rules, somebody's limits, somebody's no."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setfair.calendars.queries import known_of
from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.cases.queries import circle, held, how, team
from setfair.cases.route import WITHOUT_MEETING
from setfair.core import clock
from setfair.people.limits import outside_hours
from setfair.preparation.queries import Blocker, standing
from setfair.preparation.queries import Circle as Prepared
from setfair.preparation.queries import circle as known
from setfair.programmes.models import Room

from ..closed_places import closed_place
from ..open_days import FURTHEST, open_between, outside
from ..rooms import unfit
from ..said import listed
from .agreed import Asked, asked_of, names_of
from .answers import words_of
from .booked import live_booking
from .exams import exams_of
from .needed import Needed, occupants

SHORTEST = 10
ASKED_LATER = "still"
"""What is asked in the last days alone, and at the door: nobody's seat waits for it."""


def objection(case: Case, *, room: Room, starts_at: datetime, minutes: int) -> str:
    """Why the programme's rules do not allow it, in one sentence; empty when they do. What is taken only the database knows."""
    programme, needed = case.programme, len(occupants(case))
    if starts_at <= clock.now():
        return _("That time is over. Please choose a later one.")
    if starts_at > clock.now() + FURTHEST:
        return _("That is more than a year away. Please choose an earlier time.")
    if minutes > programme.max_minutes:
        return _("Here a meeting lasts %(minutes)s minutes at most.") % {"minutes": programme.max_minutes}
    if minutes < SHORTEST:
        return _("Please plan %(minutes)s minutes or more.") % {"minutes": SHORTEST}
    if room.closed_at is not None:
        return _("%(room)s is closed. Please choose another room.") % {"room": room.name}
    if room.seats < needed:
        return too_small(room, needed)
    ends_at = starts_at + timedelta(minutes=minutes)
    wrong = unfit(case, room, starts_at, ends_at) or outside(case, starts_at, ends_at)
    return wrong or curfew(case, starts_at, minutes) or closed_place(case, starts_at, ends_at)


def too_small(room: Room, needed: int) -> str:
    return _("%(room)s has %(seats)s seats, and %(needed)s people come.") % {"room": room.name, "seats": room.seats, "needed": needed}


def curfew(case: Case, starts_at: datetime, minutes: int) -> str:
    """Why somebody may not be out at that time; empty when everyone may."""
    people, zone = {p.person_id: p.person for p in circle(case)}, case.programme.zone
    starts, ends = clock.local(starts_at, zone), clock.local(starts_at + timedelta(minutes=minutes), zone)
    found = outside_hours(people, starts.date(), starts.time(), ends.time())
    return _("%(name)s may not be out at that time. Please choose another.") % {"name": people[found.person_id].shown} if found else ""


def out_too_late(known: Prepared, on: date) -> Iterator[Blocker]:
    """Of the booked day alone: somebody who came since may not be out at that hour."""
    booking = live_booking(known.case) if known.case.stage == Stage.SCHEDULED else None
    zone, people = known.programme.zone, {k.participation.person_id: k.participation for k in known.people}
    if booking is None or clock.local(booking.starts_at, zone).date() != on:
        return
    found = outside_hours(people, on, clock.local(booking.starts_at, zone).time(), clock.local(booking.ends_at, zone).time())
    if found is not None:
        mine = people[found.person_id]
        yield Blocker("condition", mine, _("%(name)s may not be out at the time that is booked.") % {"name": mine.person.shown}, False)


def who_said_no(case: Case, starts_at: datetime, minutes: int) -> list[str]:
    """The names of those whose last word about this time, or about the window it lies in, is no."""
    words = _words_about(case, starts_at, minutes)
    return [p.person.shown for p in circle(case) if words.get(p.person_id) == "no"]


def who_is_busy(case: Case, starts_at: datetime, minutes: int) -> list[str]:
    """The names of those who cannot then by what is known of their weeks: a weekly no, days off, their own calendar, an exam of the team.

    Whoever said yes to this very time is asked already, and is not among them.
    """
    needed, zone, ends_at = Needed(circle(case), list(team(case))), case.programme.zone, starts_at + timedelta(minutes=minutes)
    day, words = clock.local(starts_at, zone).date(), _words_about(case, starts_at, minutes)
    known, exams = known_of(needed.names, day, day, zone), exams_of([a.facilitator for a in needed.team], day, day)
    busy = {who for who, said in known.items() if who not in words and any(s < ends_at and starts_at < e for s, e in said.busy)}
    busy |= {a.facilitator.user_id for a in needed.team if exams.get(a.facilitator_id)}
    return [name for who, name in needed.names.items() if who in busy]


def does_not_suit(case: Case, starts_at: datetime, minutes: int) -> str:
    """Who cannot come then, or said yes to another time, in a sentence. It is booked all the same if somebody writes why."""
    asked = asked_of(case, team(case))
    if against := _known_against(case, asked, starts_at, minutes):
        return against
    if other := asked.of_another(starts_at, minutes):
        words = _("%(names)s said yes to another time. Please ask about this one too, or write why it is booked all the same.")
        return words % {"names": listed(names_of(other))}
    return ""


def known_against(case: Case, starts_at: datetime, minutes: int) -> str:
    """Who cannot come then, in a sentence; empty when nothing is known against it. A yes to another time is nothing against this one."""
    return _known_against(case, asked_of(case, team(case)), starts_at, minutes)


def _known_against(case: Case, asked: Asked, starts_at: datetime, minutes: int) -> str:
    if said := [*who_said_no(case, starts_at, minutes), *names_of(asked.said_no(starts_at, minutes))]:
        return _("%(names)s said no to this time. Please ask again, or write why it is booked all the same.") % {"names": listed(said)}
    if busy := who_is_busy(case, starts_at, minutes):
        words = _("By their own week or calendar this does not suit %(names)s. Please ask, or write why it is booked all the same.")
        return words % {"names": listed(busy)}
    return ""


def not_agreed(case: Case, starts_at: datetime, minutes: int) -> str:
    """Who of the team said no to this time, or yes to another, in a sentence: before the circle is asked about it they are. Empty when nobody did."""
    asked = asked_of(case, team(case))
    names = names_of([*asked.said_no(starts_at, minutes), *asked.of_another(starts_at, minutes)])
    words = _("%(names)s said yes to another time, or no to this one. Please ask them about it first.")
    return words % {"names": listed(names)} if names else ""


def _words_about(case: Case, starts_at: datetime, minutes: int) -> dict[UUID, str]:
    """By person: their last word about this time, or about the window it lies in."""
    day, ends_at = clock.local(starts_at, case.programme.zone).date(), starts_at + timedelta(minutes=minutes)
    around = [s for s in open_between(case.programme, day, day) if s.starts < ends_at and starts_at < s.ends]
    first, last = min([starts_at, *(s.starts for s in around)]), max([ends_at, *(s.ends for s in around)])
    return {who: answer for who, said in words_of(circle(case)).items() for moment, answer in said if first <= moment < last}


def not_green(case: Case, starts_at: datetime) -> str:
    """What is missing for the day of that moment, on the programme's clock; empty when everyone is ready for it."""
    return in_a_sentence(missing_on(known(case), clock.local(starts_at, case.programme.zone).date()))


def missing_on(prepared: Prepared, on: date) -> list[Blocker]:
    """What stands between the circle and that day."""
    return [b for b in standing(prepared, on) if b.code != ASKED_LATER]


def in_a_sentence(missing: list[Blocker]) -> str:
    """The first thing, and how many more; empty when nothing is missing."""
    if not missing:
        return ""
    more = ngettext("And %(n)d more thing is missing.", "And %(n)d more things are missing.", len(missing) - 1) % {"n": len(missing) - 1}
    return missing[0].sentence if len(missing) == 1 else f"{missing[0].sentence} {more}"


def not_now(case: Case) -> str:
    """Why no time can be chosen for this case now, whatever the time; empty when one can."""
    if case.stage != Stage.READY:
        return _("A time can be chosen once everyone is ready. This is not so now.")
    if how(case) in WITHOUT_MEETING:
        return _("They do not meet here, so there is no time to book.")
    if held(case) is not None:
        return _("This rests for now. Take it up again first.")
    return ""
