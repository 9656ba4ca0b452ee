"""The verbs of a plan: plan a term, stop, plan again, pin, take out, choose another time, accept, put away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.utils.translation import gettext as _

from setfair.access.policy import Permission
from setfair.access.ties import may
from setfair.cases.actions import CannotChange
from setfair.cases.models import Case
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.facilitators.models import Facilitator
from setfair.journal.actions import record
from setfair.journal.journey import WrongStep, move
from setfair.programmes.models import Programme, Room
from setfair.scheduling import actions as scheduling
from setfair.scheduling.queries import Suggestion, live_booking, when_words

from . import queries
from .apart import UNREAD, apart
from .journey import LIVE, Stage
from .models import Line, Plan
from .waking import wake_worker

LONGEST = timedelta(weeks=26)
State = Line.State


class CannotPlan(Exception):
    """This cannot be planned like this, or not now; the sentence says why."""


@dataclass(frozen=True)
class Found:
    """What a search found for one case: a time, or what blocks it."""

    case: Case
    time: Suggestion | None = None
    blocks: Sequence[str] = field(default_factory=tuple)


@transaction.atomic
def plan_term(programme: Programme, *, by: Actor, first: date, last: date, language: str) -> Plan:
    """Have times searched for, between these days, for every case of theirs that waits for one. Nothing is booked, and nobody is told.

    Somebody has one plan at a time: asked for again while one is there, that one is handed back. The lines of earlier ones go,
    but for those about whose hour, which lies ahead, a team is asked: they hold their rooms.
    """
    Programme.objects.select_for_update(of=("self",), no_key=True).get(pk=programme.pk)
    there = Plan.objects.filter(by=by.known_id, stage__in=LIVE).first()
    if there is not None:
        return there
    if first < queries.days_ahead(programme):
        raise CannotPlan(_("Please begin tomorrow or later."))
    if not first <= last <= first + LONGEST:
        raise CannotPlan(_("Please choose a last day within half a year of the first."))
    if not queries.to_plan(by).exists():
        raise CannotPlan(_("No case waits for a time now."))
    Line.objects.filter(plan__by=by.known_id).exclude(state=State.ASKED, during__startswith__gt=clock.now()).delete()
    plan: Plan = Plan.objects.create(first_day=first, last_day=last, language=language, by=by.known_id)
    record("planned_term", plan, by=by)
    wake_worker()
    return plan


@transaction.atomic
def plan_again(plan: Plan, *, by: Actor, keeps: str) -> Plan:
    """Search once more. What is pinned stays where it is; with `ALL` every line that has a time, so that only what is new or left finds its place."""
    if keeps not in Plan.Keeps.values:
        raise CannotPlan(_("Please say what stays as it is."))
    move(plan, Stage.SEARCHING, by=by)
    Plan.objects.filter(pk=plan.pk).update(keeps=keeps, far=0, found=0, wanted=0, enough=False, seen_at=None)
    wake_worker()
    return plan


@transaction.atomic
def stop(plan: Plan, *, by: Actor) -> Plan:
    """No more searching: the best so far becomes the draft. While it is booked: no more booking; what is booked stays, the rest is a draft again."""
    now = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if now.stage == Stage.BOOKING:
        return move(plan, Stage.DRAFT, by=by)
    if now.stage == Stage.SEARCHING and not now.enough:
        Plan.objects.filter(pk=plan.pk).update(enough=True)
        record("stopped_search", plan, by=by)
        wake_worker()
    return plan


@transaction.atomic
def lay_down(plan: Plan, *, by: Actor, found: Sequence[Found]) -> Plan:
    """Write what a search found, as the draft. What was kept or taken out stays, and what had its turn before, so that the plan still says what
    became of it: unless that case waits again and was searched for. Of a plan that was put away meanwhile nothing is written."""
    plan.refresh_from_db(from_queryset=Plan.objects.select_for_update(of=("self",)))
    if plan.stage != Stage.SEARCHING:
        raise WrongStep(_("This has moved on in the meantime. Please look at the page again."))
    kept = {line.case_id for line in queries.keepers(plan)} | set(Line.objects.filter(plan=plan, state=State.OUT).values_list("case", flat=True))
    again = Q(state__in=(State.PLACED, State.LEFT)) | Q(case__in=[one.case.pk for one in found])
    Line.objects.filter(again, plan=plan).exclude(case__in=kept).delete()
    for one in found:
        if one.case.pk not in kept and apart(partial(_write, plan, one)) is None:
            Line.objects.create(plan=plan, case=one.case, state=State.LEFT)
    Plan.objects.filter(pk=plan.pk).update(far=100, enough=False, keeps=Plan.Keeps.PINNED, seen_at=None)
    return move(plan, Stage.DRAFT, by=by)


@transaction.atomic
def pin(line: Line, *, by: Actor, pinned: bool) -> Line:
    """It stays where it is when the rest is planned again; or does not any more."""
    line = _held(line)
    if line.state != State.PLACED:
        raise CannotPlan(_("Only a line that has a time can be pinned."))
    return _change(line, by, is_pinned=pinned)


@transaction.atomic
def take_out(line: Line, *, by: Actor) -> Line:
    """It gets no time in this plan, and gives free what it had."""
    return _change(_held(line), by, state=State.OUT, room=None, during=None, is_pinned=False, team=[], words={})


@transaction.atomic
def take_in(line: Line, *, by: Actor) -> Line:
    """It is planned for again: the next search places it, or somebody chooses a time."""
    line = _held(line)
    return _change(line, by, state=State.LEFT, words={"blocks": []}) if line.state == State.OUT else line


@transaction.atomic
def choose(line: Line, *, by: Actor, time: Suggestion) -> Line:
    """Another time, by hand; it is pinned there."""
    line = _held(line)
    during = DateTimeTZRange(time.starts_at, time.ends_at)
    around = DateTimeTZRange(time.starts_at - time.room.between, time.ends_at + time.room.between)
    there = Line.objects.filter(plan=line.plan, state=State.PLACED, room=time.room, during__overlap=around).exclude(pk=line.pk)
    if there.exists():
        raise CannotPlan(_("Another line of this plan has that room then."))
    they = {str(one.id) for one in time.team}
    beside = Line.objects.filter(plan=line.plan, state=State.PLACED, during__overlap=during).exclude(pk=line.pk).values_list("team", flat=True)
    if they & {who for team in beside for _part, who in team}:
        raise CannotPlan(_("Somebody who would help is named in another line of this plan then."))
    return _change(line, by, state=State.PLACED, room=time.room, during=during, is_pinned=True, team=_team(time), words=_words(time))


@transaction.atomic
def accept(plan: Plan, *, by: Actor) -> Plan:
    """Have every line that has a time booked, one after the other. Accepted twice it is once."""
    now = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if now.stage in (Stage.BOOKING, Stage.DONE):
        return now
    if not Line.objects.filter(plan=plan, state=State.PLACED).exists():
        raise CannotPlan(_("No line has a time, so there is nothing to book."))
    move(plan, Stage.BOOKING, by=by)
    wake_worker()
    return plan


@transaction.atomic
def book_line(line: Line, *, by: Actor) -> Line:
    """Book one line with all that a booking asks, or write down why it does not hold any more. Nothing is half done, and done twice it is once.

    Where a place in its team is empty, whom it names is asked for that hour instead, as is whoever said yes to another; and the line says so.
    Nobody is asked about one that cannot be booked.
    """
    if line.state != State.PLACED or line.during is None or line.room is None:
        return line
    try:
        with transaction.atomic():
            refusal = _stands_against(line, by)
            if not refusal:
                return _set(line, state=_ask_or_book(line, line.room, by))
    except (scheduling.CannotBook, CannotChange, WrongStep) as reason:
        refusal = str(reason)
    return _set(line, state=State.REFUSED, words={"refused": refusal})


@transaction.atomic
def pass_over(line: Line, *, by: Actor) -> Line:
    """It could not be looked at when its turn came. Where not even that can be written, because the words of the case are gone, its state says it."""
    return apart(partial(_set, line, state=State.REFUSED, words={"refused": str(UNREAD)})) or _set(line, state=State.REFUSED, words=None)


@transaction.atomic
def finish(plan: Plan, *, by: Actor) -> Plan:
    """Every line had its turn."""
    return move(plan, Stage.DONE, by=by)


@transaction.atomic
def put_away(plan: Plan, *, by: Actor) -> Plan:
    """Nothing more comes of it, and nobody is told. What of it was booked, or about which a team is asked, stays."""
    if plan.stage != Stage.DROPPED:
        move(plan, Stage.DROPPED, by=by)
    Line.objects.filter(plan=plan).exclude(pk__in=queries.was_told(plan)).delete()
    return plan


def _ask_or_book(line: Line, room: Room, by: Actor) -> State:
    given = {"by": by, "starts_at": line.during.lower, "minutes": line.minutes}
    they = Facilitator.objects.select_related("user").in_bulk([who for _part, who in line.places])
    asked = scheduling.ask_team(line.case, places=[(part, they[who]) for part, who in line.places if who in they], **given) if they else []
    asked += scheduling.ask_anew(line.case, **given)
    if asked:
        if refusal := queries.in_vain(line, room, by, [duty.facilitator.user_id for duty in asked]):
            raise scheduling.CannotBook(refusal)
        return State.ASKED
    scheduling.book_as_ready(line.case, room=room, **given)
    return State.BOOKED


def _held(line: Line) -> Line:
    """The line as it is now, in a draft that nobody else changes meanwhile. What is booked, or whose team was asked, is changed there alone."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=line.plan_id)
    if plan.stage != Stage.DRAFT:
        raise CannotPlan(_("This is no draft any more. Please look at the page again."))
    now = Line.objects.select_related("plan", "case__programme", "room").get(pk=line.pk)
    if now.state in (State.BOOKED, State.ASKED):
        raise CannotPlan(_("This was booked, or its team was asked, in the meantime. Please look at the page again."))
    return now


def _change(line: Line, by: Actor, **said: object) -> Line:
    """Written down of the plan: in the history of a case a draft is nothing yet."""
    record("changed_plan", line.plan, by=by)
    return _set(line, **said)


def _set(line: Line, **said: object) -> Line:
    for name, value in said.items():
        setattr(line, name, value)
    line.save(update_fields=list(said))
    return line


def _write(plan: Plan, one: Found) -> Line:
    if one.time is None:
        return Line.objects.create(plan=plan, case=one.case, state=State.LEFT, words={"blocks": list(one.blocks)})
    during = DateTimeTZRange(one.time.starts_at, one.time.ends_at)
    given = {"room": one.time.room, "during": during, "team": _team(one.time), "words": _words(one.time)}
    return Line.objects.create(plan=plan, case=one.case, state=State.PLACED, **given)


def _team(time: Suggestion) -> list[list[str]]:
    return [[one.part, str(one.id)] for one in time.team]


def _words(time: Suggestion) -> dict[str, list[str]]:
    return {"for": list(time.reasons), "against": list(time.against)}


def _stands_against(line: Line, by: Actor) -> str:
    """What a booking would say in other words, or not at all."""
    if not may(by, Permission.PLAN_TERM, line.case):
        return _("You cannot open this any more.")
    there = live_booking(line.case)
    if there is not None and there.during != line.during:
        return _("This has a time already (%(when)s).") % {"when": when_words(there, line.case.programme)}
    if queries.being_asked(by).filter(pk=line.case_id).exists():
        return _("Its people are being asked about times. What they say comes first.")
    return ""
