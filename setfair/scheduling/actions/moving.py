"""A booked time is moved or called off, by somebody's wish; somebody says that they can come no longer, and the team decides what then."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.journey import Stage
from setfair.cases.models import HEART, Case, Participation, Role
from setfair.cases.queries import here, lock
from setfair.core.actor import Actor, Kind
from setfair.journal.actions import record
from setfair.journal.journey import move
from setfair.preparation.actions import ask_call
from setfair.preparation.writing import alert
from setfair.programmes.models import Room
from setfair.programmes.reasons import Wish

from .. import letters, queries
from ..holding import hold_people
from ..models import Booking, Change, NoLonger
from .booking import CannotBook, CannotRelease, hold_time, release

NEEDED = HEART | {Role.GUARDIAN, Role.INTERPRETER}
"""Without these a meeting is not held: the two sides, who decides for a young person, and who makes them understand each other."""
CALL = "call"


class CannotSayThat(Exception):
    """There is no meeting ahead of which this could be said."""


@transaction.atomic
def rebook(booking: Booking, *, by: Actor, room: Room, starts_at: datetime, minutes: int, wish: str, despite: str = "") -> Booking:
    """Move a meeting to another time or room: the old one is free in the same moment, and the new one is a booking with all that it asks.

    Whoever was told the old time is told the new one, and never by whose wish. What people answered stays; the circle is
    planned anew. Sent twice it is one. Raises `CannotBook`, and then everything is as it was: also when somebody else was
    quicker.
    """
    case = lock(booking.case)
    there = queries.live_booking(case)
    if there is not None and queries.is_same(there, room, starts_at, minutes):
        return there
    _check_move(there, booking, wish)
    _hold_rooms(booking.room_id, room.pk)
    hold_people(case)
    booking.free()
    move(case, Stage.READY, by=by, reason="moved")
    became = hold_time(case, by=by, room=room, starts_at=starts_at, minutes=minutes, despite=despite)
    change = Change.objects.create(case=case, booking=booking, became=became, wish=wish, by=_whoever(by))
    record("rebooked", change, by=by)
    letters.tell_moved(booking, became, by=by)
    move(case, Stage.SCHEDULED, by=by)
    return became


@transaction.atomic
def call_off(booking: Booking, *, by: Actor, wish: str) -> Booking:
    """Give a time back by somebody's wish, which stays written down. Room and people are free; those who were told hear that it is off.

    Twice it is once. Where they have another time by now it is refused: nobody is to believe that the meeting is off.
    """
    if wish not in Wish.values:
        raise CannotRelease(_("Please say by whose wish."))
    case = lock(booking.case)
    booking = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    if booking.released_at is not None:
        if queries.live_booking(case) is not None:
            raise CannotRelease(_("This time was moved or given back in the meantime. Please look at the page again."))
        return booking
    release(booking, by=by)
    change = Change.objects.create(case=booking.case, booking=booking, wish=wish, by=_whoever(by))
    record("called_off", change, by=by)
    return booking


@transaction.atomic
def say_no_longer(participation: Participation, *, by: Actor, word: str = NoLonger.Word.CANNOT, how: str = NoLonger.How.OWN) -> NoLonger | None:
    """Somebody who has a seat cannot come any more, or can after all. It calls nothing off: the team is told, and decides.

    Nobody else in the circle is told. `call` asks to be called, and says nothing about the meeting. The same word twice is one.
    """
    case = lock(participation.case)
    booking = _ahead(case, participation)
    own = by.kind == Kind.PARTICIPANT
    if (how == NoLonger.How.OWN) != own or how == NoLonger.How.TEAM or (own and by.id != participation.pk):
        raise CannotSayThat(_("Only they can say this."))
    if word == CALL:
        ask_call(participation, by=by)
        return None
    if word not in (NoLonger.Word.CANNOT, NoLonger.Word.CAN):
        raise CannotSayThat(_("Please choose one of the answers."))
    last = queries.last_word(booking, participation)
    if last == word or (last == "" and word == NoLonger.Word.CAN):
        return NoLonger.objects.filter(booking=booking, participation=participation).order_by("at", "id").last()
    said = _write(case, booking, participation, by, word, how)
    record("said_no_longer" if word == NoLonger.Word.CANNOT else "said_can_come", participation, by=by)
    if own:
        alert(case, said, by)  # type: ignore[arg-type]
    return said


@transaction.atomic
def go_without(participation: Participation, *, by: Actor) -> NoLonger:
    """The team holds the meeting without somebody who cannot come; never without a side, who decides for them, or who interprets."""
    case = lock(participation.case)
    booking = _ahead(case, participation)
    if by.kind != Kind.STAFF:
        raise CannotSayThat(_("Only they can say this."))
    if participation.roles & NEEDED:
        raise CannotSayThat(_("Without %(name)s it is not held. Move it, or call it off.") % {"name": participation.person.shown})
    last = queries.last_word(booking, participation)
    if last != NoLonger.Word.CANNOT:
        there = NoLonger.objects.filter(booking=booking, participation=participation).order_by("at", "id").last()
        if there is not None and last == NoLonger.Word.WITHOUT:
            return there
        raise CannotSayThat(_("They have not said that they cannot come."))
    record("went_without", participation, by=by)
    return _write(case, booking, participation, by, NoLonger.Word.WITHOUT, NoLonger.How.TEAM)


def _hold_rooms(*rooms: UUID) -> None:
    """Both rooms, in one order and before anything is freed: whoever books in one of them then waits for us, and we never for them."""
    list(Room.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=rooms).order_by("pk").values_list("pk"))


def _whoever(by: Actor) -> UUID:
    if by.id is None:
        raise CannotBook(_("A time is booked by somebody of the team."))
    return by.id


def _write(case: Case, booking: Booking, participation: Participation, by: Actor, word: str, how: str) -> NoLonger:
    return NoLonger.objects.create(
        case=case, booking=booking, participation=participation, word=word, how=how, by_kind=by.kind, by=by.id
    )  # fmt: skip


def _check_move(there: Booking | None, booking: Booking, wish: str) -> None:
    if wish not in Wish.values:
        raise CannotBook(_("Please say by whose wish."))
    if there is None or there.pk != booking.pk:
        raise CannotBook(_("This time was moved or given back in the meantime. Please look at the page again."))
    if refusal := queries.stays(there):
        raise CannotBook(refusal)


def _ahead(case: Case, participation: Participation) -> Booking:
    booking = queries.live_booking(case)
    if booking is None or case.stage != Stage.SCHEDULED or not queries.lies_ahead(booking) or not queries.may_know(booking, participation):
        raise CannotSayThat(_("There is no time ahead of which this could be said."))
    if not here(case).filter(pk=participation.pk).exists():
        raise CannotSayThat(_("They are not in the circle any more."))
    return booking
