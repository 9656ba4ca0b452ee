"""One reader's own copy of the time, for their own calendar (RFC 5545, 5546). It says "Appointment" and names nobody.

The UID stays the same for a reader in a case, for good; SEQUENCE counts each booking
and each giving back, so that a calendar replaces the old time, and takes it out; for one of the team
also each time that they lost their seat there.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from icalendar import Calendar, Event, vCalAddress

from setfair.accounts.models import User
from setfair.cases.models import Participation
from setfair.core import clock
from setfair.core.text import TellingWords, neutral
from setfair.programmes.wording import word
from setfair.vault import master

from .models import Booking, Seat
from .queries import arrival
from .said import clock_of

APPOINTMENT = word("appointment", _("Appointment"))
A_DAY = timedelta(days=1)


def own_file(booking: Booking, participation: Participation) -> str:
    """For somebody in the circle: the hours on their own clock, and when to come. Nothing is asked back, and no place is told."""
    theirs = clock_of(participation, booking.programme)
    come = say("Please come at: %(time)s") % {"time": theirs.time(arrival(booking, participation))}
    event = entry(booking, uid_of(str(participation.pk)), changes(booking), zone=theirs.own)
    event.add("description", come)
    return _whole("CANCEL" if booking.released_at else "PUBLISH", event)


def team_file(booking: Booking, user: User) -> str:
    """For somebody of the team, the one guest named in it: the reference and the room."""
    number = changes(booking) + 2 * seats_lost(booking, user.pk)
    return _to_guest(entry(booking, team_uid(booking, user), number, ref=booking.case.ref, room=booking.room.name), user, booking.released_at)


def not_needed_file(booking: Booking, user: User) -> str:
    """The same hours taken out again for one of the team who lost their seat there, while the others keep theirs. It says not even of which case."""
    number = changes(booking) + 2 * seats_lost(booking, user.pk) - 1
    return _to_guest(entry(booking, team_uid(booking, user), number, off_at=clock.now()), user, True)


def _to_guest(event: Event, user: User, is_off: object) -> str:
    guest = vCalAddress(f"mailto:{user.email}")
    guest.params.update(RSVP="FALSE", PARTSTAT="ACCEPTED")
    event.add("attendee", guest)
    return _whole("CANCEL" if is_off else "REQUEST", event)


def entry(
    booking: Booking, uid: str, sequence: int, *, called: str = "", ref: str = "", room: str = "", off_at: datetime | None = None, zone: str = ""
) -> Event:  # fmt: skip
    """The hours in one calendar. What would say what it is about is left out."""
    event, zone, off_at = Event(), zone or booking.programme.zone, off_at or booking.released_at
    changed = off_at or booking.made_at
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", clock.local(booking.starts_at, zone))
    event.add("dtend", clock.local(booking.ends_at, zone))
    event.add("summary", " ".join(part for part in (called or title(), _unless_telling(ref)) if part))
    if _unless_telling(room):
        event.add("location", room)
    event.add("organizer", vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}"))
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    event.add("status", "CANCELLED" if off_at else "CONFIRMED")
    return event


def title() -> str:
    """The programme's own neutral word, as long as it is one."""
    return _unless_telling(str(APPOINTMENT)) or say("Appointment")


def team_uid(booking: Booking, user: User) -> str:
    return uid_of(f"{booking.case_id} {user.pk}")


def uid_of(whose: str) -> str:
    return master.digest("calendar", whose).hex()[:32]


def changes(booking: Booking) -> int:
    """How often this case's time had changed by then: two for each booking that was given back before it, and one for its own giving back."""
    before = Booking.objects.filter(case=booking.case_id, released_at__lte=booking.made_at).exclude(pk=booking.pk).count()
    return 2 * before + bool(booking.released_at)


def seats_lost(booking: Booking, occupant: UUID) -> int:
    """How often one of the team lost a seat in this case that went on without them; each time counts like a booking that was given back."""
    return lost(Seat.objects.filter(occupant=occupant, booking__case=booking.case_id)).count()


def lost(seats: QuerySet[Seat]) -> QuerySet[Seat]:
    """Those of these that were freed while their booking stood."""
    return seats.filter(released_at__isnull=False).exclude(released_at=F("booking__released_at"), booking__released_at__isnull=False)


def calendar(*events: Event) -> Calendar:
    """A calendar around its entries, with what it has to know of the time zone on these days and no more."""
    whole = Calendar()
    whole.add("version", "2.0")
    whole.add("prodid", "-//Setfair//EN")
    for event in events:
        whole.add_component(event)
    days: list[date] = [event["dtstart"].dt.date() for event in events]
    if days:
        whole.add_missing_timezones(first_date=min(days) - A_DAY, last_date=max(days) + 2 * A_DAY)
    return whole


def _whole(method: str, event: Event) -> str:
    whole = calendar(event)
    whole.add("method", method)
    return whole.to_ical().decode()


def _unless_telling(text: str) -> str:
    try:
        return neutral(text)
    except TellingWords:
        return ""
