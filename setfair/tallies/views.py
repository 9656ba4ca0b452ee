from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.programmes.models import Programme

from . import queries, rules, shown


@door(Permission.READ_OUTCOMES)
@require_GET
def outcomes(request: HttpRequest, programme: Programme) -> HttpResponse:
    """What came of it in one stretch of years, the latest first; as it was said when they were over."""
    said = {str(one.first): one for one in reversed(queries.released())}
    chosen = request.GET.get("years") or next(iter(said), "")
    if chosen and chosen not in said:
        raise Http404
    years = [(first, shown.period(one), first == chosen) for first, one in said.items()]
    here = said.get(chosen)
    page = {
        "years": years,
        "period": here and shown.period(here),
        "tables": shown.tables(here) if here else [],
        "small": rules.SMALL,
        "once": rules.ONCE,
    }
    return render(request, "tallies/outcomes.html", page)
