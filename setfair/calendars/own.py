"""When somebody is free, on one page, for a person in a circle and for a member of the team alike. Each sees and changes their own alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.programmes.zones import city

from . import actions
from .forms import AddressForm, Ahead, FileForm, WeekForm
from .looking import look_into
from .models import Calendar
from .queries import calendars_of, week_of, zone_of

A_DAY = timedelta(days=1)


def page(request: HttpRequest, occupant: UUID, said_as: Callable[[datetime, datetime], str] | None = None) -> dict[str, Any] | None:
    """What stands on it; None once something was written down and the page is to be asked for anew.

    `said_as` says hours to somebody who lives by another clock than the programme's.
    """
    sent = request.POST if request.method == "POST" else None
    what = sent.get("what", "") if sent is not None else ""
    zone, ours = request.programme.zone, _ours(request, occupant)  # type: ignore[attr-defined]
    ahead = Ahead(clock.local(clock.now(), zone).date(), zone, said_as if ours else None)
    week = WeekForm(sent if what == "week" else None, week=week_of(occupant), ahead=ahead)
    address, file = AddressForm(sent if what == "address" else None), FileForm(*((sent, request.FILES) if what == "file" else ()))
    if what and _written(request, occupant, what, week, address, file):
        return None
    shown = [{"one": c, "blocks": c.busy.count(), "fault": _fault(c)} for c in calendars_of(occupant)]
    return {"form": week, "address": address, "file": file, "calendars": shown, "is_refused": bool(what), "ours": ours}


def _ours(request: HttpRequest, occupant: UUID) -> str:
    """Where the clock hangs by which the hours of a week are meant, told to those alone who live by another."""
    programme = request.programme  # type: ignore[attr-defined]
    return city(programme.zone) if zone_of(occupant, programme) != programme.zone else ""


def _written(request: HttpRequest, occupant: UUID, what: str, week: WeekForm, address: AddressForm, file: FileForm) -> bool:
    by = request.actor  # type: ignore[attr-defined]
    try:
        if what == "week" and week.is_valid():
            actions.say_week(occupant, by=by, **week.said())
        elif what == "address" and address.is_valid():
            actions.bring_address(occupant, by=by, address=address.cleaned_data["address"])
        elif what == "file" and file.is_valid():
            zone = zone_of(occupant, request.programme)  # type: ignore[attr-defined]
            actions.bring_file(occupant, by=by, blocks=look_into(file.cleaned_data["file"], zone=zone))
        elif what == "remove":
            _remove(request, occupant)
        else:
            return False
    except actions.CannotBring as reason:
        (address if what == "address" else file).add_error(None, str(reason))
        return False
    messages.success(request, _("Saved."))
    return True


def _remove(request: HttpRequest, occupant: UUID) -> None:
    """By what the page named; of somebody else there is none here."""
    for calendar in calendars_of(occupant):
        if str(calendar.pk) == request.POST.get("calendar"):
            actions.remove(calendar, by=request.actor)  # type: ignore[attr-defined]


def _fault(calendar: Calendar) -> str:
    """Why it cannot be read, at once for a new one, and after a day for one that could be read before: a short silence is nobody's business."""
    if calendar.failing_since is None or (calendar.looked_at is not None and calendar.failing_since > clock.now() - A_DAY):
        return ""
    return str(calendar.get_fault_display())
