from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import conditional_escape
from django.utils.translation import gettext_lazy as _

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.ties import stands_in
from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.programmes.models import Programme, Role

from ..paging import page_of
from ..queries import listed, listed_at
from ..rows import rows_of
from ..search import found_at, jump

TABS = (("mine", _("Mine")), ("open", _("All open")), ("hold", _("On hold")), ("closed", _("Closed")))
COLUMNS = [_("Case"), _("Stage"), _("Next"), _("People"), _("Coordinator"), _("Opened"), _("Deadline")]


class CaseFilter(forms.Form):
    """What the list can be narrowed to. Whatever makes no sense is left aside."""

    stage = forms.ChoiceField(label=_("Stage"), choices=[("", _("Any")), *((s.value, s.label) for s in Stage if s != Stage.CLOSED)], required=False)

    def chosen(self) -> str:
        return self.cleaned_data["stage"] if self.is_valid() else ""

    def chips(self, tab: str) -> list[dict[str, str]]:
        """What it is narrowed to now, each with the way to undo it."""
        stage = self.chosen()
        return [{"label": Stage(stage).label, "url": f"?{urlencode({'tab': tab})}"}] if stage else []


@door(Permission.SEE_TODAY)
def cases(request: HttpRequest, programme: Programme) -> HttpResponse:
    """W5: every case somebody may open, a page at a time; with words in the box, those that the words mean."""
    asked, tab, narrowed = request.GET.get("q", "").strip()[:80], _tab(request), CaseFilter(request.GET)
    there = jump(request.actor, asked)  # type: ignore[attr-defined]
    if there is not None:
        return redirect(there)
    ask = partial(listed_at, request.actor, tab, narrowed.chosen())  # type: ignore[attr-defined]
    if asked:
        ask = partial(found_at, listed(request.actor, tab, narrowed.chosen()), asked, request.actor, programme)  # type: ignore[attr-defined]
    page = page_of(ask, older=request.GET.get("older", ""), newer=request.GET.get("newer", ""))
    context = _around(request, tab, asked) | {
        "filter": narrowed,
        "chips": narrowed.chips(tab),
        "links": _links(request, page),
        "rows": rows_of(page.rows, programme),
    }
    return render(request, "desk/cases.html", context)


def _around(request: HttpRequest, tab: str, asked: str) -> dict[str, Any]:
    words = {"q": asked} if asked else {}
    tabs = [{"url": f"?{urlencode({'tab': name, **words})}", "label": label, "current": name == tab} for name, label in TABS]
    reads = stands_in(request.actor, Permission.READ_REFERRAL, Programme) is not None  # type: ignore[attr-defined]
    return {
        "reads_requests": reads,
        "may_follow_up": stands_in(request.actor, Permission.FOLLOW_UP, Case) is not None,  # type: ignore[attr-defined]
        "may_ask_again": request.actor.has(Role.COORDINATOR),  # type: ignore[attr-defined]
        "tabs": tabs,
        "tab": dict(TABS)[tab],
        "tab_name": tab,
        "asked": asked,
        "columns": [conditional_escape(name) for name in COLUMNS],
    }


def _tab(request: HttpRequest) -> str:
    """The tab that was asked for; a search, and whoever has no cases of their own, begins where everything open is."""
    theirs = request.actor.has(Role.COORDINATOR, Role.FACILITATOR)  # type: ignore[attr-defined]
    fallback = "mine" if theirs and not request.GET.get("q") else "open"
    return request.GET["tab"] if request.GET.get("tab") in dict(TABS) else fallback


def _links(request: HttpRequest, page: Any) -> dict[str, str]:
    kept = {name: value for name, value in request.GET.items() if name in ("tab", "q", "stage") and value}
    return {way: f"?{urlencode(kept | {way: getattr(page, way)})}" for way in ("older", "newer") if getattr(page, way)}
