from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.models import Participation
from setfair.core.doors import gives_a_file
from setfair.journal.journey import WrongStep

from .. import actions, forms, pages, paper, queries
from ..models import Agreement, Item, Signature
from ..models.agreement import SHOWN

REFUSALS = (actions.CannotSign, actions.CannotFollow, WrongStep)


@door(Permission.SIGN_AGREEMENT, Agreement)
@require_GET
def my_agreement(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    return _read(request, agreement)


@door(Permission.SIGN_AGREEMENT, Agreement)
@require_POST
def sign(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    form = forms.SignForm(request.POST)
    if form.is_valid():
        try:
            actions.sign(agreement, by=request.actor, participation=_me(request), method=Signature.Method.OWN_DEVICE, **form.signs())
            messages.success(request, _("Thank you. You have signed."))
            return redirect("my_agreement", pk=agreement.pk)
        except REFUSALS as reason:
            form.add_error(None, str(reason))
    return _read(request, agreement, form=form)


@door(Permission.SIGN_AGREEMENT, Agreement)
@require_POST
def my_concern(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    form = forms.ConcernForm(request.POST)
    if form.is_valid():
        try:
            actions.say_wrong(agreement, by=request.actor, participation=_me(request), words=form.cleaned_data["words"])
            messages.success(request, _("Thank you. We read this and talk with you. Nobody else sees it."))
            agreement.refresh_from_db(fields=["stage"])
            return redirect("my_agreement", pk=agreement.pk) if agreement.stage in SHOWN else redirect("home")
        except REFUSALS as reason:
            form.add_error(None, str(reason))
    return _read(request, agreement, concern=form)


@door(Permission.SIGN_AGREEMENT, Agreement)
@require_POST
def my_no(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """A no is as good as a yes: no reason is asked, what they want to say of it is read by the team, and nobody in the circle is told."""
    form = forms.NoForm(request.POST, auto_id="no-%s")
    if not form.is_valid():
        return _read(request, agreement, no_form=form)
    try:
        actions.hold_back(agreement, by=request.actor, participation=_me(request), words=form.cleaned_data["words"])
    except REFUSALS as reason:
        messages.info(request, str(reason))
    return redirect("my_agreement", pk=agreement.pk)


@door(Permission.SIGN_AGREEMENT, Agreement)
@require_POST
def my_rest(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """To sleep on it: until a day, and no reason."""
    form = forms.RestForm(request.POST)
    if form.is_valid():
        try:
            actions.sleep_on_it(agreement, by=request.actor, participation=_me(request), until=form.cleaned_data["until"])
            messages.success(request, _("Take your time. We send you a short message on that day."))
            return redirect("my_agreement", pk=agreement.pk)
        except REFUSALS as reason:
            form.add_error(None, str(reason))
    return _read(request, agreement, rest=form)


@door(Permission.SIGN_AGREEMENT, Agreement)
@require_POST
def my_remark(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """What they say under their name, written anew or taken away, until it holds."""
    form, mine = forms.RemarkForm(request.POST), queries.signature_by(agreement, request.actor.id)
    if form.is_valid():
        try:
            actions.remark(mine, by=request.actor, words=form.cleaned_data["remark"], shown=form.cleaned_data["remark_shown"])
            messages.success(request, _("Saved."))
            return redirect("my_agreement", pk=agreement.pk)
        except REFUSALS as reason:
            form.add_error(None, str(reason))
    return _read(request, agreement, remark_form=form)


@gives_a_file
@door(Permission.SIGN_AGREEMENT, Agreement)
@require_GET
def my_paper(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    try:
        me = _me(request)
        return _to_keep(queries.copy_to_keep(agreement, me) or paper.own_copy(agreement, of=me))
    except paper.CannotPrint as reason:
        return _read(request, agreement, cannot_print=str(reason))


@door(Permission.SEND_PROOF, Item)
def proof(request: HttpRequest, item: Item) -> HttpResponse:
    """Tell us how it went (screens.md W16): done, or not yet and what is in the way."""
    form = forms.HowForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        act = actions.send_proof if said["how"] == form.DONE else actions.say_how
        try:
            act(item, by=request.actor, words=said["words"], form_key=said["form_key"])
            messages.success(request, _("Thank you for telling us."))
            return redirect("proof", pk=item.pk)
        except REFUSALS as reason:
            form.add_error(None, str(reason))
    context = {"item": item, "form": form, "said": queries.own_words(item, request.actor.id), "open": queries.is_open(item)}
    context["asked"] = queries.asked_again(item, context["said"])
    context["put"] = queries.in_own_language([item]).get(item.pk)
    return render(request, "agreements/proof.html", context, status=422 if request.method == "POST" else 200)


def _to_keep(pdf: bytes) -> HttpResponse:
    """A file that is saved, as the page says beforehand, and never opened in the browser of a device that others use too."""
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{paper.NAME}"'})


def _me(request: HttpRequest) -> Participation:
    return open_to(request.actor, Permission.TAKE_PART, Participation).get(pk=request.actor.id)


def _read(request: HttpRequest, agreement: Agreement, **bound: Any) -> HttpResponse:
    """Their page of the agreement; with a form that was sent, as 422 and with the words still in it."""
    context = pages.own(agreement, _me(request)) | bound
    return render(request, "agreements/own.html", context, status=422 if bound else 200)
