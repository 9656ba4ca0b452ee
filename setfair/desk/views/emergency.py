from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from setfair.access.doors import door
from setfair.access.limits import allow, give_back
from setfair.access.policy import Permission
from setfair.access.sure import sure
from setfair.access.ties import may
from setfair.cases import actions, emergencies
from setfair.cases.forms import EmergencyForm, EmergencyReviewForm
from setfair.cases.models import Emergency
from setfair.core import tenant
from setfair.core.actor import Actor
from setfair.programmes.models import Programme

from ..emergency import page_of

GUESSES = (5, timedelta(hours=1))


@door(Permission.BREAK_SEAL)
@sure
def break_seal(request: HttpRequest, programme: Programme) -> HttpResponse:
    """A sealed case, by its reference alone. What is no sealed case, or none for this person, gets one and the same answer."""
    form = EmergencyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said, by = form.cleaned_data, request.actor  # type: ignore[attr-defined]
        known = emergencies.found_anyhow(said["reference"], by)
        if known is not None:
            return redirect("case", ref=known.ref)
        try:
            return redirect("emergency", pk=_opened(said["reference"], said["reason"], programme, by).pk)
        except actions.CannotChange as refusal:
            form.add_error(None, str(refusal))
    return render(request, "desk/break_seal.html", {"form": form}, status=422 if form.is_bound else 200)


def _opened(ref: str, reason: str, programme: Programme, by: Actor) -> Emergency:
    """Each guess is counted before it is looked at, and given back when it was right."""
    what = f"break seal {by.id}"
    if not allow(what, limit=GUESSES[0], per=GUESSES[1]):
        raise actions.CannotChange(_("Too many tries. Please wait an hour, or call whoever coordinates it."))
    case = emergencies.sealed_case(ref, by)
    if case is None:
        actions.note_guess(programme, by=by)
        raise actions.CannotChange(_("There is no sealed case with this reference that you could open."))
    try:
        emergency = actions.open_in_emergency(case, by=by, reason=reason)
    except actions.NamesSomebody:
        actions.note_guess(programme, by=by)
        raise
    give_back(what)
    return emergency


@door(Permission.READ_IN_EMERGENCY, Emergency)
@require_GET
def emergency(request: HttpRequest, emergency: Emergency) -> HttpResponse:
    """One page, to read, for an hour. Nothing on it can be sent, and while it is made the database takes nothing in."""
    actions.look_in_emergency(emergency, by=request.actor)  # type: ignore[attr-defined]
    with tenant.only_reading():
        return render(request, "desk/emergency.html", page_of(emergency))


@door(Permission.REVIEW_EMERGENCY, Emergency)
def emergency_review(request: HttpRequest, emergency: Emergency) -> HttpResponse:
    """Somebody else looks at why it was. Which case it is stands here only for those who find it anyhow."""
    form = EmergencyReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.review(emergency, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            messages.success(request, _("It is written down that you looked at it."))
            return redirect("today")
        except actions.CannotChange as refusal:
            form.add_error(None, str(refusal))
    finds = may(request.actor, Permission.OPEN_CASE, emergency.case)  # type: ignore[attr-defined]
    context = {"form": form, "emergency": emergency, "finds": finds, "review": emergencies.review_of(emergency)}
    return render(request, "desk/emergency_review.html", context, status=422 if form.is_bound else 200)
