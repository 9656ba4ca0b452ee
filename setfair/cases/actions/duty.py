"""Asking somebody of the team to help on a day, without a name of anybody, and what they say."""

from __future__ import annotations

import secrets
import uuid
from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.core.actor import Actor, system
from setfair.facilitators.models import Facilitator
from setfair.journal.actions import record
from setfair.vault.master import digest

from .. import letters_of_duty as letters
from .. import queries
from ..fit import check
from ..journey import Stage
from ..models import Assignment, Case, Duty
from ..turns import is_needed, next_for
from .asked import answered
from .refusal import CannotChange
from .team import assign

TO_ANSWER = timedelta(days=3)
"""How long somebody has to answer; half of it later they are reminded, once. Never longer than half the time until the day."""


@transaction.atomic
def ask_to_help(
    case: Case, *, by: Actor, facilitator: Facilitator, part: str, starts_at: datetime, minutes: int, window: str = "", languages: str = "",
    place: UUID | None = None, empty: int | None = None, goes_on: bool = False,
) -> Duty:  # fmt: skip
    """Offer one place in the team for one time. Whoever is asked already is not asked twice; a `place` that is named is asked of one more.
    Whoever has that part already is asked about one more time.

    With as many places asked about as are `empty` of this part, one more is asked for one of those: the first yes has it.
    Raises `CannotChange` with the one thing that speaks against it.
    """
    queries.lock(case)
    if case.stage == Stage.CLOSED:
        raise CannotChange(_("This is closed."))
    if starts_at <= clock.now():
        raise CannotChange(_("That time is over. Please choose a later one."))
    there = Duty.objects.filter(case=case, facilitator=facilitator, answer="").first()
    if there is not None:
        return there
    on_it = queries.team(case).filter(facilitator=facilitator).first()
    if on_it is None or on_it.part != part:
        check(case, facilitator, part, on_it)
    if not facilitator.is_certified(clock.local(starts_at, case.programme.zone).date()):
        raise CannotChange(_("%(name)s is not certified on that day.") % {"name": facilitator.user.name})
    now, token = clock.now(), secrets.token_urlsafe(32)
    duty = Duty.objects.create(
        case=case, facilitator=facilitator, part=part, starts_at=starts_at, minutes=minutes, window=window, languages=languages,
        place=place or _asked_about(case, part, starts_at, empty) or uuid.uuid4(),
        goes_on=goes_on, digest=digest("duty", token), by=by.id, asked_at=now,
        until=now + min(TO_ANSWER, (starts_at - now) / 2),
    )  # fmt: skip
    record("asked_to_help", case, by=by, part=part)
    letters.ask(duty, token, by=by)
    return duty


@transaction.atomic
def say_yes_to(duty: Duty, *, by: Actor) -> Duty:
    """They help: they are of the team from now on. Of several who say yes to one place the first has it, and the others' duty is `taken`.

    The same where it is not theirs to take any more, for whatever reason: nobody is told one here. Raises `CannotChange` once it is over.
    """
    case = queries.lock(duty.case)
    duty = _locked(duty)
    if duty.answer:
        return duty
    _check_open(duty)
    try:
        with transaction.atomic():
            if Duty.objects.filter(place=duty.place, answer=Duty.Answer.YES).exists() or not is_needed(duty):
                raise CannotChange
            assign(case, by=by, facilitator=duty.facilitator, part=duty.part)
    except CannotChange:
        return answered(duty, answer=Duty.Answer.TAKEN, by=by)
    answered(duty, answer=Duty.Answer.YES, by=by)
    for other in Duty.objects.select_for_update(of=("self",)).filter(place=duty.place, answer="").order_by("pk"):
        answered(other, answer=Duty.Answer.TAKEN, by=by)
        letters.tell_off(other, by=by)
    return duty


@transaction.atomic
def say_no_to(duty: Duty, *, by: Actor) -> Duty:
    """They do not; nobody asks why. The next in turn is asked if it was said so. Raises `CannotChange` once it is over."""
    queries.lock(duty.case)
    duty = _locked(duty)
    if duty.answer:
        return duty
    _check_open(duty)
    answered(duty, answer=Duty.Answer.NO, by=by)
    _ask_next(duty)
    return duty


@transaction.atomic
def take_back(duty: Duty, *, by: Actor) -> Duty:
    """They are not asked any more, and are told so."""
    queries.lock(duty.case)
    duty = _locked(duty)
    if not duty.answer:
        answered(duty, answer=Duty.Answer.OFF, by=by)
        letters.tell_off(duty, by=by)
    return duty


@transaction.atomic
def let_lapse(duty: Duty, *, by: Actor) -> Duty:
    """Nobody answered in time."""
    queries.lock(duty.case)
    duty = _locked(duty)
    if not duty.answer and duty.until <= clock.now():
        answered(duty, answer=Duty.Answer.LAPSED, by=by)
        _ask_next(duty)
    return duty


@transaction.atomic
def remind_of(duty: Duty, *, by: Actor) -> Duty:
    """Once, with a new link; the one before opens nothing any more."""
    queries.lock(duty.case)
    duty = _locked(duty)
    if duty.is_open and duty.reminded_at is None:
        token = secrets.token_urlsafe(32)
        duty.digest, duty.reminded_at = digest("duty", token), clock.now()
        duty.save(update_fields=["digest", "reminded_at"])
        letters.remind(duty, token, by=by)
    return duty


@transaction.atomic
def end_duties(case: Case, *, by: Actor, facilitator: Facilitator) -> None:
    """Whatever they were asked here is over, and whoever had said yes is told that the day is free. For what waited the next in turn is asked."""
    open_ones = []
    for duty in Duty.objects.select_for_update(of=("self",)).filter(case=case, facilitator=facilitator, answer__in=("", Duty.Answer.YES)):
        on_it = Assignment.objects.filter(case=case, facilitator=facilitator, ended_at__isnull=True).exists()
        open_ones += [duty] if not duty.answer else []
        if not duty.answer or on_it:
            answered(duty, answer=Duty.Answer.OFF, by=by)
            letters.tell_off(duty, by=by)
    for duty in open_ones:
        _ask_next(duty)


def _asked_about(case: Case, part: str, starts_at: datetime, empty: int | None) -> UUID | None:
    """The place for which the fewest wait, once no empty one is left that nobody was asked about."""
    rows = Duty.objects.filter(case=case, part=part, starts_at=starts_at, answer="").order_by("asked_at", "id")
    waiting = Counter(rows.values_list("place", flat=True))
    return min(waiting, key=lambda place: waiting[place]) if waiting and empty is not None and len(waiting) >= empty else None


def _locked(duty: Duty) -> Duty:
    return Duty.objects.select_for_update(of=("self",)).select_related("case", "facilitator__user", "programme").get(pk=duty.pk)


def _check_open(duty: Duty) -> None:
    if not duty.is_open:
        raise CannotChange(_("This question is over. Thank you all the same."))


def _ask_next(duty: Duty) -> None:
    """The house asks, not whoever said no."""
    if not duty.goes_on or duty.case.stage == Stage.CLOSED or duty.starts_at <= clock.now():
        return
    found = next_for(duty)
    if found is not None:
        ask_to_help(duty.case, by=system(duty.programme.pk), facilitator=found, place=duty.place, goes_on=True, **duty.asked())
