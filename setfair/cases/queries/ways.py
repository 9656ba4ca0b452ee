"""How a case is done now, of one case and of many."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from setfair.core.moulds import Mould

from ..models import Case, Route
from ..route import How, Way, way_of

ROUTE = Mould(lambda *, case: Route.objects.filter(case=case).order_by("-at", "-id")[:1])


def how(case: Case) -> How:
    """The latest that was chosen; a meeting, as long as nothing was."""
    return how_of([ROUTE.first(values={"case": case.pk})])


def how_of(latest: list[Route | None]) -> How:
    """The same, of what `ROUTE` answered."""
    chosen = next(iter(latest), None)
    return How(chosen.how) if chosen is not None else How.CONFERENCE


def way(case: Case) -> Way:
    """What people of this case are asked for."""
    return way_of(how(case))


def routes(case: Case) -> list[Route]:
    """All that was ever chosen, the latest first."""
    return list(Route.objects.filter(case=case).order_by("-at", "-id"))


def how_in_sql(case: Any = "pk") -> Coalesce:
    """How the case is done that this column of the outer row names."""
    latest = Route.objects.filter(case=OuterRef(case)).order_by("-at", "-id").values("how")[:1]
    return Coalesce(Subquery(latest), Value(How.CONFERENCE.value))
