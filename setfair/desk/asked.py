"""Who asks Today, and the shape of the lines that its rules answer with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db.models import BooleanField, CharField, DateTimeField, Exists, F, Func, Model, OuterRef, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from setfair.access.policy import Permission
from setfair.access.ties import open_to, stands_in, under
from setfair.cases.journey import Stage
from setfair.cases.models import Assignment, Case, Hold, Participation
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.programmes.models import Membership, Programme, Role

MOST = 26
OPEN = (Stage.PREPARING, Stage.READY, Stage.SCHEDULED, Stage.CONVENED, Stage.FOLLOWING_UP)
SOON = timedelta(days=14)
Lines = QuerySet[Any]
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Asked:
    """Who asks, when it is on the programme's own clock, and whether about everyone's cases or their own."""

    actor: Actor
    now: datetime
    programme: Programme
    everyones: bool

    @property
    def today(self) -> date:
        return clock.local(self.now, self.programme.zone).date()

    @property
    def soon(self) -> date:
        return self.today + SOON

    @property
    def quiet_since(self) -> datetime:
        return self.now - timedelta(days=self.programme.silence_days)

    @property
    def looked_since(self) -> datetime:
        """From when on a look at somebody's safety holds today, before they meet."""
        return clock.at(self.today - timedelta(days=self.programme.looks_for(have_met=False)), 0, 0, self.programme.zone)

    @property
    def looked_after_since(self) -> datetime:
        """The same while promises are kept."""
        return clock.at(self.today - timedelta(days=self.programme.looks_for(have_met=True)), 0, 0, self.programme.zone)

    @property
    def end_of_tomorrow(self) -> datetime:
        return clock.at(self.today + timedelta(days=2), 0, 0, self.programme.zone)

    @property
    def narrowed(self) -> bool:
        """Whether only the work of their own cases is asked about."""
        return not self.everyones and self.actor.has(Role.COORDINATOR)

    def cases(self, permission: Permission, *stages: str) -> QuerySet[Case]:
        """Cases of theirs in these stages that are being worked on."""
        rows = open_to(self.actor, permission, Case)
        return rows.filter(_one_of("pk", stages, "NOT rests")) if self.narrowed else rows.filter(~rests("pk"), stage__in=stages)

    def facts(self, model: type[Row], permission: Permission, *stages: str) -> QuerySet[Row]:
        """Facts about people of anyone's cases in these stages, resting or not; the case is not asked for a second time."""
        reach, rows = stands_in(self.actor, permission, Case), model._default_manager.filter(participation__left_at__isnull=True)
        if reach is None:
            return rows.none()
        return rows.filter(under("case", reach), case__stage__in=stages)

    def people(self, permission: Permission, *stages: str) -> QuerySet[Participation]:
        """Those in the circle of anyone's cases in these stages."""
        reach, rows = stands_in(self.actor, permission, Case), Participation.objects.filter(left_at__isnull=True)
        return rows.none() if reach is None else rows.filter(under("case", reach), case__stage__in=stages)

    def mine(self, *stages: str) -> Any:
        """Rows whose case is one of theirs, in one of these stages."""
        return _one_of("case_id", stages, "true") if self.narrowed else Q(case__stage__in=stages)

    def awake(self, *stages: str) -> Any:
        """The same of cases that do not rest."""
        return _one_of("case_id", stages, "NOT rests") if self.narrowed else Q(~rests("case"), case__stage__in=stages)

    def own(self) -> Q:
        """Cases they coordinate or facilitate, or that nobody coordinates any more; all of them for whoever coordinates none."""
        if not self.narrowed:
            return Q()
        at_work = Membership.objects.filter(user=OuterRef("coordinator"), role=Role.COORDINATOR, ended_at__isnull=True)
        helped = Assignment.objects.filter(facilitator__user=self.actor.id, ended_at__isnull=True).values("case_id")
        return Q(coordinator=self.actor.id) | Q(pk__in=helped) | ~Exists(at_work)

    def theirs(self) -> QuerySet[Any]:
        """Their open cases: `THEIRS`."""
        rows = Case.objects.filter(self.own(), programme=self.actor.programme_id, stage__in=OPEN)
        return rows.annotate(resting=rests("pk")).values_list("pk", "stage", "resting")


THEIRS = "theirs (id, stage, rests)"
"""What stands before the rules, found once for all. Each takes it as a list of keys, so that PostgreSQL looks these up and reads no others."""


def _one_of(key: str, stages: Collection[str], more: str) -> Func:
    named = ", ".join(f"'{Stage(stage).value}'" for stage in stages)
    template = "%(expressions)s = ANY (ARRAY(SELECT id FROM theirs WHERE stage IN (%(named)s) AND %(more)s))"
    return Func(F(key), template=template, named=named, more=more, output_field=BooleanField())


def rests(key: str) -> Exists:
    return Exists(Hold.objects.filter(case=OuterRef(key), lifted_at__isnull=True))


def newer_than(model: Any) -> QuerySet[Any]:
    """Newer facts about the same person."""
    newer = Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
    return model.objects.filter(newer, participation=OuterRef("participation"))


def day(field: str) -> Cast:
    return Cast(field, DateTimeField())


def of_case(rows: QuerySet[Any], rule: Any, *, since: Any, key: Any) -> Lines:
    return lines_of(rows, rule, since=since, ref=F("case__ref"), alias=F("case__alias"), key=key)


def lines_of(
    rows: QuerySet[Any], rule: Any, *, since: Any, ref: Any = F("ref"), alias: Any = F("alias"), key: Any = F("pk"), order: Any = ("line_since",)
) -> Lines:
    said = {
        "line_rule": Value(rule, output_field=CharField()) if isinstance(rule, str) else rule,
        "line_ref": ref,
        "line_alias": Value("", output_field=CharField()) if isinstance(alias, Value) else alias,
        "line_since": since,
        "line_key": Cast(key, UUIDField()),
    }
    return rows.annotate(**said).order_by(*order).values_list(*said)[:MOST]
