"""Somebody of the circle is in a closed place, or out again: every way in that they had ends, and what was planned with them is looked at anew."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.accounts.actions import revoke_passes
from setfair.accounts.models import Pass
from setfair.core.actor import Actor
from setfair.people import staying
from setfair.people.actions import CannotAdd
from setfair.people.custody import Clearance, Custody, Visit
from setfair.programmes.actions.places import NewPlace, write_place
from setfair.programmes.models import ClosedPlace

from .. import queries
from ..models import Participation
from .circle import back_to_preparing


@transaction.atomic
def take_in(participation: Participation, *, by: Actor, where: ClosedPlace | None = None, new: NewPlace | None = None, **said: Any) -> Custody:
    """In every case in which they stand: a phone that stays behind opens nothing, and a day that was planned is planned anew.

    `where` is a place of the programme's list; one that is not on it yet (`new`) is put there.
    """
    queries.lock(participation.case)
    if where is None:
        if new is None:
            raise CannotAdd(_("Please choose a place, or write its name."))
        where = write_place(new, by=by)
    custody = staying.take_in(participation.person, by=by, case=participation.case_id, where=where, **said)
    for place in Participation.objects.filter(person=participation.person_id, left_at__isnull=True):
        revoke_passes(bearer=Pass.Bearer.PARTICIPATION, bearer_id=place.pk, by=by)
    for case in queries.cases_with(participation.person):
        back_to_preparing(queries.lock(case), by=by, reason="custody")
    return custody


@transaction.atomic
def let_out(participation: Participation, *, by: Actor, how: str) -> Custody | None:
    """They are there no more; how to reach them is asked anew."""
    return staying.let_out(participation.person, by=by, how=how, case=participation.case_id)


@transaction.atomic
def plan_visit(participation: Participation, *, by: Actor, **said: Any) -> Visit:
    """A visit to prepare them, within the hours of the place."""
    return staying.plan_visit(participation.person, by=by, case=participation.case_id, **said)


@transaction.atomic
def call_off_visit(participation: Participation, *, by: Actor, visit: Visit) -> Visit:
    """Nobody goes there on that day after all."""
    return staying.call_off(visit, by=by, case=participation.case_id)


@transaction.atomic
def ask_clearance(participation: Participation, *, by: Actor, for_day: date) -> Clearance:
    """The place was asked to let in whoever comes on that day."""
    return staying.ask_clearance(participation.person, by=by, for_day=for_day, case=participation.case_id)
