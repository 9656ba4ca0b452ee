"""Which way a case goes, and what it costs to change it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.journal.journey import move

from .. import queries
from ..journey import Stage
from ..models import Case, Route
from ..route import How
from .refusal import CannotChange
from .running import hold

OPEN_TO_ALL = (Stage.PREPARING, Stage.READY, Stage.SCHEDULED, Stage.CONVENED)
"""Stages in which a case can still take another way; after that it rests on what was signed."""


@transaction.atomic
def choose_route(case: Case, *, by: Actor, how: str, why: str, words: str = "", look_on: date | None = None) -> Route:
    """From now on it is done this way.

    A yes was to one way (`route.WAYS`), and stands for nothing else: when that changes,
    the case goes back to preparing, a time that was booked is given back, and everyone is
    asked anew. Later is a rest with a day on which somebody looks again. The same choice
    twice is one. Raises `CannotChange`.
    """
    queries.lock(case)
    if case.stage not in OPEN_TO_ALL:
        raise CannotChange(_("They have agreed on something, or this is closed. It cannot take another way now."))
    if how not in How.values or why not in Route.Why.values:
        raise CannotChange(_("Please choose how it is done, and why."))
    before = queries.routes(case)
    was, words = queries.way_in(before), words.strip()
    if before and (before[0].how, before[0].why, before[0].words) == (how, why, words) and how != How.LATER:
        return before[0]
    route = Route.objects.create(case=case, how=how, why=why, words=words, by=by.known_id)
    record("chose_route", case, by=by, how=str(how), why=str(why))
    if how == How.LATER:
        hold(case, by=by, reason=str(How.LATER.label), look_on=look_on)
    if case.stage != Stage.PREPARING and (how == How.LATER or queries.way(case) != was):
        move(case, Stage.PREPARING, by=by, reason="route")
    return route
