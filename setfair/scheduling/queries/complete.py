"""Whether a team is complete, and to which hour it said yes: asked of many cases at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Case as Choose
from django.db.models import Count, DateField, DateTimeField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce

from setfair.cases.models import Assignment, Case, Duty, Participation
from setfair.facilitators.journey import Stage as Training
from setfair.people.models import Custody
from setfair.preparation.models import Override

from ..models import Booking
from ..team_for import ADULTS_IN_CUSTODY
from .agreed import was_given_back

PART, YES = Assignment.Part, Duty.Answer.YES


def stands() -> Q:
    """Of a yes: whoever gave it is on the team still, and that hour was not booked and given back since."""
    on_it = Assignment.objects.filter(case=OuterRef("case"), facilitator=OuterRef("facilitator"), ended_at__isnull=True)
    return Q(Exists(on_it)) & ~was_given_back()


def asked_ahead(now: datetime, **said: Any) -> QuerySet[Duty]:
    """Of a case: questions about an hour that lies ahead."""
    return Duty.objects.filter(case=OuterRef("pk"), starts_at__gt=now, **said)


def said_yes(now: datetime) -> QuerySet[Duty]:
    """Of a case: the last yes of each of its team, where it stands and its hour lies ahead."""
    later = Duty.objects.filter(case=OuterRef("case"), facilitator=OuterRef("facilitator"), answer=YES, answered_at__gt=OuterRef("answered_at"))
    return asked_ahead(now, answer=YES).filter(stands(), ~Exists(later))


def with_team(rows: QuerySet[Case], now: datetime) -> QuerySet[Case]:
    """These cases with whether the programme's rule asks for more adults (`short`) or students (`fewer`), on the day of the hour that is
    booked or was asked for last, and to how many `hours` their team said yes."""
    valid = Q(facilitator__certified_until__isnull=True) | Q(facilitator__certified_until__gte=OuterRef("day"))
    team = Assignment.objects.filter(valid, case=OuterRef("pk"), ended_at__isnull=True, facilitator__stage=Training.CERTIFIED)
    people = Participation.objects.filter(case=OuterRef("pk"), left_at__isnull=True)
    rows = rows.annotate(day=_day(now)).annotate(
        staff=_many(team.exclude(part=PART.STUDENT)),
        students=_many(team.filter(part=PART.STUDENT)),
        hours=_many(said_yes(now), Count("starts_at", distinct=True)),
        inside=Exists(people.filter(person__in=Custody.objects.filter(ended_at__isnull=True).values("person"))),
    )
    aside = Override.objects.filter(Q(for_day=None) | Q(for_day=OuterRef("day")), case=OuterRef("pk"), blocker="students")
    short = ~Q(Exists(team.filter(part=PART.LEAD))) | Q(staff__lt=F("programme__staff_needed")) | Q(inside=True, staff__lt=ADULTS_IN_CUSTODY)
    fewer = Q(~Exists(aside), inside=False, students__lt=F("programme__students_needed"))
    return rows.annotate(short=Choose(When(short, then=True), default=False), fewer=Choose(When(fewer, then=True), default=False))


def has_one_hour() -> Q:
    """Of a case `with_team`: nobody is missing, and all who were asked said yes to the same hour."""
    return Q(hours=1, short=False, fewer=False)


def has_an_hour(now: datetime) -> Q:
    """Of a case `with_team`: one of them is asked for an hour that lies ahead, or it has one."""
    return Q(Exists(asked_ahead(now, answer="", until__gt=now))) | has_one_hour()


def _many(rows: QuerySet[Any], what: Count | None = None) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values("case").annotate(n=what or Count("pk")).values("n")), 0)


def _day(now: datetime) -> Cast:
    """On the programme's clock; where no hour is named, today."""
    booked = Booking.objects.filter(case=OuterRef("pk"), released_at__isnull=True).values("during__startswith")
    asked = asked_ahead(now).exclude(answer=Duty.Answer.OFF).order_by("-asked_at", "-id").values("starts_at")
    hour = Coalesce(Subquery(booked[:1]), Subquery(asked[:1]), Value(now, output_field=DateTimeField()))
    return Cast(Func(F("programme__zone"), hour, function="timezone", output_field=DateTimeField()), DateField())
