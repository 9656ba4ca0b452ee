"""Legal holds of a programme, by number: placed, looked at again, lifted. No case opens through this page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.sure import sure
from setfair.programmes.models import Programme

from .. import actions, forms, queries


@door(Permission.HOLD_LEGALLY)
@sure
def legal_holds(request: HttpRequest, programme: Programme) -> HttpResponse:
    form = forms.HoldForm(request.POST if request.method == "POST" else None, initial={"number": request.GET.get("number", "")[:12]})
    if form.is_valid():
        try:
            _place(request, form)
            messages.success(request, _("It is held."))
            return redirect("legal_holds")
        except actions.CannotKeep as reason:
            form.add_error(None, str(reason))
    context = {"form": form, "holds": queries.all_holds(request.actor)}  # type: ignore[attr-defined]
    return render(request, "keeping/holds.html", context, status=422 if form.is_bound else 200)


@door(Permission.HOLD_LEGALLY)
@require_POST
@sure
def legal_hold_stays(request: HttpRequest, programme: Programme) -> HttpResponse:
    return _change(request, actions.review, _("It stays. It is looked at again in 90 days."))


@door(Permission.HOLD_LEGALLY)
@require_POST
@sure
def legal_hold_lift(request: HttpRequest, programme: Programme) -> HttpResponse:
    return _change(request, actions.lift, _("It is lifted. The rule counts again."))


def _place(request: HttpRequest, form: forms.HoldForm) -> None:
    thing = queries.numbered(form.cleaned_data["number"], request.actor)  # type: ignore[attr-defined]
    if thing is None:
        raise actions.CannotKeep(_("There is nothing with this number."))
    said = form.cleaned_data
    actions.place_hold(thing, by=request.actor, reason=said["reason"], look_on=said["look_on"])  # type: ignore[attr-defined]


def _change(request: HttpRequest, act: actions.OfHold, done: str) -> HttpResponse:
    form = forms.HeldForm(request.POST)
    hold = queries.holds_before(request.actor).filter(pk=form.cleaned_data["hold"]).first() if form.is_valid() else None  # type: ignore[attr-defined]
    try:
        if hold is None:
            raise actions.CannotKeep(_("This hold was lifted already."))
        act(hold, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, done)
    except actions.CannotKeep as reason:
        messages.error(request, str(reason))
    return redirect("legal_holds")
