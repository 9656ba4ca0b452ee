from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Tie
from setfair.access.ties import under
from setfair.cases.models import Case
from setfair.cases.ties import ties as ties_of_cases
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.core.records import Walled, Within
from setfair.programmes.models import Role, Room
from setfair.vault.fields import SealedJSON

from . import journey


def _planned_it(actor: Actor) -> Q | None:
    return Q(by=actor.id) if actor.kind == Kind.STAFF and actor.has(Role.COORDINATOR) else None


def _of_their_plan(actor: Actor) -> Q | None:
    """A line of one's own plan, as long as its case is still there for them."""
    own, cases = _planned_it(actor), ties_of_cases()[Tie.COORDINATES](actor)
    return under("plan", own) & under("case", cases) if own is not None and cases is not None else None


class Plan(Walled):
    """A term that somebody plans at once. It is theirs: others may be kept from a case that stands in it.

    `far` says in hundredths how far the search is, `found` for how many it has a time. Whoever searches says so (`seen_at`) again
    and again; when nobody has for a while, it is taken up anew. `keeps` is what stays where it is in the next search.
    """

    class Keeps(models.TextChoices):
        PINNED = "pinned", _("what is pinned; the rest is planned again")
        ALL = "all", _("every line that has a time; only the rest is planned")

    JOURNEY = journey.JOURNEY
    ties = {Tie.COORDINATES: _planned_it}

    stage = models.CharField(max_length=9, choices=journey.Stage, default=journey.Stage.SEARCHING)
    first_day = models.DateField()
    last_day = models.DateField()
    keeps = models.CharField(max_length=6, choices=Keeps, default=Keeps.PINNED)
    language = models.CharField(max_length=10, default="en")
    by = models.UUIDField()
    at = models.DateTimeField(default=clock.now)
    wanted = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    far = models.PositiveSmallIntegerField(default=0)
    enough = models.BooleanField(default=False)
    """Somebody stopped the search: the best so far is the draft."""
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "by"], condition=Q(stage__in=sorted(journey.LIVE)), name="plan_one_live"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="plan_runs_forward"),
            models.CheckConstraint(condition=Q(far__lte=100), name="plan_far"),
        ]


class Line(Walled):
    """One case in a plan: its time and room, or why there is none. `words` are `for` and `against` it, what `blocks`, or why it was `refused`.

    `team` is who would be asked to help then, as part and facilitator, where a place in its team is empty.
    """

    class State(models.TextChoices):
        PLACED = "placed", _("has a time")
        ASKED = "asked", _("its team is asked")
        LEFT = "left", _("without a time")
        OUT = "out", _("taken out")
        BOOKED = "booked", _("booked")
        REFUSED = "refused", _("not booked")

    ties = {Tie.COORDINATES: _of_their_plan}

    plan = Within(Plan, models.CASCADE, related_name="lines")
    case = Within(Case, models.CASCADE, related_name="+")
    state = models.CharField(max_length=7, choices=State)
    room = Within(Room, null=True, related_name="+")
    during = DateTimeRangeField(null=True)
    is_pinned = models.BooleanField(default=False)
    team = models.JSONField(default=list, db_default=[])
    words = SealedJSON(of="case_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "plan", "case"], name="line_once"),
            models.CheckConstraint(
                condition=Q(state__in=["left", "out"], room__isnull=True, during__isnull=True, is_pinned=False)
                | Q(state__in=["asked", "booked", "placed", "refused"], room__isnull=False, during__isnull=False, during__isempty=False),
                name="line_has_its_time",
            ),
            ExclusionConstraint(
                name="line_room_free",
                expressions=[
                    ("programme", RangeOperators.EQUAL),
                    ("plan", RangeOperators.EQUAL),
                    ("room", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(state="placed"),
            ),
        ]

    @property
    def places(self) -> list[tuple[str, UUID]]:
        """Part and facilitator of each place for which somebody would be asked."""
        return [(part, UUID(who)) for part, who in self.team]

    @property
    def starts_at(self) -> datetime | None:
        return self.during.lower if self.during else None

    @property
    def ends_at(self) -> datetime | None:
        return self.during.upper if self.during else None

    @property
    def between(self) -> timedelta:
        """How long its room stays free after it."""
        return self.room.between if self.room is not None else timedelta()

    @property
    def minutes(self) -> int:
        return int((self.during.upper - self.during.lower).total_seconds() // 60) if self.during else 0
