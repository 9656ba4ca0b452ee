"""Which cases wait for a time and whose plan it is; and what the worker has to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import reduce
from operator import and_
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from setfair.access.entry import memberships_of
from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Duty, Hold
from setfair.cases.queries import how_in_sql
from setfair.cases.route import WITHOUT_MEETING
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.programmes.models import Programme, Role
from setfair.scheduling.models import Offer, Round
from setfair.scheduling.queries import promised
from setfair.scheduling.queries.complete import has_an_hour, with_team

from ..models import Plan

Lacking = Callable[[date], Q]
_lacking: list[Lacking] = []

SILENT = timedelta(minutes=3)
"""A search that has said nothing for so long has died."""


def waiting(most: int) -> list[tuple[UUID, UUID]]:
    """Programme and plan, ids only, of what the worker has to do, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id, plan_id FROM planning_waiting(%s, %s)", [clock.now() - SILENT, most])
        return list(cursor.fetchall())


def whose(plan: Plan) -> Actor | None:
    """Whoever plans, with the roles they hold now; None once they coordinate here no more."""
    roles = memberships_of(plan.by).get(UUID(str(plan.programme_id)), frozenset())
    return Actor(Kind.STAFF, plan.programme_id, plan.by, roles) if Role.COORDINATOR in roles else None


def register(lacking: Lacking) -> None:
    """Let a later floor say (in its `apps.ready`) of every case at once what its circle lacks on a day, whoever holds it."""
    if lacking not in _lacking:
        _lacking.append(lacking)


def open_cases(actor: Actor) -> QuerySet[Case]:
    """Those that this coordinator could plan a time for: ready, or nothing missing but a team; to meet, not resting, and without a time."""
    rest = Hold.objects.filter(case=OuterRef("pk"), lifted_at__isnull=True)
    mine = open_to(actor, Permission.PLAN_TERM, Case).filter(~Exists(rest), Q(stage=Stage.READY) | _prepared(actor)).annotate(how=how_in_sql())
    return mine.exclude(how__in=WITHOUT_MEETING).select_related("programme").order_by("deadline", "opened_at", "id")


def _prepared(actor: Actor) -> Q:
    """Nothing is missing in the circle today."""
    if not _lacking or actor.programme_id is None:
        return Q(pk__in=())
    today = clock.local(clock.now(), Programme.objects.get(pk=actor.programme_id).zone).date()
    return reduce(and_, (~lacking(today) for lacking in _lacking), Q(stage=Stage.PREPARING))


def to_plan(actor: Actor) -> QuerySet[Case]:
    """The same without those whose people are being asked about times: what they say comes first."""
    return _with_team(actor).exclude(_asked_now())


def being_asked(actor: Actor) -> QuerySet[Case]:
    return _with_team(actor).filter(_asked_now())


def _with_team(actor: Actor) -> QuerySet[Case]:
    return with_team(open_cases(actor), clock.now())


def asked_hours(cases: Iterable[Case]) -> dict[UUID, Duty]:
    """By case: the earliest hour to which somebody of the team is asked, or has said yes. One query."""
    return {duty.case_id: duty for duty in promised().filter(case__in=list(cases)).order_by("-starts_at", "id")}


def _asked_now() -> Q:
    """Their people are asked about times, one of their team is asked for an hour that lies ahead, or all of it have said yes to one."""
    now = clock.now()
    offers = Offer.objects.filter(case=OuterRef("pk"), ended_at__isnull=True, answer_by__gt=now)
    rounds = Round.objects.filter(case=OuterRef("pk"), ended_at__isnull=True, until__gt=now)
    return Q(Exists(offers)) | Q(Exists(rounds)) | has_an_hour(now)
