"""How a case is done now, of one case and of many."""

from __future__ import annotations

from typing import Any

from django.db.models import Case as Either
from django.db.models import OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce

from setfair.core.moulds import Mould
from setfair.programmes.ways import Way

from ..models import Case, Route
from ..route import WAYS, How, way_of

ROUTE = Mould(lambda *, case: Route.objects.filter(case=case).order_by("-at", "-id"))


def how(case: Case) -> How:
    """The latest that was chosen; a meeting, as long as nothing was."""
    return how_of(ROUTE.ask(values={"case": case.pk}))


def how_of(chosen: list[Route]) -> How:
    """The same, of what `ROUTE` answered."""
    return How(chosen[0].how) if chosen else How.CONFERENCE


def way(case: Case) -> Way:
    """What people of this case are asked for."""
    return way_in(ROUTE.ask(values={"case": case.pk}))


def way_in(chosen: list[Route]) -> Way:
    """The same, of what `ROUTE` answered."""
    return way_of(route.how for route in chosen)


def routes(case: Case) -> list[Route]:
    """All that was ever chosen, the latest first."""
    return list(Route.objects.filter(case=case).order_by("-at", "-id"))


def how_in_sql(case: Any = "pk") -> Coalesce:
    """How the case is done that this column of the outer row names."""
    latest = Route.objects.filter(case=OuterRef(case)).order_by("-at", "-id").values("how")[:1]
    return Coalesce(Subquery(latest), Value(How.CONFERENCE.value))


def way_in_sql(case: str = "pk") -> Coalesce:
    """What people of the case that this column of the outer row names are asked for."""
    asked = Route.objects.filter(case=OuterRef(case), how__in=WAYS).order_by("-at", "-id")
    to = Either(*(When(how=how, then=Value(way.value)) for how, way in WAYS.items()))
    return Coalesce(Subquery(asked.annotate(to=to).values("to")[:1]), Value(Way.MEET.value))
