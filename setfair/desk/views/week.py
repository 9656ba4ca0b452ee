"""The week of a programme as a list, by windows or by rooms; to look at and to print."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

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

from ..moved import moved, picked, places
from ..week import WEEK, coming, monday_of, week

VIEWS = (("list", _("List")), ("windows", _("Grid")), ("rooms", _("Rooms")))


class WhichWeek(forms.Form):
    """Whatever makes no sense is left aside. `move` is picked up to be put elsewhere, `moved` was put there just now.

    In what hangs on a wall, the rooms and all paper, `names` stand by a tick alone.
    """

    day = forms.DateField(required=False)
    view = forms.ChoiceField(choices=VIEWS, required=False)
    move = forms.UUIDField(required=False)
    moved = forms.UUIDField(required=False)
    names = forms.BooleanField(required=False, label=_("With names, also on paper"))

    def said(self, name: str, otherwise: Any) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name) or otherwise


@require_safe
@door(Permission.SEE_WEEK)
def the_week(request: HttpRequest, programme: Programme) -> HttpResponse:
    asked, today = WhichWeek(request.GET), clock.local(clock.now(), programme.zone).date()
    monday, view = monday_of(asked.said("day", coming(today))), asked.said("view", "list")
    actor, move, named = request.actor, asked.said("move", None), asked.said("names", False)  # type: ignore[attr-defined]
    found = week(actor, programme, monday) | picked(actor, move, monday) | moved(actor, asked.said("moved", None))
    at = partial(_at, view=view, move=move if "picked" in found else None, names=named)
    tabs = [{"label": label, "url": at(monday, view=name), "current": name == view} for name, label in VIEWS]
    ways = {"earlier": at(monday - WEEK), "later": at(monday + WEEK), "now": at(coming(today)), "leave": at(monday, move=None)}
    days = [one.day for one in found["days"]]
    heads = [f"{date_format(day, 'D')} {day.day}" for day in days]
    rows = [(row.title, places(row, heads, days, today, found.get("spots", {}))) for row in found.get(view, ()) or ()]
    context = {"tabs": tabs, "ways": ways, "view": view, "monday": monday, "sunday": monday + timedelta(days=6), "named": named}
    columns = [_("Room") if view == "rooms" else _("Window"), *heads]
    return render(request, "desk/week.html", found | context | {"asked": asked, "columns": columns, "rows": rows})


def _at(monday: date, view: str, move: UUID | None = None, names: bool = False) -> str:
    return f"?{urlencode({'day': monday.isoformat(), 'view': view} | ({'move': move} if move else {}) | ({'names': 'on'} if names else {}))}"
