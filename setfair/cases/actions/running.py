"""The case as a whole: opened, handed over, resting, going on."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import IntegerField, Max
from django.db.models.functions import Cast, Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from setfair.accounts.models import User
from setfair.core import clock, tenant
from setfair.core.actor import Actor
from setfair.core.text import new_alias
from setfair.journal.actions import record
from setfair.journal.journey import moved
from setfair.programmes.models import Programme
from setfair.programmes.own_reasons import chosen
from setfair.programmes.reasons import Step
from setfair.referrals.models import Referral

from .. import queries
from ..journey import HANDED_OVER, Stage
from ..models import Case, Hold
from .refusal import CannotChange

A_REST, LONGEST_REST = timedelta(days=14), timedelta(days=183)


@transaction.atomic
def open_case(
    *,
    by: Actor,
    coordinator: User,
    referral: Referral | None = None,
    matter: str = "",
    summary: str = "",
    deadline: date | None = None,
    opened_on: date | None = None,
    is_trial: bool = False,
) -> Case:
    """Begin a case with the next number of its programme and two calm words; `opened_on` is the day of one that was open before it came here.

    The programme's row is locked for the number, so that of two cases opened at the
    same instant each has its own. A request opens one case, however often it is asked.
    A trial, which is rolled back, takes no number and holds up nobody.
    """
    here = Programme.objects if is_trial else Programme.objects.select_for_update(of=("self",), no_key=True)
    programme = here.get(pk=str(tenant.current()))
    there = Case.objects.filter(referral=referral).first() if referral is not None else None
    if there is not None:
        return there
    case = Case.objects.create(
        ref=NO_NUMBER if is_trial else _next_number(programme),
        alias=new_alias(),
        coordinator=coordinator,
        referral=referral,
        matter=matter,
        summary=summary,
        deadline=deadline or (referral.deadline if referral is not None else None),
        opened_at=clock.now() if opened_on is None else min(clock.now(), clock.at(opened_on, 12, 0, programme.zone)),
    )
    record("opened", case, by=by)
    return case


NO_NUMBER = "C-0000"


def _next_number(programme: Programme) -> str:
    last = Case.objects.aggregate(last=Max(Cast(Substr("ref", 3), IntegerField())))["last"] or 0
    return f"C-{max(last, programme.last_case) + 1:04d}"


@transaction.atomic
def hold(case: Case, *, by: Actor, reason: str, look_on: date | None = None) -> Hold:
    """Let the case rest where it stands. It keeps its stage, and cannot become ready meanwhile.

    Somebody looks again on the day that is named, or in two weeks. Said again with
    another day, it rests anew until then.
    """
    queries.lock(case)
    why = chosen(Step.REST, reason)
    if case.stage == Stage.CLOSED:
        raise CannotChange(_("This is closed."))
    if why is None:
        raise CannotChange(_("Please say why it rests."))
    today = timezone.localdate()
    if look_on is not None and not today < look_on <= today + LONGEST_REST:
        raise CannotChange(_("Please choose a day after today, within half a year."))
    there = queries.held(case)
    if there is not None:
        if look_on in (None, there.look_on):
            return there
        Hold.objects.filter(pk=there.pk).update(lifted_at=clock.now())
    resting = Hold.objects.create(case=case, **why, look_on=look_on or today + A_REST)
    record("held", case, by=by)
    return resting


@transaction.atomic
def lift(case: Case, *, by: Actor) -> Case:
    """The rest is over."""
    queries.lock(case)
    resting = queries.held(case)
    if resting is not None:
        resting.lifted_at = clock.now()
        resting.save(update_fields=["lifted_at"])
        record("lifted", case, by=by)
    return case


@transaction.atomic
def hand_over(case: Case, *, by: Actor, to: User) -> Case:
    """Another coordinator of the programme takes the case on. Raises `CannotChange` for somebody who coordinates nothing here now."""
    queries.lock(case)
    case.refresh_from_db(fields=["coordinator"])
    if case.stage == Stage.CLOSED:
        raise CannotChange(_("This is closed."))
    if case.coordinator_id == to.pk:
        return case
    if not queries.coordinators(case).filter(pk=to.pk).exists():
        raise CannotChange(_("%(name)s does not coordinate here now, so cannot take this case.") % {"name": to.name})
    was = case.coordinator_id
    Case.objects.filter(pk=case.pk).update(coordinator=to)
    case.coordinator = to
    record("handed_over", case, by=by)
    moved.send(sender=Case, subject=case, was=was, to=HANDED_OVER, by=by)
    return case
