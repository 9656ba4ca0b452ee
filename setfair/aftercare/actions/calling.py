"""Calls are planned when an agreement comes into force, and each ends with a note that says what came of it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.accounts.models import User
from setfair.agreements.journey import Stage as Held
from setfair.agreements.models import Agreement
from setfair.agreements.queries import in_force
from setfair.cases import queries as cases
from setfair.cases.models import Case, Participation
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.journal.journey import move
from setfair.programmes.models import Programme

from .. import queries, rhythm
from ..journey import Stage
from ..models import MOST_PUT_OFF, SETTLES, CheckIn, CheckInNote, Rhythm

Said = CheckInNote.Said
FOR_ALL = {Said.NOT_WANTED: Said.NOT_WANTED, Said.STOPPED: Said.ENDED}
"""What is said of one call and goes for all of them, save on the day of a promise; and what is written of the others."""
MONTHS = 92
"""A call is not put off beyond so many days after the day for which it was planned."""


class CannotCheckIn(Exception):
    """This call does not take that step; the sentence says why."""


@transaction.atomic
def plan_check_ins(agreement: Agreement, *, by: Actor) -> int:
    """The calls that an agreement in force asks for, each once, however often this is asked: how many are new.

    What was owed under the version before is owed under this one. Weeks are counted from the day on which the first version came into force:
    a change does not begin the calls anew, and adds those of whoever promises something now, and of the time that it is longer. No call is
    planned for a day that has passed, save that of a promise which is still open.
    """
    case = cases.lock(agreement.case)
    if not Agreement.objects.filter(pk=agreement.pk, stage=Held.IN_FORCE).exists():
        return 0
    CheckIn.objects.filter(case=case, stage=Stage.OWED).exclude(agreement__stage=Held.IN_FORCE).update(agreement=agreement)
    known = set(CheckIn.objects.filter(case=case).exclude(stage=Stage.ENDED).values_list("purpose", "planned_on", "participation"))
    closed, caller = queries.closed(case.programme), queries.caller_for(case)
    wanted = queries.wanted(agreement, begins=queries.begins(agreement))
    new = [one for one in wanted if (one.purpose, one.planned_on, one.participation) not in known]
    CheckIn.objects.bulk_create(
        CheckIn(
            case=case, agreement=agreement, participation_id=one.participation, purpose=one.purpose, planned_on=one.planned_on,
            caller=caller, **vars(rhythm.on_open_days(one.planned_on, closed)),
        )
        for one in new
    )  # fmt: skip
    end_needless(case, by=by)
    if new:
        record("planned_calls", agreement, by=by, count=len(new))
    return len(new)


@transaction.atomic
def check_in(row: CheckIn, *, by: Actor, said: str, words: str = "") -> CheckIn:
    """What came of a call. Where nobody answered it is owed again on the next day that counts; after the third such day it ends as it is.

    Whoever wants no calls gets none any more, save on the day of a promise of theirs. Of somebody who has stopped it can be said that it is
    not needed, and so are the others, or how they were heard of.
    """
    locked = _owed(row)
    if said not in queries.sayable(locked):
        raise CannotCheckIn(_("Please choose what came of it."))
    _check_note(locked, words)
    if said == Said.OTHERWISE and not words.strip() and not queries.without_notes(locked):
        raise CannotCheckIn(_("Please write how you heard."))
    if said == Said.NO_ANSWER:
        return _nobody_answered(locked, by, words)
    settled = _settle(locked, said, by, words)
    if said in FOR_ALL and locked.participation is not None:
        _end_rhythm(locked.participation, FOR_ALL[Said(said)], by)
    return settled


@transaction.atomic
def put_off(row: CheckIn, *, by: Actor, until: date, words: str) -> CheckIn:
    """A later day for a call, moved on to one that counts, with a reason; twice at most, so that it does not go on for ever."""
    locked = _owed(row)
    if locked.put_off >= MOST_PUT_OFF:
        raise CannotCheckIn(_("This was put off twice already. Please call, or say what came of it."))
    if until <= max(locked.due_on, queries.today(locked.case)):
        raise CannotCheckIn(_("Please choose a later day than the one that stands there, and later than today."))
    if (until - locked.planned_on).days > MONTHS:
        raise CannotCheckIn(_("Please choose a day within three months."))
    _check_note(locked, words)
    if not words.strip() and not queries.without_notes(locked):
        raise CannotCheckIn(_("Please write why."))
    _note(locked, Said.PUT_OFF, by, words)
    locked.put_off += 1
    _move_to(locked, until)
    record("put_off_call", locked, by=by)
    return locked


@transaction.atomic
def take_over(row: CheckIn, *, by: Actor, to: User) -> CheckIn:
    """Somebody else of those who work on the case makes this call."""
    locked = _owed(row)
    if to.pk not in queries.could_call(locked.case):
        raise CannotCheckIn(_("Please choose somebody who works on this case."))
    if locked.caller != to.pk:
        _give(locked, to.pk, by)
    return locked


@transaction.atomic
def pass_on_calls(case: Case, *, by: Actor, of: UUID | None) -> int:
    """What somebody who has left was to call goes to whoever leads the case, else to who coordinates it, else to nobody: then everyone is told."""
    cases.lock(case)
    to, passed = queries.caller_for(case), 0
    for row in CheckIn.objects.filter(case=case, stage=Stage.OWED, caller=of).select_for_update(of=("self",)):
        if row.caller != to:
            _give(row, to, by)
            passed += 1
    return passed


@transaction.atomic
def end_check_ins(case: Case, *, by: Actor, participation: Participation | None = None) -> None:
    """Nothing holds any more, or this person has left: the calls that are still owed end, each with a note that says so."""
    cases.lock(case)
    rows = CheckIn.objects.filter(case=case, stage=Stage.OWED)
    for row in (rows.filter(participation=participation) if participation is not None else rows).select_for_update(of=("self",)):
        _settle(row, Said.ENDED, by, "")


@transaction.atomic
def call_as_wished(participation: Participation, *, by: Actor) -> None:
    """They said whether they want to hear how it goes. Whoever wants nothing, and makes no promise themselves, is called no more to be asked; who
    wants something again is called on the days that lie ahead."""
    case = cases.lock(participation.case)
    if participation.pk in queries.not_called(case, {maker.pk for maker in queries.makers(case)}):
        _end_rhythm(participation, Said.ENDED, by)
        return
    for agreement in in_force(case):
        plan_check_ins(agreement, by=by)


@transaction.atomic
def end_needless(case: Case, *, by: Actor) -> int:
    """A promise is settled, or has another day now: whoever made it is not called on the day it had, unless another one of theirs has it. How
    many ended."""
    cases.lock(case)
    rows = list(queries.needless(case).select_for_update(of=("self",)))
    for row in rows:
        _settle(row, Said.ENDED, by, "")
    return len(rows)


@transaction.atomic
def set_rhythm(programme: Programme, *, by: Actor, first: int, later: int, second: int | None = None, every: int | None = None) -> Rhythm:
    """After how many days this programme calls, from the next agreement on. The same again is no new row."""
    last = Rhythm.objects.filter(programme=programme).order_by("-at", "-id").first()
    if last is not None and (last.first, last.second, last.every, last.later) == (first, second, every, later):
        return last
    row = Rhythm.objects.create(first=first, second=second, every=every, later=later, by=by.known_id)
    record("set_rhythm", row, by=by)
    return row


def _owed(row: CheckIn) -> CheckIn:
    cases.lock(row.case)
    locked = queries.lock(row)
    if locked.stage != Stage.OWED:
        raise CannotCheckIn(_("Somebody was quicker: this is written down already."))
    return locked


def _check_note(row: CheckIn, words: str) -> None:
    if words.strip() and queries.without_notes(row):
        raise CannotCheckIn(_("They said no to notes. Please leave the note empty: what came of it is still written down."))


def _nobody_answered(row: CheckIn, by: Actor, words: str) -> CheckIn:
    _note(row, Said.NO_ANSWER, by, words)
    record("called_in_vain", row, by=by)
    if len(queries.days_in_vain(row)) >= queries.TRIES:
        return _settle(row, Said.UNREACHED, by, "")
    if row.due_on <= queries.today(row.case):
        _move_to(row, rhythm.next_open(queries.today(row.case), queries.closed(row.case.programme)))
    return row


def _end_rhythm(participation: Participation, said: str, by: Actor) -> None:
    rows = CheckIn.objects.filter(case=participation.case_id, participation=participation, stage=Stage.OWED)
    for row in rows.exclude(purpose=CheckIn.Purpose.DUE).select_for_update(of=("self",)):
        _settle(row, said, by, "")


def _settle(row: CheckIn, said: str, by: Actor, words: str) -> CheckIn:
    _note(row, said, by, words)
    return move(row, SETTLES[Said(said)], by=by)


def _note(row: CheckIn, said: str, by: Actor, words: str) -> CheckInNote:
    return CheckInNote.objects.create(check_in=row, case_id=row.case_id, said=said, words=words.strip(), by=by.id)


def _move_to(row: CheckIn, day: date) -> None:
    days = rhythm.on_open_days(day, queries.closed(row.case.programme))
    if days.due_on == row.due_on:
        return
    row.due_on, row.late_on, row.unheard_on, row.moved = days.due_on, days.late_on, days.unheard_on, row.moved + 1
    row.save(update_fields=["due_on", "late_on", "unheard_on", "put_off", "moved"])


def _give(row: CheckIn, to: UUID | None, by: Actor) -> None:
    _note(row, Said.TAKEN_OVER, by, "")
    row.caller = to
    row.save(update_fields=["caller"])
    record("took_call_over", row, by=by)
