"""A spelling is put right by the team, and called more than that by whoever signed the words."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.models import Participation
from setfair.cases.queries import frame

from .. import actions, forms, queries
from ..beside import page_of
from ..models import Agreement, Item
from ..models.agreement import SHOWN
from .desk import tried


@door(Permission.DRAFT_AGREEMENT, Item)
def spelling(request: HttpRequest, item: Item) -> HttpResponse:
    """The words of a promise as they stand, to be put right; whatever may be more than spelling is not written."""
    form = forms.SpellingForm(request.POST if request.method == "POST" else None, item=item)
    if form.is_valid():
        try:
            actions.put_right(item, by=request.actor, words=form.words(), seen=form.cleaned_data["seen"])
            messages.success(request, _("It is put right. Nobody has to sign again."))
            return redirect(page_of(item.agreement))
        except actions.CannotWrite as reason:
            form.add_error(None, str(reason))
    context = frame(item.case, "agreement") | {"item": item, "form": form, "back": page_of(item.agreement)}
    return render(request, "agreements/spelling.html", context, status=422 if request.method == "POST" else 200)


@door(Permission.DRAFT_AGREEMENT, Item)
@require_POST
def spelling_back(request: HttpRequest, item: Item) -> HttpResponse:
    form = forms.BackForm(request.POST)
    found = queries.one_put_right(item.agreement, form.cleaned_data["spelling"] if form.is_valid() else None)
    done = _("The words stand again as they were signed.")
    if found is None:
        messages.info(request, _("That has changed in the meantime. Please look at the page again."))
        return redirect(page_of(item.agreement))
    return tried(request, item.agreement, lambda: actions.take_spelling_back(found, by=request.actor), done)


@door(Permission.SIGN_AGREEMENT, Agreement)
@require_POST
def my_spelling(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """This is more than spelling, says somebody who signed: the words stand again as they were, and the team is told."""
    form, me = forms.BackForm(request.POST), open_to(request.actor, Permission.TAKE_PART, Participation).get(pk=request.actor.id)
    found = queries.one_put_right(agreement, form.cleaned_data["spelling"] if form.is_valid() else None)
    if found is None:
        return redirect("my_agreement", pk=agreement.pk)
    try:
        actions.take_spelling_back(found, by=request.actor, participation=me)
        messages.success(request, _("Thank you. It says again what you signed. We talk with all of you."))
    except actions.CannotSign as reason:
        messages.info(request, str(reason))
    agreement.refresh_from_db(fields=["stage"])
    return redirect("my_agreement", pk=agreement.pk) if agreement.stage in SHOWN else redirect("home")
