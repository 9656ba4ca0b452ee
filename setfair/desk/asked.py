"""Who asks Today, and the shape of the lines that its rules answer with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db.models import CharField, DateTimeField, Exists, F, Model, OuterRef, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from setfair.access.policy import Permission
from setfair.access.ties import EVERY, open_to, stands_in
from setfair.cases.models import Assignment, Case, Hold
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.programmes.models import Membership, Role

MOST = 26
SOON = timedelta(days=14)
QUIET = timedelta(days=7)
Lines = QuerySet[Any]
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Asked:
    """Who asks, when it is on the programme's own clock, and whether about everyone's cases or their own."""

    actor: Actor
    now: datetime
    zone: str
    everyones: bool

    @property
    def today(self) -> date:
        return clock.local(self.now, self.zone).date()

    @property
    def soon(self) -> date:
        return self.today + SOON

    @property
    def quiet_since(self) -> datetime:
        return self.now - QUIET

    @property
    def end_of_tomorrow(self) -> datetime:
        return clock.at(self.today + timedelta(days=2), 0, 0, self.zone)

    def cases(self, permission: Permission, *stages: str) -> QuerySet[Case]:
        """Cases of theirs in these stages that are being worked on."""
        return open_to(self.actor, permission, Case).filter(self.mine("pk", ""), ~rests("pk"), stage__in=stages)

    def facts(self, model: type[Row], permission: Permission, *stages: str) -> QuerySet[Row]:
        """Facts about people of anyone's cases in these stages, resting or not; the case is not asked for a second time."""
        reach, rows = stands_in(self.actor, permission, Case), model._default_manager.filter(participation__left_at__isnull=True)
        if reach is None:
            return rows.none()
        if reach != EVERY:
            rows = rows.filter(case__in=Case.objects.filter(reach).values("pk"))
        return rows.filter(case__stage__in=stages)

    def mine(self, key: str = "case_id", path: str = "case__") -> Q:
        """Cases they coordinate or facilitate, or that nobody coordinates any more; all of them for whoever coordinates none."""
        if self.everyones or not self.actor.has(Role.COORDINATOR):
            return Q()
        at_work = Membership.objects.filter(user=OuterRef(f"{path}coordinator"), role=Role.COORDINATOR, ended_at__isnull=True)
        helped = Assignment.objects.filter(facilitator__user=self.actor.id, ended_at__isnull=True).values("case_id")
        return Q(**{f"{path}coordinator": self.actor.id}) | Q(**{f"{key}__in": helped}) | ~Exists(at_work)


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
        "line_alias": alias if isinstance(alias, F) else Value("", output_field=CharField()),
        "line_since": since,
        "line_key": Cast(key, UUIDField()),
    }
    return rows.annotate(**said).order_by(*order).values_list(*said)[:MOST]
