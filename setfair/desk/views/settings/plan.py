"""Windows, terms, closures, rooms and closed places: pages of one shape."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core import signing
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.programmes import actions
from setfair.programmes.forms.careful import CarefulForm
from setfair.programmes.forms.plan import ClosureForm, NewWindowsForm, PlaceForm, TermForm, WindowForm
from setfair.programmes.forms.rooms import RoomForm, VenueForm
from setfair.programmes.models import ClosedPlace, Closure, Programme, Room, Term, Venue, Window

from .saving import saved, saved_over, status_of
from .wizard import wizard

View = Callable[..., HttpResponse]
COLUMNS = [_("Name"), _("What"), ""]
UNDO = 600
"""Seconds in which something taken out can be put back as it was."""


@dataclass(frozen=True)
class Kind:
    """One part of the plan: its rows, how one is told in words, and the forms that add and change one."""

    name: str
    model: Any
    new: type[Form]
    one: type[CarefulForm]
    heading: Any
    lead: Any
    empty: Any
    order: tuple[str, ...]
    said: Callable[[Any], str]
    beside: tuple[str, ...] = ()

    def rows(self) -> list[dict[str, Any]]:
        found = self.model.objects.select_related(*(self.beside or (None,))).order_by(*self.order)
        return [{"row": row, "words": self.said(row), "links": self.links(row)} for row in found]

    def links(self, row: Any) -> dict[str, str]:
        verbs = ("one", "remove") if not self.closes else ("one", "reopen" if row.closed_at else "close")
        return {verb: reverse(f"settings_{self.name}_{verb}", args=[row.pk]) for verb in verbs}

    def listing(self) -> str:
        return reverse(f"settings_{self.name}")

    def again(self) -> str:
        return "" if self.closes else reverse(f"settings_{self.name}_again")

    @property
    def closes(self) -> bool:
        """Whether a row is closed and stays, because others lead to it; else it is taken out."""
        return self.model in (Room, ClosedPlace)


def _hours(row: Window) -> str:
    said = [f"{WEEKDAYS[row.weekday]}, {time_format(row.starts, 'TIME_FORMAT')}–{time_format(row.ends, 'TIME_FORMAT')}"]
    said += [_("at most %(n)s minutes") % {"n": row.longest}] if row.longest else []
    said += [str(row.get_kind_display())] if row.kind != Window.Kind.SCHOOL else []
    return " · ".join([*said, *_while(row)])


def _while(row: Window) -> list[str]:
    if row.term is not None:
        return [row.term.name]
    first, last = (date_format(day, "DATE_FORMAT") if day else "" for day in (row.first_on, row.last_on))
    return [f"{first} – {last}".strip()] if first or last else []


def _days(row: Term | Closure) -> str:
    first, last = date_format(row.starts_on, "DATE_FORMAT"), date_format(row.ends_on, "DATE_FORMAT")
    return first if first == last else f"{first} – {last}"


def _closed(row: Closure) -> str:
    whom = str(row.born_in) if row.born_in else row.get_whom_display()
    return " · ".join([_days(row), str(row.get_kind_display()), *([str(whom)] if row.is_for_some else [])])


def _seats(row: Room) -> str:
    seats = ngettext("%(n)s seat", "%(n)s seats", row.seats) % {"n": row.seats}
    has = [str(words) for there, words in ((row.step_free, _("no steps")), (row.loop, _("hearing loop"))) if there]
    return " · ".join(part for part in (seats, *has, row.venue.name if row.venue else "", row.directions) if part)


def _away(row: Venue) -> str:
    return " · ".join(part for part in (row.address, _("%(n)s minutes away") % {"n": row.minutes}) if part)


def _lead(row: ClosedPlace) -> str:
    return ngettext("asked %(n)s day before", "asked %(n)s days before", row.lead_days) % {"n": row.lead_days}


KINDS = [
    Kind("windows", Window, NewWindowsForm, WindowForm, _("Windows"), _("Times of the week in which conferences may be held."),
         _("No windows yet. Nothing can be booked without one."), ("weekday", "starts", "id"), _hours, ("term",)),
    Kind("terms", Term, TermForm, TermForm, _("Terms"), _("Inside a term conferences can be held. With no terms, every week counts."),
         _("No terms yet: every week counts."), ("starts_on", "id"), _days),
    Kind("closures", Closure, ClosureForm, ClosureForm, _("Days off"),
         _("Holidays, exams, a snow day. Meetings and deadlines keep clear of them."), _("No days off yet."), ("starts_on", "id"), _closed),
    Kind("rooms", Room, RoomForm, RoomForm, _("Rooms"), _("Where you can meet."),
         _("No rooms yet. Nothing can be booked without one."), ("name", "id"), _seats, ("venue",)),
    Kind("venues", Venue, VenueForm, VenueForm, _("Other venues"), _("Places with rooms, beside the one where you usually are."),
         _("No other venues. Every room is where you usually are."), ("name", "id"), _away),
    Kind("places", ClosedPlace, PlaceForm, PlaceForm, _("Closed places"), _("Jails, prisons and closed wards in which somebody may be."),
         _("No places yet."), ("name", "id"), _lead),
]  # fmt: skip


def listing_of(kind: Kind) -> View:
    @door(Permission.CHANGE_SETTINGS)
    def listing(request: HttpRequest, programme: Programme) -> HttpResponse:
        form = kind.new(request.POST or None)
        if saved(form, lambda: _add(kind, programme, request.actor, form)):  # type: ignore[attr-defined]
            messages.success(request, _("Added."))
            return redirect(request.get_full_path())
        page = {
            "kind": kind,
            "rows": kind.rows(),
            "columns": COLUMNS,
            "form": form,
            "taken_out": request.GET.get("back", ""),
            "wizard": wizard(request, kind.name),
        }
        return render(request, "settings/plan.html", page, status=status_of(form))

    return listing


def one_of(kind: Kind) -> View:
    @door(Permission.CHANGE_SETTINGS, kind.model)
    def one(request: HttpRequest, row: Any) -> HttpResponse:
        form = kind.one(request.POST) if request.method == "POST" else kind.one.of(row)
        by = request.actor  # type: ignore[attr-defined]
        if saved_over(row, form, lambda: actions.change(row, by=by, seen=form.cleaned_data["seen"], **form.facts())):
            messages.success(request, _("Saved."))
            return redirect(kind.listing())
        return render(request, "settings/plan_one.html", {"kind": kind, "row": row, "form": form}, status=status_of(form))

    return one


def remove_of(kind: Kind) -> View:
    @require_POST
    @door(Permission.CHANGE_SETTINGS, kind.model)
    def remove(request: HttpRequest, row: Any) -> HttpResponse:
        token = signing.dumps({name: _plain(getattr(row, name)) for name in kind.one.names()}, salt=kind.name)
        try:
            actions.remove(row, by=request.actor)  # type: ignore[attr-defined]
        except actions.CannotChange as reason:
            messages.error(request, str(reason))
            return redirect(kind.listing())
        return redirect(f"{kind.listing()}?back={token}")

    return remove


def again_of(kind: Kind) -> View:
    @require_POST
    @door(Permission.CHANGE_SETTINGS)
    def again(request: HttpRequest, programme: Programme) -> HttpResponse:
        """Put back what was taken out a moment ago."""
        form = kind.one(_unsigned(kind, request.POST.get("back", "")))
        if form.is_valid():
            actions.add(kind.model, by=request.actor, **form.facts())  # type: ignore[attr-defined]
            messages.success(request, _("It is back."))
        return redirect(kind.listing())

    return again


@require_POST
@door(Permission.CHANGE_SETTINGS, Room)
def close_room(request: HttpRequest, room: Room) -> HttpResponse:
    actions.close_room(room, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("Nothing new is booked there. What is booked already stays."))
    return redirect("settings_rooms")


@require_POST
@door(Permission.CHANGE_SETTINGS, Room)
def reopen_room(request: HttpRequest, room: Room) -> HttpResponse:
    actions.reopen_room(room, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("It can be booked again."))
    return redirect("settings_rooms")


def _add(kind: Kind, programme: Programme, actor: Any, form: Any) -> None:
    if kind.model is Window:
        actions.add_windows(programme, by=actor, **form.facts())
    else:
        actions.add(kind.model, by=actor, **form.facts())


def _plain(value: Any) -> str:
    return "" if value is None else str(getattr(value, "pk", value))


def _unsigned(kind: Kind, token: str) -> dict[str, str]:
    try:
        return dict(signing.loads(token, salt=kind.name, max_age=UNDO))
    except signing.BadSignature:
        return {}
