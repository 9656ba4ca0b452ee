"""How to reach somebody safely: the card that the team keeps, and the same on the person's own pages."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Participation
from setfair.cases.queries import circle, frame
from setfair.people import actions as people
from setfair.people.forms import OwnWayForm, ReadingForm, WayForm
from setfair.people.models import Contact, Person
from setfair.people.queries import was_stopped, way_of, ways_and_gaps

Both = require_http_methods(["GET", "POST"])


@door(Permission.PREPARE, Participation)
@require_GET
def contact(request: HttpRequest, participation: Participation) -> HttpResponse:
    return _card(request, participation)


def _card(request: HttpRequest, participation: Participation, status: int = 200, form: ReadingForm | None = None) -> HttpResponse:
    person = participation.person
    known = {p.person_id: p.person.shown for p in circle(participation.case)}
    form = form or ReadingForm(initial={name: getattr(person, name) for name in ReadingForm.base_fields})
    page = {"participation": participation, "person": person, "ways": ways_and_gaps(person, known), "form": form}
    return render(request, "preparation/contact.html", frame(participation.case, "case_people") | page, status=status)


@door(Permission.PREPARE, Participation)
@require_POST
def contact_reading(request: HttpRequest, participation: Participation) -> HttpResponse:
    form = ReadingForm(request.POST)
    if not form.is_valid():
        return _card(request, participation, 422, form)
    people.note_reading(participation.person, by=request.actor, case=participation.case_id, **form.cleaned_data)  # type: ignore[attr-defined]
    messages.success(request, _("It is written down."))
    return redirect("contact", pk=participation.pk)


@door(Permission.PREPARE, Participation)
@Both
def contact_way(request: HttpRequest, participation: Participation, way: str) -> HttpResponse:
    """One way, with all that was said about it. It holds from the next letter on."""
    person, others = participation.person, [p.person for p in circle(participation.case) if p.person_id != participation.person_id]
    form = WayForm(
        request.POST or None, way=_way(way), now=way_of(person, way), circle={o.pk: o for o in others}.values(), was_stopped=was_stopped(person)
    )
    if _is_kept(request, form, person, participation):
        return redirect("contact", pk=participation.pk)
    page = {"participation": participation, "person": person, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "preparation/contact_way.html", frame(participation.case, "case_people") | page, status=status)


@door(Permission.TAKE_PART, Participation)
@require_GET
def my_contact(request: HttpRequest, me: Participation) -> HttpResponse:
    return render(request, "preparation/my_contact.html", {"me": me, "ways": ways_and_gaps(me.person, {})})


@door(Permission.TAKE_PART, Participation)
@Both
def my_contact_way(request: HttpRequest, me: Participation, way: str) -> HttpResponse:
    form = OwnWayForm(request.POST or None, way=_way(way), now=way_of(me.person, way))
    if _is_kept(request, form, me.person, me):
        return redirect("my_contact")
    return render(request, "preparation/my_contact_way.html", {"me": me, "form": form}, status=422 if form.is_bound else 200)


def _way(way: str) -> str:
    if way not in Contact.Way.values:
        raise Http404
    return way


def _is_kept(request: HttpRequest, form: OwnWayForm, person: Person, participation: Participation) -> bool:
    """Whether what the form says became a fact."""
    if not form.is_valid():
        return False
    own = participation.pk == request.actor.id or form.cleaned_data.get("own_word", False)  # type: ignore[attr-defined]
    said: dict[str, Any] = {"way": str(form.way), "value": form.cleaned_data["value"], "card": form.card(), "own_word": own}
    try:
        people.describe_way(person, by=request.actor, case=participation.case_id, **said)  # type: ignore[attr-defined]
    except people.CannotAdd as reason:
        form.add_error(None, str(reason))
        return False
    messages.success(request, _("Thank you. It holds from the next message on."))
    return True
