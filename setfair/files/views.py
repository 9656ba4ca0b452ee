from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Case, Participation
from setfair.core.doors import gives_a_file
from setfair.journal.journey import WrongStep
from setfair.vault.ring import WordsAreGone

from . import actions, pages, queries
from .carrying import handed_out, takes_a_file
from .models import File


@door(Permission.OPEN_CASE, Case)
@require_GET
def case_files(request: HttpRequest, case: Case) -> HttpResponse:
    """What is kept with the case, and a place to add to it (screens.md W6)."""
    return render(request, "files/case.html", pages.of_case(case, request.actor))


@takes_a_file
@door(Permission.ADD_FILE, Case)
@require_POST
def file_add(request: HttpRequest, case: Case) -> HttpResponse:
    form = pages.form(case, request.actor, request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.add(case, by=request.actor, **form.given())
            messages.success(request, _("It is kept with the case."))
            return redirect("case_files", ref=case.ref)
        except (actions.CannotKeep, WrongStep) as reason:
            form.add_error(None, str(reason))
    if form.found_harm:
        actions.report_harm(case, by=request.actor)
    return render(request, "files/case.html", pages.of_case(case, request.actor, bound=form), status=422)


@door(Permission.ADD_FILE, Case)
@require_POST
def file_harm_seen(request: HttpRequest, case: Case) -> HttpResponse:
    actions.see_harm(case, by=request.actor)
    return redirect("case_files", ref=case.ref)


@door(Permission.OPEN_FILE, File)
@require_GET
def file(request: HttpRequest, file: File) -> HttpResponse:
    return _out(request, file)


@door(Permission.TAKE_FILE_AWAY, File)
@require_POST
def file_away(request: HttpRequest, file: File) -> HttpResponse:
    try:
        actions.take_away(file, by=request.actor)
        messages.success(request, _("It is taken away."))
    except (actions.HasToStay, WrongStep) as reason:
        messages.info(request, str(reason))
    return redirect("case_files", ref=file.case.ref)


@door(Permission.TAKE_PART, Participation)
@require_GET
def my_files(request: HttpRequest, me: Participation) -> HttpResponse:
    """What the team shared with this one person."""
    return render(request, "files/own.html", {"rows": queries.shared_with(me, request.actor)})


@gives_a_file
@door(Permission.READ_SHARED_FILE, File)
@require_GET
def my_file(request: HttpRequest, file: File) -> HttpResponse:
    return _out(request, file)


def _out(request: HttpRequest, file: File) -> HttpResponse:
    try:
        return handed_out(file, actions.hand_out(file, by=request.actor))
    except WordsAreGone:
        raise Http404 from None
