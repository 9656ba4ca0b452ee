from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Case, Participation
from setfair.cases.queries import frame, here
from setfair.core.doors import gives_a_file
from setfair.preparation.refusal import CannotPrepare

from . import actions, forms, queries
from .foot import mark_of
from .models import Given
from .pack import pack
from .paper import NAME, paper


@door(Permission.PREPARE, Participation)
def sheet_give(request: HttpRequest, participation: Participation) -> HttpResponse:
    """Everything is filled in: one press gives it."""
    form = forms.GiveForm.of(participation, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _given(request, actions.give(participation, by=request.actor, **form.cleaned_data))  # type: ignore[attr-defined]
        except CannotPrepare as reason:
            form.add_error(None, str(reason))
    context = frame(participation.case, "case_people") | {"participation": participation, "person": participation.person, "form": form}
    context["sheet"] = queries.sheet_of(participation, participation.person.language)
    return render(request, "sheets/give.html", context, status=422 if form.is_bound else 200)


def _given(request: HttpRequest, given: Given) -> HttpResponse:
    """On paper it opens at once, to be printed."""
    if given.form == Given.Form.PAPER:
        return redirect("sheet_paper", pk=given.participation_id)
    said = {Given.Form.LINK: _("They get a message, and find it on their page."), Given.Form.READ: _("It is written down that you read it to them.")}
    messages.success(request, said[Given.Form(given.form)])
    return redirect("person", pk=given.participation_id)


@door(Permission.PREPARE, Participation)
@require_GET
@gives_a_file
def sheet_paper(request: HttpRequest, participation: Participation) -> HttpResponse:
    """What they were given last, set anew."""
    given = queries.last_given(participation)
    if given is None:
        raise Http404
    made = pack if given.form == Given.Form.PACK else paper
    return _pdf(made(participation, language=given.language, size=given.size, plain=given.plain))


@door(Permission.PREPARE, Participation)
@gives_a_file
def sheet_pack(request: HttpRequest, participation: Participation) -> HttpResponse:
    """Everything on paper: the answer is the paper itself, which alone shows the new code."""
    form = forms.PackForm.of(participation, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _pdf(_pack(request, participation, form.cleaned_data))
        except CannotPrepare as reason:
            form.add_error(None, str(reason))
    context = frame(participation.case, "case_people") | {"participation": participation, "person": participation.person, "form": form}
    context |= {"given": queries.last_given(participation), "mark": mark_of(participation)}
    return render(request, "sheets/pack.html", context, status=422 if form.is_bound else 200)


@door(Permission.PREPARE, Case)
@gives_a_file
def sheet_packs(request: HttpRequest, case: Case) -> HttpResponse:
    """The same for some of a circle: one file each, and no page of two people."""
    circle = list(here(case).select_related("person").order_by("added_at", "id"))
    form = forms.PacksForm(request.POST if request.method == "POST" else None, circle=circle)
    if form.is_valid():
        try:
            return _zip(request, form.cleaned_data["people"])
        except CannotPrepare as reason:
            form.add_error(None, str(reason))
    return render(request, "sheets/packs.html", frame(case, "case_people") | {"form": form}, status=422 if form.is_bound else 200)


def _pack(request: HttpRequest, participation: Participation, said: dict[str, Any]) -> bytes:
    code = actions.give_pack(participation, by=request.actor, **said)  # type: ignore[attr-defined]
    return pack(participation, language=said["language"], size=said["size"], plain=said["plain"], code=code)


def _zip(request: HttpRequest, people: list[Participation]) -> HttpResponse:
    """Each under the mark that stands on it, so that the right one gets it."""
    files = [(f"paper-{mark_of(one)}.pdf", _pack(request, one, forms.as_given(one))) for one in people]
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name, content in files:
            archive.writestr(name, content)
    return HttpResponse(made.getvalue(), content_type="application/zip", headers={"Content-Disposition": 'attachment; filename="paper.zip"'})


@door(Permission.TAKE_PART, Participation)
@require_GET
def my_sheet(request: HttpRequest, me: Participation) -> HttpResponse:
    size, plain = _chosen(request, me)
    sheet = queries.sheet_of(me, translation.get_language() or "en", plain=plain, for_them=True)
    context: dict[str, Any] = {"me": me, "sheet": sheet, "size": size, "plain": plain, "sizes": Given.Size.choices}
    return render(request, "sheets/own.html", context)


@door(Permission.TAKE_PART, Participation)
@require_GET
@gives_a_file
def my_sheet_paper(request: HttpRequest, me: Participation) -> HttpResponse:
    size, plain = _chosen(request, me)
    return _pdf(paper(me, language=translation.get_language() or "en", size=size, plain=plain, for_them=True))


def _chosen(request: HttpRequest, me: Participation) -> tuple[int, bool]:
    """What they pressed; else as it was given to them."""
    form = forms.SizeForm(request.GET)
    if form.is_valid():
        return form.cleaned_data["size"], form.cleaned_data["plain"]
    given = queries.last_given(me)
    return (given.size, given.plain) if given is not None else (int(Given.Size.USUAL), False)


def _pdf(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{NAME}"'})
