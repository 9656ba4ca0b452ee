"""The times that fit, with what speaks for and against each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setfair.cases.models import Case
from setfair.core import clock
from setfair.preparation.queries import Circle as Prepared
from setfair.preparation.queries import circle as known
from setfair.programmes.models import Room
from setfair.programmes.wording import told

from .. import solver
from ..said import listed
from .laid_out import LaidOut, lay_out
from .rules import first_missing


@dataclass(frozen=True)
class Suggestion:
    """A time that fits, with what speaks for it and `against` it; `reluctant`, when somebody would come only if needed.

    `missing` says what stands between the circle and that day; then it cannot be booked yet.
    """

    starts_at: datetime
    ends_at: datetime
    room: Room
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()
    reluctant: bool = False
    missing: str = ""

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


def suggestions(case: Case, limit: int = 5, minutes: int | None = None) -> list[Suggestion]:
    """Up to `limit` times that fit, one in each window, with the reasons in plain words, and what is still missing for that day.

    First the times that suit everyone who has answered, then those that somebody
    would take if needed; each the earliest first, from tomorrow on. An empty list
    is explained by `what_blocks`.
    """
    return of_layout(lay_out(case, minutes), known(case), limit)


def of_layout(laid: LaidOut, prepared: Prepared, limit: int, days: tuple[date, date] | None = None) -> list[Suggestion]:
    """The same of what is laid out already, on some days alone where they are named. What is missing is asked once for each day."""
    missing: dict[date, str] = {}
    found = []
    for choice in laid.choices(limit):
        on = clock.local(laid.almanac.moment(choice.placed.start), prepared.programme.zone).date()
        if days is None or days[0] <= on <= days[1]:
            if on not in missing:
                missing[on] = first_missing(prepared, on)
            found.append(_suggestion(laid, choice, missing[on]))
    return found


def _suggestion(laid: LaidOut, choice: solver.Choice, missing: str) -> Suggestion:
    start, stretch = laid.almanac.moment(choice.placed.start), laid.almanac.stretch(choice.placed.start)
    words = {who: said[stretch.starts] for who, said in laid.words.items() if stretch.starts in said}
    silent = len({p.person_id for p in laid.needed.people} - words.keys())
    reasons, against = [told(stretch.name), _("Nobody who is needed is booked then.")], []
    if words and not choice.reluctant and not silent:
        reasons.append(_("Everybody said yes."))
    if choice.reluctant:
        against.append(_("If needed: %(names)s.") % {"names": listed([laid.names[who] for who in choice.reluctant])})
    if silent:
        waiting = ngettext("%(count)s person has not answered yet.", "%(count)s people have not answered yet.", silent)
        against.append(waiting % {"count": silent})
    room = laid.rooms[choice.placed.room]
    return Suggestion(start, start + timedelta(minutes=laid.minutes), room, tuple(reasons), tuple(against), bool(choice.reluctant), missing)
