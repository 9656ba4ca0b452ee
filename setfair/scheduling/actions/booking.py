from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import Error, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation
from setfair.cases.queries import here, lock
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.journal.journey import move
from setfair.programmes.models import Room

from .. import letters, queries
from ..holding import hold_people
from ..models import UNKNOWN, Booking, Seat, TimeAnswer

ANSWERS = ("yes", "if_needed", "no")

TAKEN = {
    "booking_room_free": gettext_lazy("That room is not free then. Please choose another time or room."),
    "seat_occupant_free": gettext_lazy("Somebody who is needed cannot come then. Please choose another time."),
    "booking_one_live": gettext_lazy("This already has a time. Give that one back first."),
    "40P01": gettext_lazy("Someone else was booking at the same moment. Please try again."),
}
"""What the database refuses, by the name of the constraint, or by the code of a deadlock, in which one of two must give way."""


class CannotBook(Exception):
    """This time and room cannot be had; the sentence says why, and never with what somebody is busy."""


class CannotRelease(Exception):
    """The time cannot be given back any more."""


class CannotAnswer(Exception):
    """This answer is no answer to a time that lies ahead."""


@transaction.atomic
def answer_time(participation: Participation, *, by: Actor, starts_at: datetime, answer: str) -> TimeAnswer:
    """Write down what this person says about one time. Nobody else in the circle sees it; the same answer twice is one."""
    if answer not in (*ANSWERS, UNKNOWN):
        raise CannotAnswer(_("Please choose yes, if needed, or no."))
    lock(participation.case)
    if starts_at <= clock.now() or participation.left_at is not None:
        raise CannotAnswer(_("That time is over."))
    last = TimeAnswer.objects.filter(participation=participation, starts_at=starts_at).order_by("-at").first()
    if last is not None and last.answer == answer:
        return last
    row = TimeAnswer.objects.create(participation=participation, starts_at=starts_at, answer=answer, by_kind=by.kind)
    record("answered_time", participation, by=by)
    return row


@transaction.atomic
def book(case: Case, *, by: Actor, room: Room, starts_at: datetime, minutes: int, despite: str = "") -> Booking:
    """Hold this room, and a seat for everyone in the circle and on the team; the case is then scheduled.

    Everyone must be ready for that very day: a yes that ends before it, or a birthday in between, keeps it shut.
    A time to which somebody said no, or at which they are busy by their own week or calendar, takes a reason (`despite`): they were asked again, say.

    Case and room are locked, and the database itself refuses anybody or any room in
    two places at once: of several who book at the same instant one has it, the others
    get `CannotBook` with a sentence, and of their attempt nothing is left. The same
    form sent twice gives the one booking.
    """
    lock(case)
    there = queries.live_booking(case)
    if there is not None and queries.is_same(there, room, starts_at, minutes):
        return there
    booking = hold_time(case, by=by, room=room, starts_at=starts_at, minutes=minutes, despite=despite)
    record("booked", booking, by=by)
    letters.tell(booking, by=by)
    move(case, Stage.SCHEDULED, by=by)
    return booking


@transaction.atomic
def hold_time(case: Case, *, by: Actor, room: Room, starts_at: datetime, minutes: int, despite: str) -> Booking:
    """The booking itself and its seats, and nothing told yet. The caller holds the case, says what was done, and moves it."""
    room = Room.objects.select_for_update(of=("self",), no_key=True).get(pk=room.pk)
    hold_people(case)
    if refusal := _refusal(case, room, starts_at, minutes):
        raise CannotBook(refusal)
    unsuited = queries.does_not_suit(case, starts_at, minutes)
    if unsuited and not despite.strip():
        raise CannotBook(unsuited)
    if by.id is None:
        raise CannotBook(_("A time is booked by somebody of the team."))
    booking = Booking(
        case=case,
        room=room,
        during=DateTimeTZRange(starts_at, starts_at + timedelta(minutes=minutes)),
        clear_at=starts_at + timedelta(minutes=minutes) + room.between,
        longest=timedelta(minutes=case.programme.max_minutes),
        **queries.early_by(case.programme),
        made_by=by.id,
        despite=despite.strip() if unsuited else "",
    )
    with _one_winner():
        booking.save(force_insert=True)
        _seat(booking, queries.occupants(case))
    return booking


@transaction.atomic
def release(booking: Booking, *, by: Actor) -> Booking:
    """Give time and room back; the case is ready for another time. Raises `CannotRelease` once people have met."""
    case = lock(booking.case)
    if case.stage not in (Stage.READY, Stage.SCHEDULED):
        raise CannotRelease(_("This meeting has begun or is over, so its time stays as it was."))
    give_back(case, by=by)
    if case.stage == Stage.SCHEDULED:
        move(case, Stage.READY, by=by, reason="released")
    booking.refresh_from_db()
    return booking


@transaction.atomic
def give_back(case: Case, *, by: Actor) -> Booking | None:
    """Free the room and the seats that the case holds, and stop or answer its letters; the case itself stays where it is."""
    booking = Booking.objects.select_for_update(of=("self",)).filter(case=case, released_at__isnull=True).first()
    if booking is None:
        return None
    booking.free()
    record("released", booking, by=by)
    if queries.lies_ahead(booking):
        letters.call_off(booking, by=by)
    return booking


@transaction.atomic
def seat_again(booking: Booking, *, by: Actor) -> Booking:
    """Let the seats follow a circle or team that has changed since: newcomers get one and a letter, those who left are free.

    Newcomers to the circle only when all is there that a booking asks for; else `CannotBook`, as in `seat`.
    """
    case = lock(booking.case)
    booking = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    if booking.released_at is not None or case.stage != Stage.SCHEDULED:
        raise CannotBook(_("This time has been given back, or people have met already."))
    hold_people(case)
    needed = queries.occupants(case)
    seats = Seat.objects.filter(booking=booking, released_at__isnull=True)
    if booking.room.seats < len(needed):
        raise CannotBook(queries.too_small(booking.room, len(needed)))
    present = set(seats.values_list("occupant", flat=True))
    if here(case).exclude(person_id__in=present).exists():
        _check_green(booking)
    seats.exclude(occupant__in=needed).update(released_at=clock.now())
    with _one_winner():
        _seat(booking, needed.keys() - present)
    record("seated_again", booking, by=by)
    letters.tell(booking, by=by)
    return booking


@transaction.atomic
def seat(participation: Participation, *, by: Actor) -> Seat:
    """Give somebody who joined after the booking a seat at its time, and tell them; the case stays where it is.

    Only when all is there for that day and hour that a booking asks for, with them and with those who sit there already. Raises
    `CannotBook`: also when they sit elsewhere then.
    """
    case = lock(participation.case)
    booking = Booking.objects.select_for_update(of=("self",)).select_related("room__venue").filter(case=case, released_at__isnull=True).first()
    if booking is None or case.stage != Stage.SCHEDULED or not queries.lies_ahead(booking):
        raise CannotBook(_("There is no time ahead at which they could sit."))
    there = Seat.objects.filter(booking=booking, occupant=participation.person_id, released_at__isnull=True).first()
    if there is not None:
        return there
    hold_people(case)
    _check_newcomer(case, booking, participation)
    try:
        with _one_winner():
            _seat(booking, [participation.person_id])
    except CannotBook as taken:
        raise CannotBook(_("%(name)s cannot come at that time.") % {"name": participation.person.shown}) from taken
    record("seated", participation, by=by)
    letters.tell(booking, by=by)
    return Seat.objects.get(booking=booking, occupant=participation.person_id, released_at__isnull=True)


def _check_newcomer(case: Case, booking: Booking, participation: Participation) -> None:
    if not here(case).filter(pk=participation.pk).exists():
        raise CannotBook(_("They are not in the circle any more."))
    _check_green(booking)
    taken = Seat.objects.filter(booking=booking, released_at__isnull=True).count()
    if booking.room.seats <= taken:
        raise CannotBook(queries.too_small(booking.room, taken + 1))


def _check_green(booking: Booking) -> None:
    missing = queries.not_green(booking.case, booking.starts_at)
    if missing:
        raise CannotBook(missing)


def _refusal(case: Case, room: Room, starts_at: datetime, minutes: int) -> str:
    return (
        queries.not_now(case)
        or queries.objection(case, room=room, starts_at=starts_at, minutes=minutes)
        or queries.not_green(case, starts_at)
        or queries.held_for_another(case, room, starts_at, starts_at + timedelta(minutes=minutes))
    )


@contextmanager
def _one_winner() -> Iterator[None]:
    """In a savepoint, so that of a lost race nothing is half-written and the page can still be shown."""
    try:
        with transaction.atomic():
            yield
    except Error as fault:
        code, name = getattr(fault.__cause__, "sqlstate", ""), getattr(getattr(fault.__cause__, "diag", None), "constraint_name", "")
        if not {code, name} & TAKEN.keys():
            raise
        raise CannotBook(str(TAKEN.get(name or "") or TAKEN[code])) from fault


def _seat(booking: Booking, occupants: Iterable[UUID]) -> None:
    Seat.objects.bulk_create(Seat(booking=booking, occupant=who, during=booking.during) for who in sorted(occupants))
