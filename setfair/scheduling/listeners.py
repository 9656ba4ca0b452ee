from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from setfair.calendars import actions as calendars
from setfair.cases.actions import end_open
from setfair.cases.journey import HANDED_OVER, Stage
from setfair.cases.models import Assignment, Case, Duty, Participation
from setfair.core.actor import Actor
from setfair.journal.journey import moved

from . import actions, queries, rounds


def free_the_time(sender: Any, subject: Case, to: str, by: Actor, **told: Any) -> None:
    """Once a time is booked nobody is asked for one. A case that goes back, for whatever reason, gives its room and seats back in the same moment.

    One that is closed keeps the time at which people met, and gives back one that
    still lies ahead.
    """
    if to == Stage.SCHEDULED:
        rounds.end_by_booking(subject, by=by)
    if to in (Stage.PREPARING, Stage.READY):
        actions.give_back(subject, by=by)
    elif to == Stage.CLOSED:
        booking = queries.live_booking(subject)
        if booking is not None and queries.lies_ahead(booking):
            actions.give_back(subject, by=by)


def end_the_questions(sender: Any, subject: Case, to: str, by: Actor, **told: Any) -> None:
    """Who was asked whether they help at another time is not asked any more: a yes to one day is none to another. After the end, nobody is."""
    if to == Stage.SCHEDULED:
        booking = queries.live_booking(subject)
        end_open(Duty.objects.filter(case=subject).exclude(starts_at=booking.starts_at if booking else None), by=by)
    elif to == Stage.CLOSED:
        end_open(Duty.objects.filter(case=subject), by=by)


def end_the_offer(sender: Any, subject: Case, to: str, by: Actor, **told: Any) -> None:
    """One of its times was booked, and the others ask nobody any more; or the case goes back or closes, and those who were asked are told so."""
    live = queries.live_offer(subject)
    if live is not None and to == Stage.SCHEDULED:
        actions.end(live, by=by)
    elif live is not None and to not in (Stage.READY, HANDED_OVER):
        actions.take_back(live, by=by)


def free_the_seat(sender: Any, subject: Assignment, by: Actor, **told: Any) -> None:
    """Whoever left a team is free at its booked time in the same moment."""
    actions.free_seat(subject, by=by)


def look_no_more_at_them(sender: Any, subject: Participation, to: str, by: Actor, **told: Any) -> None:
    """Nobody looks into the calendar of somebody who left, and what they said of every week counts no longer."""
    if to == "left":
        _end_calendars([subject.person_id], by)


def look_no_more(sender: Any, subject: Case, to: str, by: Actor, **told: Any) -> None:
    """The same of a circle whose case is closed."""
    if to == Stage.CLOSED:
        _end_calendars(subject.participations.values_list("person_id", flat=True), by)


def _end_calendars(people: Iterable[UUID], by: Actor) -> None:
    """Of whoever has no place in an open case any more."""
    gone = set(people)
    still = Participation.objects.filter(person__in=gone, left_at__isnull=True).exclude(case__stage=Stage.CLOSED)
    for person in sorted(gone - set(still.values_list("person_id", flat=True))):
        calendars.end_all(person, by=by)


def connect() -> None:
    moved.connect(free_the_time, sender=Case, dispatch_uid="scheduling.free_the_time")
    moved.connect(end_the_questions, sender=Case, dispatch_uid="scheduling.end_the_questions")
    moved.connect(end_the_offer, sender=Case, dispatch_uid="scheduling.end_the_offer")
    moved.connect(free_the_seat, sender=Assignment, dispatch_uid="scheduling.free_the_seat")
    moved.connect(look_no_more_at_them, sender=Participation, dispatch_uid="scheduling.look_no_more_at_them")
    moved.connect(look_no_more, sender=Case, dispatch_uid="scheduling.look_no_more")
