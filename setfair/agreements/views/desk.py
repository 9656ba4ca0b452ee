from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Case, Participation
from setfair.cases.queries import frame
from setfair.journal.journey import WrongStep
from setfair.programmes.speaking import in_language

from .. import actions, forms, pages, paper, queries
from ..beside import asked, page_of
from ..journey import Stage
from ..models import Agreement, Item

REFUSALS = (actions.CannotWrite, actions.CannotSign, WrongStep)


@door(Permission.DRAFT_AGREEMENT, Case)
def agreement(request: HttpRequest, case: Case) -> HttpResponse:
    """The agreement where it stands now (screens.md W14); a POST begins to write it."""
    if request.method == "POST":
        try:
            return redirect(page_of(actions.draft(case, by=request.actor)))
        except REFUSALS as reason:
            return shown(request, case, str(reason))
    return shown(request, case)


@door(Permission.DRAFT_AGREEMENT, Agreement)
@require_POST
def promise_add(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    form = pages.promise_form(agreement, request.POST)
    if form.is_valid():
        try:
            actions.promise(agreement, by=request.actor, form_key=form.cleaned_data["form_key"], **form.promise())
            return redirect(page_of(agreement))
        except REFUSALS as reason:
            form.add_error(None, str(reason))
    refused = " ".join(form.non_field_errors()) if agreement.stage != Stage.DRAFTING else ""
    return shown(request, agreement, refused, form=form)


@door(Permission.DRAFT_AGREEMENT, Item)
def promise_words(request: HttpRequest, item: Item) -> HttpResponse:
    """Say a promise differently while the agreement is being written; afterwards its words are fixed, and what was typed meanwhile is shown."""
    if request.method == "GET" and item.agreement.stage != Stage.DRAFTING:
        return redirect(page_of(item.agreement))
    form, now = pages.promise_form(item.agreement, request.POST or None, item), None
    if form.is_valid():
        try:
            actions.reword(item, by=request.actor, edition=form.cleaned_data["edition"], reads=form.cleaned_data["reads"], **form.promise())
            return redirect(page_of(item.agreement))
        except actions.ChangedMeanwhile as reason:
            form, now = pages.kept_beside(form, reason.now, str(reason)), pages.as_it_stands(item)
        except REFUSALS as reason:
            form.add_error(None, str(reason))
    context = frame(item.case, "agreement") | {"item": item, "form": form, "now": now, "back": page_of(item.agreement)}
    return render(request, "agreements/words.html", context, status=422 if request.method == "POST" else 200)


@door(Permission.DRAFT_AGREEMENT, Item)
@require_POST
def promise_strike(request: HttpRequest, item: Item) -> HttpResponse:
    edition = request.POST.get("edition", "")
    return tried(request, item.agreement, lambda: actions.strike(item, by=request.actor, edition=int(edition) if edition.isdecimal() else None))


@door(Permission.DRAFT_AGREEMENT, Item)
@require_POST
def promise_up(request: HttpRequest, item: Item) -> HttpResponse:
    return tried(request, item.agreement, lambda: actions.bring_forward(item, by=request.actor))


@door(Permission.DRAFT_AGREEMENT, Agreement)
@require_POST
def agreement_present(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    done = _("It is there to be signed. Everyone who signs gets a short message.")
    form, later = pages.first_form(agreement, request.POST), pages.later_form(agreement, request.POST)
    if later is not None and not later.is_valid():
        return shown(request, agreement, later=later)
    if form is None:
        away = later.cleaned_data["later"] if later else []
        return tried(request, agreement, lambda: actions.present(agreement, by=request.actor, later=away), done)
    if not form.is_valid():
        return shown(request, agreement, first=form)
    done = _("It is there for them to read and sign. The other side sees nothing yet.")
    return tried(request, agreement, lambda: actions.present(agreement, by=request.actor, first=form.cleaned_data["first"]), done)


@door(Permission.DRAFT_AGREEMENT, Agreement)
@require_POST
def agreement_pass_on(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """They agree in turn: the first side has signed, now the other one reads it."""
    done = _("It is with the other side now. They get a short message.")
    return tried(request, agreement, lambda: actions.pass_on(agreement, by=request.actor), done)


@door(Permission.DRAFT_AGREEMENT, Agreement)
@require_POST
def agreement_reopen(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    return tried(request, agreement, lambda: actions.reopen(agreement, by=request.actor))


@door(Permission.DRAFT_AGREEMENT, Agreement)
@require_POST
def agreement_rewrite(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    return tried(request, agreement, lambda: actions.rewrite(agreement, by=request.actor))


@door(Permission.DRAFT_AGREEMENT, Agreement)
@require_POST
def agreement_more(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Something more is agreed beside this one, which stays as it is."""
    try:
        return redirect(page_of(actions.agree_more(agreement, by=request.actor)))
    except REFUSALS as reason:
        return shown(request, agreement, str(reason))


@door(Permission.DRAFT_AGREEMENT, Agreement)
@require_POST
def agreement_drop(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """What was to replace the version that holds, or was begun beside another agreement, is dropped."""
    done = _("It stays as it was. Nobody is asked anything more.")
    return tried(request, agreement, lambda: actions.leave_as_it_was(agreement, by=request.actor), done)


@door(Permission.DRAFT_AGREEMENT, Agreement)
@require_GET
def agreement_paper(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    if not agreement.words:
        return redirect(page_of(agreement))
    try:
        copy = queries.copy_to_keep(agreement) or paper.copy(agreement)
        actions.put_on_paper(agreement, by=request.actor)  # type: ignore[attr-defined]
        return on_paper(copy)
    except paper.CannotPrint as reason:
        return shown(request, agreement, _("%(why)s. Print this page instead.") % {"why": reason})


@door(Permission.HAND_TABLET, Participation)
@require_GET
def person_paper(request: HttpRequest, person: Participation) -> HttpResponse:
    """One person's own copy, for somebody who has no device: what they read and no more, in their language. `of` names a version before."""
    form = forms.VersionForm(request.GET)
    agreement = queries.version_of(person, form.cleaned_data["of"] if form.is_valid() else None)
    if agreement is None:
        raise Http404
    try:
        with in_language(person.person.language):
            copy = queries.copy_to_keep(agreement, person) or paper.own_copy(agreement, of=person)
        actions.put_on_paper(agreement, by=request.actor, of=person)  # type: ignore[attr-defined]
        return on_paper(copy)
    except paper.CannotPrint as reason:
        return shown(request, agreement, _("%(why)s. Print this page instead.") % {"why": reason})


def shown(request: HttpRequest, there: Case | Agreement, refused: str = "", **bound: Any) -> HttpResponse:
    """The page as it stands, with a refusal or a form that was sent: then as 422, and with the words still in it."""
    status = 422 if refused or bound else 200
    case, number = (there.case, there.number) if isinstance(there, Agreement) else (there, asked(request))
    page = pages.desk(case, request.GET.get("take", ""), request.GET.get("begin", ""), number)
    return render(request, "agreements/desk.html", page | {"refused": refused} | bound, status=status)


def on_paper(pdf: bytes) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{paper.NAME}"'
    return response


def tried(request: HttpRequest, there: Case | Agreement, act: Any, done: str = "") -> HttpResponse:
    """Back to the page with what was done, or the page as it stands with why not."""
    try:
        act()
    except REFUSALS as reason:
        return shown(request, there, str(reason))
    if done:
        messages.success(request, done)
    return redirect(page_of(there) if isinstance(there, Agreement) else reverse("agreement", args=[there.ref]))
