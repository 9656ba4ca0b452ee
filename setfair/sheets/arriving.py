"""The day on one sheet of paper: for whoever opens the door, and for those who hold the meeting. Nothing on it says what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.cases.queries import circle, team
from setfair.conferences.models import Conference
from setfair.conferences.pages import to_lay_out
from setfair.letters.paper import printed
from setfair.preparation.arranged import GIVEN_BY_A_ROOM, INTERPRETING, Arrangement
from setfair.preparation.queries import is_asked
from setfair.programmes.wording import told
from setfair.scheduling.models import Booking, NoLonger, Seat
from setfair.scheduling.queries import Coming, arrivals, team_comes, when_words
from setfair.scheduling.said import clock_time, listed, place

from .queries import willing

SHEET = Path(__file__).parent / "sheets" / "arrivals.typ"


@dataclass(frozen=True)
class Line:
    """When, who by first name alone, and where to."""

    time: str
    who: str
    where: str


def for_the_door(conference: Conference, *, language: str) -> bytes:
    """For whoever opens: first names, times, and where to show each of them. It names nobody of the team but who to call."""
    booking = conference.booking
    lead = next((a.facilitator.user.get_short_name() for a in team(booking.case)), booking.case.coordinator.get_short_name())
    notes = [
        _("Please show each of them the way, one after the other. You need not ask why they come."),
        _("Anything unclear? %(name)s: %(phone)s") % {"name": lead, "phone": booking.programme.phone or booking.programme.room},
        _("Please destroy this paper after the day."),
    ]
    return _printed(booking, _lines(booking, circle(booking.case)), notes, language)


def for_the_room(conference: Conference, *, language: str) -> bytes:
    """For those who hold it: the same, when they are there themselves, and what the room needs. Of a need it says what, and never whose."""
    booking = conference.booking
    people, helpers = circle(booking.case), [a.facilitator.user.get_short_name() for a in team(booking.case)]
    comes = _lines(booking, people)
    ours = Line(clock_time(team_comes(booking), booking.programme.zone), listed(helpers), _("The room"))
    parts = [{"title": _("The room"), "lines": to_lay_out(len(comes) + len(helpers))}, {"title": _("What is needed"), "lines": needed(people)}]
    notes = [_("Who sits where is up to whoever leads it."), _("Please destroy this paper after the day.")]
    return _printed(booking, [ours, *comes] if helpers else comes, notes, language, [part for part in parts if part["lines"]])


def expected(booking: Booking, people: list[Participation]) -> list[Coming]:
    """Those who sit there, have said yes and have not said that they cannot come, in the order in which they come."""
    seated = set(Seat.objects.filter(booking=booking, released_at__isnull=True).values_list("occupant", flat=True))
    said = dict(NoLonger.objects.filter(booking=booking).order_by("at", "id").values_list("participation", "word"))
    yes = set(willing(booking.case))
    not_coming = {place for place, word in said.items() if word != NoLonger.Word.CAN}
    comes = {p.pk for p in people if p.person_id in seated and (p.pk in yes or not is_asked(p))} - not_coming
    return [one for place, one in arrivals(booking, people).items() if place in comes]


def needed(people: list[Participation]) -> list[str]:
    """What there has to be on the day, each thing once: what was arranged, and what is asked of the room itself. One query."""
    rows = Arrangement.objects.filter(participation__in=people).order_by("at", "id")
    latest = {(row.participation_id, row.kind): row for row in rows}.values()
    wanted = [row for row in latest if row.state == (Arrangement.State.NEEDED if row.kind in GIVEN_BY_A_ROOM else Arrangement.State.BOOKED)]
    order = Arrangement.Kind.values
    return list(dict.fromkeys(_thing(row) for row in sorted(wanted, key=lambda row: order.index(row.kind))))


def _thing(row: Arrangement) -> str:
    kind = str(row.get_kind_display())
    said = f"{kind} ({row.get_language_display()})" if row.kind in INTERPRETING and row.language else kind
    return said[:1].upper() + said[1:]


def _lines(booking: Booking, people: list[Participation]) -> list[Line]:
    zone = booking.programme.zone
    return [Line(clock_time(one.at, zone), one.who.person.first, _where(one)) for one in expected(booking, people)]


def _where(one: Coming) -> str:
    if one.place is None:
        return _("Straight to the room")
    return one.waits or _("Waiting place %(n)d") % {"n": one.place + 1}


def _printed(booking: Booking, lines: list[Line], notes: list[str], language: str, parts: Sequence[dict[str, Any]] = ()) -> bytes:
    """The title is read in a tab and in a list of things to print: it says nothing."""
    room = booking.room
    ways = [told(room.directions), room.venue.way if room.venue else ""]
    data = {
        "title": _("Our copy"),
        "heading": _("Who comes when"),
        "about": [when_words(booking, booking.programme), place(room, booking.programme), *(way for way in ways if way)],
        "head": [_("Comes at"), _("Who"), _("Where to")],
        "rows": [[line.time, line.who, line.where] for line in lines],
        "none": _("Nobody is expected yet."),
        "parts": list(parts),
        "notes": notes,
    }
    return printed(SHEET, data, language=language)
