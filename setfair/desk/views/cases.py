from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.journey import Stage
from setfair.cases.models import Assignment, Case, Hold
from setfair.core.actor import Actor
from setfair.programmes.models import Programme, Role

from ..paging import page_of
from ..rows import rows_of, with_facts
from ..search import found, jump

TABS = (("mine", _("Mine")), ("open", _("All open")), ("hold", _("On hold")), ("closed", _("Closed")))
COLUMNS = [_("Case"), _("Stage"), _("Next"), _("People"), _("Coordinator"), _("Opened"), _("Deadline")]


class CaseFilter(forms.Form):
    """What the list can be narrowed to. Whatever makes no sense is left aside."""

    stage = forms.ChoiceField(
        label=_("Stage"), choices=[("", _("Any")), *((s.value, s.label) for s in Stage if s != Stage.CLOSED)], required=False
    )


@door(Permission.SEE_TODAY)
def cases(request: HttpRequest, programme: Programme) -> HttpResponse:
    """W5: every case somebody may open, a page at a time; with words in the box, those that the words mean."""
    asked = request.GET.get("q", "").strip()[:80]
    there = jump(request.actor, asked)  # type: ignore[attr-defined]
    if there is not None:
        return redirect(there)
    tab = _tab(request)
    chosen = CaseFilter(request.GET)
    rows = _chosen(request.actor, tab, chosen)  # type: ignore[attr-defined]
    if asked:
        rows = found(rows, asked, by=request.actor, programme=programme)  # type: ignore[attr-defined]
    page = page_of(with_facts(rows), older=request.GET.get("older", ""), newer=request.GET.get("newer", ""))
    around = {
        "tabs": _tabs(tab, asked),
        "tab": dict(TABS)[tab],
        "tab_name": tab,
        "asked": asked,
        "filter": chosen,
        "columns": COLUMNS,
        "links": _links(request, page),
    }
    return render(request, "desk/cases.html", around | {"rows": rows_of(page.rows, programme)})


def _tab(request: HttpRequest) -> str:
    """The tab that was asked for; a search, and whoever has no cases of their own, begins where everything open is."""
    theirs = request.actor.has(Role.COORDINATOR, Role.FACILITATOR)  # type: ignore[attr-defined]
    fallback = "mine" if theirs and not request.GET.get("q") else "open"
    return request.GET["tab"] if request.GET.get("tab") in dict(TABS) else fallback


def _chosen(actor: Actor, tab: str, chosen: CaseFilter) -> QuerySet[Case]:
    rows = open_to(actor, Permission.OPEN_CASE, Case)
    resting = Exists(Hold.objects.filter(case=OuterRef("pk"), lifted_at__isnull=True))
    mine = Q(coordinator=actor.id) | Exists(
        Assignment.objects.filter(case=OuterRef("pk"), facilitator__user=actor.id, ended_at__isnull=True)
    )
    rows = rows.filter(stage=Stage.CLOSED) if tab == "closed" else rows.exclude(stage=Stage.CLOSED)
    rows = rows.filter({"mine": mine, "hold": resting}.get(tab, Q()))
    stage = chosen.cleaned_data.get("stage") if chosen.is_valid() else ""
    return rows.filter(stage=stage) if stage and tab != "closed" else rows


def _tabs(tab: str, asked: str) -> list[dict[str, Any]]:
    words = {"q": asked} if asked else {}
    return [{"url": f"?{urlencode({'tab': name, **words})}", "label": label, "current": name == tab} for name, label in TABS]


def _links(request: HttpRequest, page: Any) -> dict[str, str]:
    kept = {name: value for name, value in request.GET.items() if name in ("tab", "q", "stage") and value}
    return {way: f"?{urlencode(kept | {way: getattr(page, way)})}" for way in ("older", "newer") if getattr(page, way)}
