"""A time that comes with its team: they are asked for that hour, and what they said yes to is booked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Duty
from setfair.cases.queries import lock, team
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.facilitators.models import Facilitator
from setfair.preparation import actions as preparation
from setfair.programmes.models import Room
from setfair.programmes.wording import told

from ..candidates import Needs
from ..models import Booking
from ..open_days import open_between
from ..queries import asked_of
from ..team_for import language_words, needs_of, spoken_by
from .booking import CannotBook, book


@transaction.atomic
def ask_team(
    case: Case, *, by: Actor, starts_at: datetime, minutes: int, places: Iterable[tuple[str, Facilitator]], goes_on: bool = True
) -> list[Duty]:  # fmt: skip
    """Ask each of them to help at this hour, without a name of anybody, for a place that is empty: as part and who. All of them, or none.

    Of languages each is told those that are spoken in the circle and that they speak. Raises `CannotChange` of the cases.
    """
    lock(case)
    needs, on_it = needs_of(case), set(team(case).values_list("facilitator", flat=True))
    empty, window = Counter(needs.places()), _window(case, starts_at, minutes)
    return [
        cases.ask_to_help(
            case, by=by, facilitator=who, part=part, starts_at=starts_at, minutes=minutes, window=window, languages=_languages(who, needs),
            empty=empty[part], goes_on=goes_on,
        )
        for part, who in places if who.pk not in on_it and empty[part]
    ]  # fmt: skip


@transaction.atomic
def ask_anew(case: Case, *, by: Actor, starts_at: datetime, minutes: int) -> list[Duty]:
    """Ask those of the team who said yes to another hour, or to a shorter one, about this one.

    They stay on the team meanwhile; what they were asked before is over.
    """
    lock(case)
    needs, window, asked = needs_of(case), _window(case, starts_at, minutes), []
    for one in asked_of(case, team(case)).of_another(starts_at, minutes):
        cases.end_open(Duty.objects.filter(case=case, facilitator=one.facilitator).exclude(starts_at=starts_at, minutes__gte=minutes), by=by)
        asked.append(
            cases.ask_to_help(
                case, by=by, facilitator=one.facilitator, part=one.part, starts_at=starts_at, minutes=minutes, window=window,
                languages=_languages(one.facilitator, needs),
            )
        )  # fmt: skip
    return asked


def _window(case: Case, starts_at: datetime, minutes: int) -> str:
    on, ends_at = clock.local(starts_at, case.programme.zone).date(), starts_at + timedelta(minutes=minutes)
    return next((told(s.name) for s in open_between(case.programme, on, on) if s.holds(starts_at, ends_at)), "")


def _languages(who: Facilitator, needs: Needs) -> str:
    """Of those that are spoken there beside the programme's own, the ones that they speak: no other language is named to them."""
    return ", ".join(language_words(code) for code in sorted(spoken_by(who.languages) & needs.languages))[:60]


@transaction.atomic
def book_as_ready(case: Case, *, by: Actor, room: Room, starts_at: datetime, minutes: int, despite: str = "") -> Booking:
    """Book it; where nothing was missing but the team, say in the same moment that everyone is ready. What is missing still is a `CannotBook`."""
    lock(case)
    case.refresh_from_db(fields=["stage"])
    if case.stage == Stage.PREPARING:
        try:
            preparation.declare_ready(case, by=by, on=clock.local(starts_at, case.programme.zone).date())
        except preparation.NotReady as missing:
            raise CannotBook(missing.blockers[0].sentence) from missing
    return book(case, by=by, room=room, starts_at=starts_at, minutes=minutes, despite=despite)
