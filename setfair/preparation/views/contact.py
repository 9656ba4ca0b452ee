"""How to reach somebody safely, and what they want to have with a time: the card that the team keeps, and the same on the person's own pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from setfair.access.doors import door
from setfair.access.limits import allow
from setfair.access.policy import Permission
from setfair.cases.models import Participation
from setfair.cases.queries import circle, frame
from setfair.people import actions as people
from setfair.people import own_ways
from setfair.people.forms import CodeForm, OwnPageForm, ReadingForm, SettleForm, TimesForm, TimesToldForm, WayForm, ZoneForm
from setfair.people.models import Contact, Person, WayWish
from setfair.people.queries import had_another, was_stopped, way_of, ways_and_gaps
from setfair.programmes.zones import city

from .. import reaching

Both = require_http_methods(["GET", "POST"])
CHANGES, TRIES = (10, timedelta(days=1)), (10, timedelta(days=1))
"""How often one person may change a way, and type a code, in a day: no address is made to ring by somebody else's link."""


@door(Permission.PREPARE, Participation)
@require_GET
def contact(request: HttpRequest, participation: Participation) -> HttpResponse:
    return _card(request, participation)


def _card(
    request: HttpRequest, participation: Participation, status: int = 200, form: ReadingForm | None = None, zone: ZoneForm | None = None
) -> HttpResponse:
    person = participation.person
    known = {p.person_id: p.person.shown for p in circle(participation.case)}
    form = form or ReadingForm(initial={name: getattr(person, name) for name in ReadingForm.base_fields})
    page = {"participation": participation, "person": person, "ways": ways_and_gaps(person, known), "form": form}
    page["zone"] = zone or ZoneForm(programme=participation.programme, initial={"zone": person.zone})
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
@require_POST
def contact_zone(request: HttpRequest, participation: Participation) -> HttpResponse:
    form = ZoneForm(request.POST, programme=participation.programme)
    if not form.is_valid():
        return _card(request, participation, 422, zone=form)
    people.live_by(participation.person, by=request.actor, zone=form.cleaned_data["zone"], case=participation.case_id)  # type: ignore[attr-defined]
    messages.success(request, _("It is written down."))
    return redirect("contact", pk=participation.pk)


@door(Permission.PREPARE, Participation)
@Both
def contact_way(request: HttpRequest, participation: Participation, way: str) -> HttpResponse:
    """One way, with all that was said about it. It holds from the next letter on."""
    person, others = participation.person, [p.person for p in circle(participation.case) if p.person_id != participation.person_id]
    form = WayForm(
        request.POST or None,
        way=_way(way),
        now=way_of(person, way),
        circle={o.pk: o for o in others}.values(),
        was_stopped=was_stopped(person, request.POST.get("value", "")),
    )
    if _is_kept(request, form, person, participation):
        return redirect("contact", pk=participation.pk)
    page = {"participation": participation, "person": person, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "preparation/contact_way.html", frame(participation.case, "case_people") | page, status=status)


@door(Permission.PREPARE, Participation)
@Both
def way_changes(request: HttpRequest, participation: Participation) -> HttpResponse:
    """What they changed on their own page, until somebody of the team has looked at it."""
    if request.method == "POST":
        form = SettleForm(request.POST)
        try:
            if form.is_valid():
                reaching.settle(participation, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
        except people.CannotAdd as reason:
            messages.error(request, str(reason))
        return redirect("way_changes", pk=participation.pk)
    page = {"participation": participation, "person": participation.person, "changes": reaching.changes(participation.person)}
    return render(request, "preparation/way_changes.html", frame(participation.case, "case_people") | page)


@door(Permission.TAKE_PART, Participation)
@require_GET
def my_contact(request: HttpRequest, me: Participation) -> HttpResponse:
    return _my_page(request, me)


def _my_page(request: HttpRequest, me: Participation, status: int = 200, form: CodeForm | None = None) -> HttpResponse:
    waiting = reaching.waiting(me.person)
    page = {"me": me, "ways": ways_and_gaps(me.person, {}), "waiting": waiting, "asks_code": any(one.for_code for one in waiting)}
    page |= {"form": form or CodeForm(), "zone": city(str(me.person.zone)) if me.person.zone else ""}
    return render(request, "preparation/my_contact.html", page, status=status)


@door(Permission.TAKE_PART, Participation)
@Both
def my_contact_way(request: HttpRequest, me: Participation, way: str) -> HttpResponse:
    form = OwnPageForm(request.POST or None, way=_way(way), now=way_of(me.person, way))
    if form.is_valid() and allow(f"own way {me.person_id}", limit=CHANGES[0], per=CHANGES[1]):
        said = {"value": form.cleaned_data["value"], "card": form.card(), "old_is_safe": form.cleaned_data.get("old") == "yes"}
        wish = reaching.change_own_way(me, by=request.actor, way=way, **said)  # type: ignore[attr-defined]
        messages.success(request, _told(wish))
        return redirect("my_contact")
    if form.is_valid():
        form.add_error(None, _("You changed this often today. Please call us."))
    return render(request, "preparation/my_contact_way.html", {"me": me, "form": form}, status=422 if form.is_bound else 200)


def _told(wish: WayWish | None) -> str:
    if wish is None or not wish.value:
        return _("Thank you. It holds from the next message on.")
    if own_ways.stays(wish):
        return _("Thank you. It stays as it is until we have talked with you.")
    if wish.proof and not own_ways.is_proven(wish):
        return _("Thank you. We sent a code there. Please type it here.")
    return _("Thank you. We talk with you before we use it.") if had_another(wish) or not wish.proof else _("Thank you. We use it from now on.")


@door(Permission.TAKE_PART, Participation)
@require_POST
def my_contact_code(request: HttpRequest, me: Participation) -> HttpResponse:
    """The code that came to the new address; guessed too often, none is taken for a day."""
    form = CodeForm(request.POST)
    if form.is_valid():
        allowed = allow(f"own way code {me.person_id}", limit=TRIES[0], per=TRIES[1])
        wish = reaching.prove_own_way(me, by=request.actor, code=form.cleaned_data["code"]) if allowed else None  # type: ignore[attr-defined]
        if wish is not None:
            messages.success(request, _told(wish))
            return redirect("my_contact")
        form.add_error("code", _("This is not the code, or it is too old. Look again, or write your address once more."))
    return _my_page(request, me, 422, form)


@door(Permission.TAKE_PART, Participation)
@Both
def my_times_as(request: HttpRequest, me: Participation) -> HttpResponse:
    form = TimesForm(request.POST if request.method == "POST" else None, initial={"times_as": me.person.times_as})
    if form.is_valid():
        people.give_times_as(me.person, by=request.actor, case=me.case_id, **form.cleaned_data)  # type: ignore[attr-defined]
        messages.success(request, _("Thank you. It holds from the next message on."))
        return redirect("my_contact")
    return render(request, "preparation/my_times_as.html", {"me": me, "form": form}, status=422 if form.is_bound else 200)


@door(Permission.PREPARE, Participation)
@Both
def times_as(request: HttpRequest, participation: Participation) -> HttpResponse:
    form = TimesToldForm(request.POST if request.method == "POST" else None, initial={"times_as": participation.person.times_as})
    if form.is_valid():
        people.give_times_as(participation.person, by=request.actor, case=participation.case_id, **form.cleaned_data)  # type: ignore[attr-defined]
        messages.success(request, _("It is written down."))
        return redirect("contact", pk=participation.pk)
    page = {"participation": participation, "person": participation.person, "form": form}
    return render(request, "preparation/times_as.html", frame(participation.case, "case_people") | page, status=422 if form.is_bound else 200)


def _way(way: str) -> str:
    if way not in Contact.Way.values:
        raise Http404
    return way


def _is_kept(request: HttpRequest, form: WayForm, person: Person, participation: Participation) -> bool:
    """Whether what the form says became a fact."""
    if not form.is_valid():
        return False
    said: dict[str, Any] = {"way": str(form.way), "value": form.cleaned_data["value"], "card": form.card()}
    said |= {"own_word": form.cleaned_data.get("own_word", False)}
    try:
        people.describe_way(person, by=request.actor, case=participation.case_id, **said)  # type: ignore[attr-defined]
    except people.CannotAdd as reason:
        form.add_error(None, str(reason))
        return False
    messages.success(request, _("Thank you. It holds from the next message on."))
    return True
