"""The team of a case: who facilitates it, who coordinates it, who is kept out, whom its seal could name."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import QuerySet, Value, When

from setfair.accounts.models import User
from setfair.core.moulds import Mould
from setfair.facilitators.models import Facilitator
from setfair.programmes.models import Membership
from setfair.programmes.models import Role as Staff

from ..journey import Stage
from ..models import Assignment, Case, Exclusion, Seal
from .standing import of_seal, sealed


def team(case: Case) -> QuerySet[Assignment]:
    """Who facilitates it now: the lead, those beside them, the students."""
    return _ranked(Assignment.objects.filter(case=case, ended_at__isnull=True))


def _ranked(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    rank = Choose(When(part=Assignment.Part.LEAD, then=Value(0)), When(part=Assignment.Part.CO, then=Value(1)), default=Value(2))
    return rows.select_related("facilitator__user").order_by(rank, "since", "id")


def now_and_change(ever: list[Assignment]) -> tuple[list[Assignment], datetime | None]:
    """Of everyone who was ever of the team (`TEAM`): who is, as `team` gives it, and when somebody last joined or left."""
    moments = [m for a in ever for m in (a.since, a.ended_at) if m is not None]
    return [a for a in ever if a.ended_at is None], max(moments, default=None)


TEAM = Mould(lambda *, case: _ranked(Assignment.objects.filter(case=case)))


def of_the_team() -> QuerySet[Facilitator]:
    """Everyone who was ever put forward: a form may name them, and the action says in words why one of them may not."""
    return Facilitator.objects.select_related("user")


def coordinators(case: Case) -> QuerySet[User]:
    """Who could take this case on, or be told of it."""
    there = coordinators_of(case.programme_id).exclude(pk__in=kept_out(case).values("user_id"))
    return there.filter(pk__in=of_seal(case).values("user_id")) if sealed(case) else there


def kept_out(case: Case) -> QuerySet[Exclusion]:
    """Who of the staff may not open it now, in the order in which it was said."""
    return Exclusion.objects.filter(case=case, ended_at__isnull=True).select_related("user").order_by("since", "id")


def staff_of(case: Case) -> QuerySet[User]:
    """Everyone with a role in its programme now, by name."""
    roles = Membership.objects.filter(programme=case.programme_id, ended_at__isnull=True)
    return User.objects.filter(pk__in=roles.values("user_id")).order_by("name", "pk")


def coordinators_of(programme_id: UUID | None) -> QuerySet[User]:
    """Who coordinates in this programme now, by name."""
    roles = Membership.objects.filter(programme=programme_id, role=Staff.COORDINATOR, ended_at__isnull=True)
    return User.objects.filter(pk__in=roles.values("user_id")).order_by("name", "pk")


def alerted(case: Case) -> list[User]:
    """Whom an alert about this case goes to: its coordinator, or every coordinator when that one is here no more."""
    present = list(coordinators(case))
    return [user for user in present if user.pk == case.coordinator_id] or present


def coordinated(user: User) -> QuerySet[Case]:
    """The cases that are open and wait for this coordinator. A sealed one stays with its team, and is not even counted."""
    under_seal = Seal.objects.filter(ended_at__isnull=True)
    return Case.objects.filter(coordinator=user).exclude(stage=Stage.CLOSED).exclude(pk__in=under_seal.values("case_id")).order_by("ref")


def could_be_named(case: Case) -> QuerySet[User]:
    """Of the staff of its programme those whom no seal names yet and who are not kept out."""
    return staff_of(case).exclude(pk__in=of_seal(case).values("user_id")).exclude(pk__in=kept_out(case).values("user_id"))
