from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from setfair.core import clock, tenant
from setfair.core.actor import Actor, system
from setfair.core.lines import LONG
from setfair.journal.journey import WrongStep
from setfair.programmes.speaking import in_language

from . import actions, queries, searching
from .apart import apart
from .journey import Stage
from .models import Line, Plan
from .waking import WAKE

MOST = 20
log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name=WAKE, queue=LONG, queueing_lock=WAKE)
def go_on(timestamp: int | None = None, seconds: float | None = None) -> None:
    """Search for each plan that waits, and book each that was accepted, line by line.

    Whoever goes on after a fall searches anew, and books the lines that are left: each is booked and said to be booked in one transaction.
    """
    for programme_id, plan_id in queries.waiting(MOST):
        try:
            _search(programme_id, plan_id, seconds)
            while _book_next(programme_id, plan_id):
                pass
        except WrongStep:
            log.info("A plan was put away or stopped meanwhile.")
        except Exception as fault:  # whatever it is, its words may be somebody's; one plan holds up no other
            log.warning("A plan could not be gone on with: %s", type(fault).__name__)


@contextmanager
def _at(programme_id: UUID, plan_id: UUID) -> Iterator[tuple[Plan, Actor | None]]:
    """One stay with this plan, in the day and the language of whoever plans."""
    with tenant.inside(programme_id):
        plan = Plan.objects.select_related("programme").get(pk=plan_id)
        with timezone.override(plan.programme.zone), in_language(plan.language):
            yield plan, queries.whose(plan)


def _search(programme_id: UUID, plan_id: UUID, seconds: float | None) -> None:
    """Three stays: read, say now and then how far it is, write. In between the database is left alone."""
    if not _mine(programme_id, plan_id):
        return
    with _at(programme_id, plan_id) as (plan, by):
        if by is None:
            actions.put_away(plan, by=system(programme_id))
            return
        term = searching.read(plan, by)
        Plan.objects.filter(pk=plan_id).update(wanted=len(term.cases))
    placed = searching.search(term, seconds=seconds, told=partial(_say, programme_id, plan_id))
    with _at(programme_id, plan_id) as (plan, _by):
        actions.lay_down(plan, by=system(programme_id), found=searching.in_words(term, placed))


def _mine(programme_id: UUID, plan_id: UUID) -> bool:
    """Whether this search is ours to do: it waits, and nobody else is at it."""
    with tenant.inside(programme_id):
        waits = Plan.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=plan_id, stage=Stage.SEARCHING)
        plan = waits.first()
        if plan is None or (plan.seen_at is not None and plan.seen_at > clock.now() - queries.SILENT):
            return False
        return bool(Plan.objects.filter(pk=plan_id).update(seen_at=clock.now(), far=0, found=0))


def _say(programme_id: UUID, plan_id: UUID, far: float, found: int) -> bool:
    """How far it is; false, once somebody has said that it is enough."""
    with tenant.inside(programme_id):
        still = Plan.objects.filter(pk=plan_id, stage=Stage.SEARCHING, enough=False)
        return bool(still.update(far=round(100 * far), found=found, seen_at=clock.now()))


def _book_next(programme_id: UUID, plan_id: UUID) -> bool:
    """The next line in hand of nobody else."""
    with _at(programme_id, plan_id) as (plan, by):
        if plan.stage != Stage.BOOKING:
            return False
        left = Line.objects.filter(plan=plan, state=Line.State.PLACED)
        line = left.select_for_update(of=("self",), skip_locked=True).select_related("case__programme", "room").order_by("during", "id").first()
        if line is None or by is None:
            if by is None or not left.exists():
                actions.finish(plan, by=system(programme_id))
            return False
        if apart(partial(actions.book_line, line, by=by)) is None:
            actions.pass_over(line, by=by)
        return True
