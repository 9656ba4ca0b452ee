"""What the pages of a booked time show once it may not stay: by whose wish it changed, who cannot come, to which time it could move."""

from __future__ import annotations

from typing import Any

from setfair.cases.models import Case, Participation
from setfair.cases.queries import frame
from setfair.core import clock

from . import letters, queries
from .actions.moving import NEEDED
from .forms_of_moves import MoveForm, NoLongerToldForm, WishForm
from .models import Booking, Change
from .said import day, listed, when
from .spots import Spot


def around(case: Case, booking: Booking | None) -> dict[str, Any]:
    """What stands on the page of times beside the booking: who cannot come any more, and what became of earlier times."""
    zone = case.programme.zone
    here = booking if booking is not None and queries.lies_ahead(booking) else None
    cannot = [{"who": p, "needed": bool(p.roles & NEEDED)} for p in queries.cannot_come(here)] if here is not None else []
    return {"cannot": cannot, "changes": [_change(c, zone) for c in queries.changes(case)], "wish_form": WishForm()}


def to_move(booking: Booking, form: MoveForm) -> dict[str, Any]:
    return frame(booking.case, "schedule") | {"booking": booking, "form": form, "when": queries.when_words(booking, booking.programme)}


def to_look_at(booking: Booking, spot: Spot) -> dict[str, Any]:
    """Before it moves to this place: from when to when, what speaks against it, and who is told."""
    knowing, first = letters.will_hear(booking)
    form = MoveForm(programme=booking.programme, choices=[], initial={"wish": _wish_before(booking, spot)})
    told_of = {"knowing": listed(knowing), "first": listed(first)}
    return frame(booking.case, "schedule") | told_of | {
        "booking": booking, "form": form, "spot": spot, "when": queries.when_words(booking, booking.programme),
        "week_of": clock.local(spot.starts_at or booking.starts_at, booking.programme.zone).date(),
    }  # fmt: skip


def _wish_before(booking: Booking, spot: Spot) -> str:
    """Moved back to where it was just now, it goes by the wish by which it came."""
    last = next(iter(queries.changes(booking.case)), None)
    came_from = last is not None and last.became_id == booking.pk and (last.booking.starts_at, last.booking.room) == (spot.starts_at, spot.room)
    return last.wish if came_from and last is not None else ""


def choices(booking: Booking) -> list[tuple[str, str]]:
    """The suggestions that could be booked now, each as the word by which a form names it, and as it is read."""
    zone = booking.programme.zone
    found = [s for s in queries.suggestions(booking.case) if not s.missing and (s.starts_at, s.room) != (booking.starts_at, booking.room)]
    return [
        (
            f"{s.starts_at.isoformat()}~{int((s.ends_at - s.starts_at).total_seconds() // 60)}~{s.room.pk}",
            f"{when(s.starts_at, s.ends_at, zone)} · {s.room.name}",
        )
        for s in found
    ]


def told(participation: Participation, form: NoLongerToldForm) -> dict[str, Any]:
    return frame(participation.case, "schedule") | {"who": participation, "form": form}


def _change(change: Change, zone: str) -> dict[str, Any]:
    was, now = change.booking, change.became
    return {
        "was": when(was.starts_at, was.ends_at, zone),
        "now": when(now.starts_at, now.ends_at, zone) if now is not None else "",
        "wish": change.get_wish_display(),
        "on": day(change.at, zone),
    }
