"""The week of a programme as a list, by windows or by rooms; to look at and to print."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.core import clock
from setfair.programmes.models import Programme

from ..week import WEEK, monday_of, week

VIEWS = (("list", _("List")), ("windows", _("Week")), ("rooms", _("Rooms")))


class WhichWeek(forms.Form):
    """Whatever makes no sense is left aside."""

    day = forms.DateField(required=False)
    view = forms.ChoiceField(choices=VIEWS, required=False)

    def said(self, name: str, otherwise: Any) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name) or otherwise


@require_safe
@door(Permission.SEE_WEEK)
def the_week(request: HttpRequest, programme: Programme) -> HttpResponse:
    asked, today = WhichWeek(request.GET), clock.local(clock.now(), programme.zone).date()
    monday, view = monday_of(asked.said("day", today)), asked.said("view", "list")
    found = week(request.actor, programme, monday)  # type: ignore[attr-defined]
    tabs = [{"label": label, "url": _at(monday, name), "current": name == view} for name, label in VIEWS]
    ways = {"earlier": _at(monday - WEEK, view), "later": _at(monday + WEEK, view), "now": _at(monday_of(today), view)}
    heads = [f"{date_format(day.day, 'D')} {day.day.day}" for day in found["days"]]
    columns = [_("Room") if view == "rooms" else _("Window"), *heads]
    context = found | {"tabs": tabs, "ways": ways, "view": view, "monday": monday, "sunday": monday + timedelta(days=6), "columns": columns}
    rows = [(row, list(zip(heads, row.cells, strict=True))) for row in found.get(view, ()) or ()]
    return render(request, "desk/week.html", context | {"rows": rows})


def _at(monday: Any, view: str) -> str:
    return f"?{urlencode({'day': monday.isoformat(), 'view': view})}"
