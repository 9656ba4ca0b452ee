"""A picture or a paper that shows how a promise went (screens.md W16): chosen, shown back, then sent. One page at a time, and no script is needed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.files import actions as files
from setfair.files import queries as kept
from setfair.files.carrying import takes_a_file
from setfair.files.words import described
from setfair.journal.journey import WrongStep

from .. import actions, forms
from ..models import Item


@takes_a_file
@door(Permission.SEND_PROOF, Item)
def proof_file(request: HttpRequest, item: Item) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = forms.ProofFileForm(*sent, case=item.case, by=request.actor)
    if form.is_valid():
        try:
            files.show_back(item.case, by=request.actor, found=form.cleaned_data["file"], about=item.pk)
            return redirect("proof_file", pk=item.pk)
        except files.CannotKeep as reason:
            form.add_error(None, str(reason))
    if form.found_harm:
        files.report_harm(item.case, by=request.actor)
    return _page(request, item, file_form=form, status=422 if sent else 200)


@door(Permission.SEND_PROOF, Item)
@require_POST
def proof_file_send(request: HttpRequest, item: Item) -> HttpResponse:
    form, file = forms.SendFileForm(request.POST), kept.shown_to(request.actor, item.pk)
    if file is None:
        return redirect("proof", pk=item.pk)
    if form.is_valid():
        try:
            if actions.send_file(item, by=request.actor, file=file, words=form.cleaned_data["words"]):
                messages.success(request, _("Thank you. The team has it."))
                return redirect("proof", pk=item.pk)
            messages.error(request, _("Our virus scanner says that this file may do harm. It was not sent. You can tell us in words."))
            return redirect("proof_file", pk=item.pk)
        except (actions.CannotFollow, WrongStep) as reason:
            form.add_error(None, str(reason))
    return _page(request, item, form=form, status=422)


@door(Permission.SEND_PROOF, Item)
@require_POST
def proof_file_again(request: HttpRequest, item: Item) -> HttpResponse:
    file = kept.shown_to(request.actor, item.pk)
    if file is not None:
        files.drop(file, by=request.actor)
    return redirect("proof_file", pk=item.pk)


def _page(request: HttpRequest, item: Item, *, status: int, **bound: Any) -> HttpResponse:
    shown = kept.shown_to(request.actor, item.pk)
    context = {"item": item, "shown": described(shown) if shown else "", "form": forms.SendFileForm()} | bound
    return render(request, "agreements/proof_file.html", context, status=status)
