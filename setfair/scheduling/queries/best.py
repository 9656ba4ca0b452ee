"""The times that fit, with what speaks for and against each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from setfair.cases.models import Assignment, Case
from setfair.core import clock
from setfair.preparation.queries import Blocker
from setfair.preparation.queries import Circle as Prepared
from setfair.preparation.queries import circle as known
from setfair.programmes.models import Room

from .. import candidates as pure
from .. import solver
from ..said import listed
from ..team_for import why_words
from .agreed import Asked, asked_of, names_of
from .laid_out import LaidOut, lay_out
from .rules import in_a_sentence, missing_on
from .speaks import for_and_against

OF_THE_TEAM = {"lead", "staff", "students"}
"""What is missing as long as a place in the team is empty."""


@dataclass(frozen=True)
class Helper:
    """Somebody who would take a place in the team, and why it is them."""

    part: str
    id: UUID
    name: str
    why: str

    @property
    def as_what(self) -> str:
        return str(Assignment.Part(self.part).label)


@dataclass(frozen=True)
class Suggestion:
    """A time that fits, with what speaks for it and `against` it; `reluctant`, when somebody would come only if needed.

    `team` is whom it would be in each place that is empty, and why; none of them is asked yet. `missing` says what
    stands between the circle and that day; then it cannot be booked yet. `lacks_team`: it is only that.
    `asks_anew` are those of the team whose yes was to another time.
    """

    starts_at: datetime
    ends_at: datetime
    room: Room
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()
    reluctant: bool = False
    missing: str = ""
    team: tuple[Helper, ...] = ()
    lacks_team: bool = False
    asks_anew: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


def suggestions(case: Case, limit: int = 5, minutes: int | None = None) -> list[Suggestion]:
    """Up to `limit` times that fit, one in each window, with the reasons in plain words, and what is still missing for that day.

    First the times that suit everyone who has answered, then those that somebody
    would take if needed; each the earliest first, from tomorrow on. An empty list
    is explained by `what_blocks`.
    """
    prepared = known(case)
    return of_layout(lay_out(case, minutes, prepared), prepared, limit)


def of_layout(
    laid: LaidOut, prepared: Prepared, limit: int, days: tuple[date, date] | None = None, asked: Asked | None = None
) -> list[Suggestion]:  # fmt: skip
    """The same of what is laid out already, on some days alone where they are named. What is missing is asked once for each day.

    Whoever has read already what the team was `asked` says so.
    """
    missing: dict[date, list[Blocker]] = {}
    found, asked = [], asked or asked_of(prepared.case, laid.needed.team)
    for choice in laid.choices(limit):
        on = clock.local(laid.almanac.moment(choice.placed.start), prepared.programme.zone).date()
        if days is None or days[0] <= on <= days[1]:
            if on not in missing:
                missing[on] = missing_on(prepared, on)
            found.append(_suggestion(laid, choice, missing[on], asked))
    return found


def at_hour(case: Case, prepared: Prepared, starts_at: datetime, minutes: int) -> Suggestion | None:
    """That hour as a suggestion, with its room; None where it does not fit any more."""
    laid = lay_out(case, minutes, prepared)
    first = laid.almanac.mask([(starts_at, starts_at + timedelta(minutes=1))])
    if not first or laid.almanac.moment(first.bit_length() - 1) != starts_at:
        return None
    diary = solver.Diary(replace(laid.diary.instance, starts=first))
    diary.taken = laid.diary.taken
    return next(iter(of_layout(replace(laid, diary=diary), prepared, 1)), None)


def _suggestion(laid: LaidOut, choice: solver.Choice, missing: list[Blocker], asked: Asked) -> Suggestion:
    starts_at, room = laid.almanac.moment(choice.placed.start), laid.rooms[choice.placed.room]
    team = laid.helping.best(starts_at, laid.minutes)
    reasons, against = for_and_against(laid, choice, team)
    anew = tuple(names_of(asked.of_another(starts_at, laid.minutes)))
    if anew:
        against.append(_("%(names)s: said yes to another time.") % {"names": listed(list(anew))})
    if no := names_of(asked.said_no(starts_at, laid.minutes)):
        against.append(_("%(names)s: said no to this time.") % {"names": listed(no)})
    lacks_team = bool(missing) and all(b.code in OF_THE_TEAM for b in missing)
    return Suggestion(
        starts_at, starts_at + laid.lasts, room, tuple(reasons), tuple(against), bool(choice.reluctant), in_a_sentence(missing),
        _team(laid, team, starts_at), lacks_team, anew,
    )  # fmt: skip


def _team(laid: LaidOut, team: pure.Team, starts_at: datetime) -> tuple[Helper, ...]:
    found, zone = laid.helping, laid.helping.case.programme.zone
    return tuple(
        Helper(place.part, place.who.id, place.who.name, why_words(place, found.candidates, found.needs, starts_at, zone)) for place in team.places
    )
