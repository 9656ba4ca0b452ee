from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Case
from setfair.journal.journey import WrongStep

from .. import actions, forms
from .. import kept_pages as pages
from ..models import Item

STEPS = {
    "keep": actions.keep,
    "verify": actions.verify,
    "partly": actions.partly,
    "talk": actions.talk,
    "miss": actions.miss,
    "waive": actions.waive,
}


@door(Permission.FOLLOW_UP, Case)
@require_GET
def follow_up(request: HttpRequest, case: Case) -> HttpResponse:
    """What was promised, by due date, and what can be done about each (screens.md W15)."""
    return render(request, "agreements/follow_up.html", pages.follow_up(case))


@door(Permission.FOLLOW_UP, Item)
@require_GET
def item(request: HttpRequest, item: Item) -> HttpResponse:
    return render(request, "agreements/item.html", pages.item(item))


@door(Permission.FOLLOW_UP, Item)
@require_POST
def item_steps(request: HttpRequest, item: Item) -> HttpResponse:
    form = forms.StepForm(request.POST)
    if form.is_valid():
        try:
            STEPS[form.cleaned_data["step"]](item, by=request.actor, words=form.cleaned_data["words"])
            messages.success(request, _("Saved."))
            return redirect("follow_up", ref=item.case.ref)
        except (actions.CannotFollow, WrongStep) as reason:
            form.add_error(None, str(reason))
    item.refresh_from_db(fields=["stage"])
    return render(request, "agreements/item.html", pages.item(item) | {"form": form}, status=422)


@door(Permission.FOLLOW_UP, Item)
@require_POST
def item_more_time(request: HttpRequest, item: Item) -> HttpResponse:
    form = forms.MoreTimeForm(request.POST, auto_id="more-%s")
    if form.is_valid():
        try:
            actions.give_more_time(item, by=request.actor, **form.cleaned_data)
            messages.success(request, _("Saved. Its owner gets a short message."))
            return redirect("follow_up", ref=item.case.ref)
        except (actions.CannotFollow, WrongStep) as reason:
            form.add_error(None, str(reason))
    item.refresh_from_db(fields=["stage", "due_on"])
    return render(request, "agreements/item.html", pages.item(item) | {"more_time": form}, status=422)


@door(Permission.FOLLOW_UP, Item)
@require_POST
def item_hand_on(request: HttpRequest, item: Item) -> HttpResponse:
    page = pages.item(item)
    form = pages.hand_on(page["item"], request.POST).get("hand_on")
    if form is not None and form.is_valid():
        try:
            actions.hand_on(item, by=request.actor, **form.handed())
            messages.success(request, _("Saved."))
            return redirect("item", pk=item.pk)
        except actions.CannotFollow as reason:
            form.add_error(None, str(reason))
    return render(request, "agreements/item.html", page | {"hand_on": form}, status=422)


@door(Permission.FOLLOW_UP, Item)
@require_POST
def item_remind(request: HttpRequest, item: Item) -> HttpResponse:
    form = forms.KindWordForm(request.POST)
    if form.is_valid():
        try:
            actions.remind_kindly(item, by=request.actor, way=form.cleaned_data["way"])
            messages.success(request, _("It is written down."))
            return redirect("item", pk=item.pk)
        except actions.CannotFollow as reason:
            form.add_error(None, str(reason))
    return render(request, "agreements/item.html", pages.item(item) | {"remind_form": form}, status=422)


@door(Permission.FOLLOW_UP, Item)
@require_POST
def item_ask_again(request: HttpRequest, item: Item) -> HttpResponse:
    form = forms.AskAgainForm(request.POST, auto_id="again-%s")
    if form.is_valid():
        try:
            actions.ask_again(item, by=request.actor, words=form.cleaned_data["words"])
            messages.success(request, _("Saved. They read it on their own page.") if item.owner_id else _("Saved. Whoever answers for it is told."))
            return redirect("follow_up", ref=item.case.ref)
        except actions.CannotFollow as reason:
            form.add_error(None, str(reason))
    return render(request, "agreements/item.html", pages.item(item) | {"again": form}, status=422)
