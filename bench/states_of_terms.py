"""A term that is planned at once, for the screens: searched for next door; at school a draft, and one that was put away or booked before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from setfair.core import clock
from setfair.journal.journey import move
from setfair.planning import actions, queries
from setfair.planning.journey import Stage
from setfair.planning.models import Line, Plan
from setfair.planning.tasks import go_on
from setfair.village.build import Village

WEEKS = timedelta(weeks=6)


def planned(village: Village, at: dict[str, dict[str, Any]]) -> None:
    """At school: one that was put away, one that is booked but for a line, and a draft in which somebody is pinned, taken out and without a time."""
    by, first = village.actor("cora"), queries.days_ahead(village.school)
    plans = {"away": actions.plan_term(village.school, by=by, first=first, last=first + WEEKS, language="en")}
    actions.put_away(plans["away"], by=by)
    plans["done"] = actions.plan_term(village.school, by=by, first=first, last=first + WEEKS, language="en")
    go_on(seconds=0.1)
    placed = [(line.case_id, line.room_id, line.during) for line in Line.objects.filter(plan=plans["done"], state="placed")]
    for stage in (Stage.BOOKING, Stage.DONE):
        plans["done"].refresh_from_db()
        move(plans["done"], stage, by=by)
    plans["draft"] = actions.plan_term(village.school, by=by, first=first, last=first + WEEKS, language="en")
    go_on(seconds=0.1)
    for number, (case, room, during) in enumerate(placed):
        taken = {"state": "refused", "words": {"refused": "That room is not free then. Please choose another time or room."}}
        Line.objects.create(plan=plans["done"], case_id=case, room_id=room, during=during, **({"state": "booked"} if number else taken))
    line = Line.objects.filter(plan=plans["draft"], state="placed").order_by("during").first()
    if line is not None:
        actions.pin(line, by=by, pinned=True)
        at["plan.line"] = {"pk": line.pk}
    at |= {f"plan.{name}": {"pk": plan.pk} for name, plan in plans.items()}


def searched_for(village: Village, at: dict[str, dict[str, Any]]) -> None:
    """Next door, in the middle of it."""
    first, now = queries.days_ahead(village.county), clock.now()
    said = {"first_day": first, "last_day": first + WEEKS, "by": village.users["nour"].pk, "wanted": 7, "found": 5, "far": 40, "seen_at": now}
    at["plan.searching"] = {"pk": Plan.objects.create(**said).pk}
