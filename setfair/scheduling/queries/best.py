"""The times that fit, with their reasons, and what blocks when none does."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setfair.cases.models import Case
from setfair.cases.queries import circle, team
from setfair.core import clock
from setfair.preparation.arranged import Arrangement
from setfair.preparation.queries import Circle as Prepared
from setfair.preparation.queries import circle as known
from setfair.preparation.queries import wanted_of_a_room
from setfair.programmes.models import Room
from setfair.programmes.wording import told

from .. import solver
from ..models import Booking, Seat
from ..open_days import last_day, no_days, open_for
from ..rooms import closed_hours, rooms_for
from ..said import listed
from .answers import words_of
from .length import length_of
from .needed import Needed
from .rules import first_missing


@dataclass(frozen=True)
class Suggestion:
    """A time that fits. `missing` says what stands between the circle and that day; then it cannot be booked yet."""

    starts_at: datetime
    ends_at: datetime
    room: Room
    reasons: tuple[str, ...]
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
    who_comes, problem, rooms = _problem(case, minutes)
    prepared = known(case)
    return [_suggestion(who_comes, problem, rooms, fit, prepared) for fit in solver.fits(problem)[:limit]]


def what_blocks(case: Case, minutes: int | None = None) -> list[str]:
    """Why nothing fits, in sentences: who is busy (never with what), who cannot, which room is taken, what is closed."""
    who_comes, problem, rooms = _problem(case, minutes)
    if not problem.stretches:
        return [no_days(case, problem.minutes)]
    if not rooms:
        return [_no_room(who_comes, len(problem.needed))]
    found, names = solver.obstacles(problem), who_comes.names
    said = [_("%(name)s is already booked.") % {"name": names[who]} for who, _count in found.busy.most_common()]
    said += [_("%(name)s said no to these times.") % {"name": names[who]} for who, _count in found.refused.most_common()]
    if found.room:
        said.append(_("Every room that is big enough is taken."))
    if found.short:
        said.append(_("Some windows are too short for %(minutes)s minutes.") % {"minutes": problem.minutes})
    return said


def _no_room(who_comes: Needed, seats: int) -> str:
    wanted = [str(Arrangement.Kind(kind).label) for kind in wanted_of_a_room(who_comes.people)]
    if wanted and Room.objects.filter(closed_at__isnull=True, seats__gte=seats).exists():
        return _("No open room with %(seats)s seats has what somebody needs: %(what)s.") % {"seats": seats, "what": listed(wanted)}
    return _("No open room has %(seats)s seats.") % {"seats": seats}


def _problem(case: Case, minutes: int | None) -> tuple[Needed, solver.Problem, dict[UUID, Room]]:
    who_comes, programme, now = Needed(circle(case), list(team(case))), case.programme, clock.now()
    needed = who_comes.names
    rooms = {r.pk: r for r in rooms_for(who_comes.people, len(needed))}
    today = clock.local(now, programme.zone).date()
    lasts = minutes or length_of(case, who_comes.people).minutes
    taken = _taken(now, list(rooms), list(needed))
    for room in rooms.values():
        taken[room.pk] += closed_hours(room, today, last_day(case, today), programme.zone)
    problem = solver.Problem(
        minutes=lasts,
        stretches=open_for(case, who_comes.people, today + timedelta(days=1), last_day(case, today), minutes=lasts),
        rooms=list(rooms),
        needed=list(needed),
        after=now,
        taken=taken,
        answers=words_of(who_comes.people),
    )
    return who_comes, problem, rooms


def _taken(after: datetime, rooms: list[UUID], occupants: list[UUID]) -> dict[UUID, list[solver.Span]]:
    spans: dict[UUID, list[solver.Span]] = defaultdict(list)
    live = {"released_at__isnull": True, "during__endswith__gt": after}
    for what, during in (
        *Booking.objects.filter(room__in=rooms, **live).values_list("room", "during"),
        *Seat.objects.filter(occupant__in=occupants, **live).values_list("occupant", "during"),
    ):
        spans[what].append((during.lower, during.upper))
    return spans


def _suggestion(who_comes: Needed, problem: solver.Problem, rooms: dict[UUID, Room], fit: solver.Fit, prepared: Prepared) -> Suggestion:
    room, names = rooms[fit.room], who_comes.names
    reluctant = [names[who] for who, answer in fit.answers.items() if answer == "if_needed"]
    silent = len({p.person_id for p in who_comes.people}) - len(fit.answers)
    reasons = [told(fit.stretch.name), _("Nobody who is needed is booked then.")]
    if fit.answers and not reluctant and not silent:
        reasons.append(_("Everybody said yes."))
    if reluctant:
        reasons.append(_("If needed: %(names)s.") % {"names": listed(reluctant)})
    if silent:
        waiting = ngettext("%(count)s person has not answered yet.", "%(count)s people have not answered yet.", silent)
        reasons.append(waiting % {"count": silent})
    missing = first_missing(prepared, clock.local(fit.starts, prepared.programme.zone).date())
    return Suggestion(fit.starts, fit.starts + timedelta(minutes=problem.minutes), room, tuple(reasons), missing)
