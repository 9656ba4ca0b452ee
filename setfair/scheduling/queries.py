from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setfair.cases.journey import Stage
from setfair.cases.models import Assignment, Case, Participation, Role
from setfair.cases.queries import circle, here, team
from setfair.core import clock
from setfair.people.limits import outside_hours
from setfair.preparation.models import Consent
from setfair.preparation.queries import Blocker, answer_of, is_asked, standing
from setfair.preparation.queries import Circle as Prepared
from setfair.preparation.queries import circle as known
from setfair.programmes.models import Programme, Room
from setfair.programmes.wording import told
from setfair.vault import ring

from . import solver
from .models import Booking, Seat, TimeAnswer
from .open_days import last_day, no_days, open_between, outside
from .said import listed, when

FURTHEST = timedelta(days=365)
"""How far ahead a time may be chosen by hand."""
SHORTEST = 10
ASKED_LATER = "still"
"""What is asked in the last days alone, and at the door: nobody's seat waits for it."""
COMES_EARLY = {Role.HARMED: 15, Role.RESPONSIBLE: 5}
"""Minutes before the start. The two sides do not wait at the same door (screens.md W10); the others come in between."""


@dataclass(frozen=True)
class Suggestion:
    """A time that fits. `missing` says what stands between the circle and that day; then it cannot be booked yet."""

    starts_at: datetime
    ends_at: datetime
    room: Room
    reasons: tuple[str, ...]
    missing: str = ""


@dataclass(frozen=True)
class _Circle:
    """Who is needed, by the id that a seat holds: a person's, or a facilitator's as a user."""

    people: list[Participation]
    team: list[Assignment]

    @property
    def names(self) -> dict[UUID, str]:
        return {p.person_id: p.person.shown for p in self.people} | {a.facilitator.user_id: a.facilitator.user.name for a in self.team}


def occupants(case: Case) -> dict[UUID, str]:
    """Everybody a booking would hold, by the id its seats carry, with their names."""
    return _Circle(circle(case), list(team(case))).names


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
        return [no_days(case)]
    if not rooms:
        return [_("No open room has %(seats)s seats.") % {"seats": len(problem.needed)}]
    found, names = solver.obstacles(problem), who_comes.names
    said = [_("%(name)s is already booked.") % {"name": names[who]} for who, _count in found.busy.most_common()]
    said += [_("%(name)s said no to these times.") % {"name": names[who]} for who, _count in found.refused.most_common()]
    if found.room:
        said.append(_("Every room that is big enough is taken."))
    if found.short:
        said.append(_("Some windows are too short for %(minutes)s minutes.") % {"minutes": problem.minutes})
    return said


def objection(case: Case, *, room: Room, starts_at: datetime, minutes: int) -> str:
    """Why the programme's rules do not allow it, in one sentence; empty when they do. What is taken only the database knows."""
    programme, needed = case.programme, len(occupants(case))
    if starts_at <= clock.now():
        return _("That time is over. Please choose a later one.")
    if starts_at > clock.now() + FURTHEST:
        return _("That is more than a year away. Please choose an earlier time.")
    if minutes > programme.max_minutes:
        return _("Here a meeting lasts %(minutes)s minutes at most.") % {"minutes": programme.max_minutes}
    if minutes < SHORTEST:
        return _("Please plan %(minutes)s minutes or more.") % {"minutes": SHORTEST}
    if room.closed_at is not None:
        return _("%(room)s is closed. Please choose another room.") % {"room": room.name}
    if room.seats < needed:
        return too_small(room, needed)
    return outside(programme, starts_at, starts_at + timedelta(minutes=minutes)) or curfew(case, starts_at, minutes)


def curfew(case: Case, starts_at: datetime, minutes: int) -> str:
    """Why somebody may not be out at that time; empty when everyone may."""
    people, zone = {p.person_id: p.person for p in circle(case)}, case.programme.zone
    starts, ends = clock.local(starts_at, zone), clock.local(starts_at + timedelta(minutes=minutes), zone)
    found = outside_hours(people, starts.date(), starts.time(), ends.time())
    return _("%(name)s may not be out at that time. Please choose another.") % {"name": people[found.person_id].shown} if found else ""


def out_too_late(known: Prepared, on: date) -> Iterator[Blocker]:
    """Of the booked day alone: somebody who came since may not be out at that hour."""
    booking = live_booking(known.case) if known.case.stage == Stage.SCHEDULED else None
    zone, people = known.programme.zone, {k.participation.person_id: k.participation for k in known.people}
    if booking is None or clock.local(booking.starts_at, zone).date() != on:
        return
    found = outside_hours(people, on, clock.local(booking.starts_at, zone).time(), clock.local(booking.ends_at, zone).time())
    if found is not None:
        mine = people[found.person_id]
        yield Blocker("condition", mine, _("%(name)s may not be out at the time that is booked.") % {"name": mine.person.shown}, False)


def too_small(room: Room, needed: int) -> str:
    return _("%(room)s has %(seats)s seats, and %(needed)s people come.") % {"room": room.name, "seats": room.seats, "needed": needed}


def who_said_no(case: Case, starts_at: datetime, minutes: int) -> list[str]:
    """The names of those whose last word about this time, or about the window it lies in, is no."""
    people, day = circle(case), clock.local(starts_at, case.programme.zone).date()
    ends_at = starts_at + timedelta(minutes=minutes)
    around = [s for s in open_between(case.programme, day, day) if s.starts < ends_at and starts_at < s.ends]
    first, last = min([starts_at, *(s.starts for s in around)]), max([ends_at, *(s.ends for s in around)])
    answers = _answers(people)
    said = {p.person.shown: [answer for moment, answer in answers.get(p.person_id, ()) if first <= moment < last] for p in people}
    return [name for name, words in said.items() if words and words[-1] == "no"]


def does_not_suit(names: list[str]) -> str:
    return _("%(names)s said no to this time. Please ask again, or write why it is booked all the same.") % {"names": listed(names)}


def live_booking(case: Case) -> Booking | None:
    """The time and room the case holds now."""
    return Booking.objects.filter(case=case, released_at__isnull=True).select_related("room").first()


def booked_day(case: Case) -> date | None:
    """The day that is booked, on the programme's clock."""
    booking = live_booking(case)
    return clock.local(booking.starts_at, case.programme.zone).date() if booking is not None else None


def is_same(booking: Booking, room: Room, starts_at: datetime, minutes: int) -> bool:
    """Whether this is the booking that the form asks for, sent a second time."""
    return (booking.room_id, booking.starts_at, booking.ends_at - booking.starts_at) == (room.pk, starts_at, timedelta(minutes=minutes))


def lies_ahead(booking: Booking) -> bool:
    return booking.ends_at > clock.now()


def seats_differ(booking: Booking, case: Case) -> bool:
    """Whether somebody has joined or left since it was booked, so that the seats are no longer theirs."""
    held = set(Seat.objects.filter(booking=booking, released_at__isnull=True).values_list("occupant", flat=True))
    return held != set(occupants(case))


def may_know(booking: Booking, participation: Participation) -> bool:
    """Whether this person is told when and where: they have a seat, and have said yes to taking part."""
    sits = Seat.objects.filter(booking=booking, occupant=participation.person_id, released_at__isnull=True).exists()
    return sits and is_willing(participation)


def is_willing(participation: Participation) -> bool:
    """Whether they have said yes, if they are asked at all."""
    said = answer_of(participation)
    return not is_asked(participation) or (said is not None and said.answer == Consent.Answer.YES)


def unseated(case: Case) -> list[Participation]:
    """Those of the circle who joined after the time was booked and have no seat at it, the first to join first."""
    booking = live_booking(case)
    if booking is None or not lies_ahead(booking):
        return []
    seats = Seat.objects.filter(booking=booking, released_at__isnull=True).values("occupant")
    without = list(here(case).exclude(person_id__in=seats).select_related("person").order_by("added_at", "id"))
    ring.gather(p.person_id for p in without)
    return without


def arrival(booking: Booking, participation: Participation) -> datetime:
    """When this person is asked to come; those who stand by somebody come with them."""
    beside = participation.stands_by or participation
    return booking.starts_at - timedelta(minutes=max((COMES_EARLY[role] for role in COMES_EARLY if role in beside.roles), default=10))


def stretches_to_answer(programme: Programme, *, weeks: int = 3, limit: int = 8) -> list[solver.Stretch]:
    """The programme's next windows, for somebody to say when they could come."""
    today = clock.local(clock.now(), programme.zone).date()
    return open_between(programme, today + timedelta(days=1), today + timedelta(weeks=weeks))[:limit]


def answers_of(participation: Participation) -> dict[datetime, str]:
    """This person's last word about each time."""
    return dict(TimeAnswer.objects.filter(participation=participation).order_by("at").values_list("starts_at", "answer"))


def answered(people: list[Participation]) -> dict[UUID, int]:
    """By participation: about how many of the times that lie ahead they have said something. One query for a whole circle."""
    ahead = TimeAnswer.objects.filter(participation__in=people, starts_at__gt=clock.now())
    return dict(ahead.values_list("participation").annotate(times=Count("starts_at", distinct=True)))


def _problem(case: Case, minutes: int | None) -> tuple[_Circle, solver.Problem, dict[UUID, Room]]:
    who_comes, programme, now = _Circle(circle(case), list(team(case))), case.programme, clock.now()
    needed = who_comes.names
    rooms = {r.pk: r for r in Room.objects.filter(closed_at__isnull=True, seats__gte=len(needed)).order_by("seats", "name", "id")}
    today = clock.local(now, programme.zone).date()
    problem = solver.Problem(
        minutes=minutes or programme.max_minutes,
        stretches=open_between(programme, today + timedelta(days=1), last_day(case, today)),
        rooms=list(rooms),
        needed=list(needed),
        after=now,
        taken=_taken(now, list(rooms), list(needed)),
        answers=_answers(who_comes.people),
    )
    return who_comes, problem, rooms


def not_green(case: Case, starts_at: datetime) -> str:
    """What is missing for the day of that moment, on the programme's clock; empty when everyone is ready for it."""
    return _first_missing(known(case), clock.local(starts_at, case.programme.zone).date())


def _first_missing(prepared: Prepared, on: date) -> str:
    missing = [b for b in standing(prepared, on) if b.code != ASKED_LATER]
    if not missing:
        return ""
    more = ngettext("And %(n)d more thing is missing.", "And %(n)d more things are missing.", len(missing) - 1) % {"n": len(missing) - 1}
    return missing[0].sentence if len(missing) == 1 else f"{missing[0].sentence} {more}"


def _suggestion(who_comes: _Circle, problem: solver.Problem, rooms: dict[UUID, Room], fit: solver.Fit, prepared: Prepared) -> Suggestion:
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
    missing = _first_missing(prepared, clock.local(fit.starts, prepared.programme.zone).date())
    return Suggestion(fit.starts, fit.starts + timedelta(minutes=problem.minutes), room, tuple(reasons), missing)


def _taken(after: datetime, rooms: list[UUID], occupants: list[UUID]) -> dict[UUID, list[solver.Span]]:
    spans: dict[UUID, list[solver.Span]] = defaultdict(list)
    live = {"released_at__isnull": True, "during__endswith__gt": after}
    for what, during in (
        *Booking.objects.filter(room__in=rooms, **live).values_list("room", "during"),
        *Seat.objects.filter(occupant__in=occupants, **live).values_list("occupant", "during"),
    ):
        spans[what].append((during.lower, during.upper))
    return spans


def _answers(people: list[Participation]) -> dict[UUID, list[tuple[datetime, str]]]:
    person = {p.pk: p.person_id for p in people}
    said: dict[UUID, list[tuple[datetime, str]]] = defaultdict(list)
    rows = TimeAnswer.objects.filter(participation__in=list(person)).order_by("at")
    for participation, starts_at, answer in rows.values_list("participation", "starts_at", "answer"):
        said[person[participation]].append((starts_at, answer))
    return said


def when_words(booking: Booking, programme: Programme) -> str:
    """Day, start and end on the programme's wall clock, in the language that is active now."""
    return when(booking.starts_at, booking.ends_at, programme.zone)
