"""In the week something is picked up and put elsewhere: what is being moved, where it could go, and how what was moved goes back."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.core import addresses, clock
from setfair.core.actor import Actor
from setfair.journal.actions import note_reading
from setfair.scheduling.models import Booking, Change
from setfair.scheduling.queries import stays, when_words
from setfair.scheduling.spots import Spot, spots_of

from .week import Row


def picked(actor: Actor, key: UUID | None, monday: date) -> dict[str, Any]:
    """The meeting that is being moved, and each place of that week; nothing where it is not theirs to move, or not to be moved any more.

    What the places say of who is busy or said no is of the case, so that it was read stands in the journal.
    """
    booking = _live(actor).filter(pk=key).first() if key is not None else None
    if booking is None or booking.starts_at <= clock.now() or stays(booking):
        return {}
    note_reading(booking, by=actor)
    return {"picked": _named(booking), "spots": spots_of(booking, monday)}


def moved(actor: Actor, key: UUID | None) -> dict[str, Any]:
    """What was moved last, and the page on which it goes back to where it was; nothing once it has moved on."""
    booking = _live(actor).filter(pk=key).first() if key is not None else None
    change = Change.objects.filter(became=booking).select_related("booking__room", "programme").first() if booking is not None else None
    if booking is None or change is None:
        return {}
    was = change.booking
    back = {"moment": was.starts_at.isoformat(), "room": was.room_id, "from": "week"}
    can = was.starts_at > clock.now() and was.room.closed_at is None
    there = f"{addresses.of_key('booking_move', booking.pk)}?{urlencode(back)}" if can else ""
    return {"moved": _named(booking) | {"was": f"{when_words(was, booking.programme)} · {was.room.name}", "back": there}}


def places(row: Row, heads: list[str], days: list[date], today: date, spots: dict[tuple[date, str], Spot]) -> list[dict[str, Any]]:
    """The cells of one line: what lies there, where a drop leads, and the time that whoever is being moved could have there."""
    there = zip(heads, row.cells, days, strict=True)
    return [
        {
            "head": head,
            "meetings": cell,
            "where": row.where(day) if day >= today else "",
            "spot": spots.get((day, row.names[1])),
            "pks": {m.pk for m in cell},
        }
        for head, cell, day in there
    ]


def _live(actor: Actor) -> QuerySet[Booking]:
    return open_to(actor, Permission.BOOK, Booking).filter(released_at__isnull=True).select_related("case__programme", "programme", "room")


def _named(booking: Booking) -> dict[str, Any]:
    return {
        "pk": booking.pk,
        "ref": booking.case.ref,
        "when": f"{when_words(booking, booking.programme)} · {booking.room.name}",
        "move": addresses.of_key("booking_move", booking.pk),
    }
