"""What is kept about somebody, on their own pages: ask for a copy, ask to be forgotten, read the copy."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from setfair.access.doors import door
from setfair.access.forms import CodeForm
from setfair.access.policy import Permission
from setfair.access.typed_again import has_typed, type_again
from setfair.cases.models import Participation
from setfair.core.doors import gives_a_file
from setfair.journal.actions import record
from setfair.referrals.models import Referral

from .. import actions, bundle, forms, queries
from ..asked import IN_WORDS, Why

Both = require_http_methods(["GET", "POST"])
OF_CIRCLE = {"back": "home", "here": "own_record", "copy": "own_copy", "file": "own_copy_file"}
OF_ASKER = {"back": "status", "here": "status_record", "copy": "status_copy", "file": "status_copy_file"}


@door(Permission.TAKE_PART, Participation)
@Both
def own_record(request: HttpRequest, me: Participation) -> HttpResponse:
    return _record(request, me, OF_CIRCLE)


@door(Permission.FOLLOW_REFERRAL, Referral)
@Both
def status_record(request: HttpRequest, referral: Referral) -> HttpResponse:
    return _record(request, referral, OF_ASKER)


@door(Permission.TAKE_PART, Participation)
@Both
def own_copy(request: HttpRequest, me: Participation) -> HttpResponse:
    return _copy(request, me, OF_CIRCLE)


@door(Permission.FOLLOW_REFERRAL, Referral)
@Both
def status_copy(request: HttpRequest, referral: Referral) -> HttpResponse:
    return _copy(request, referral, OF_ASKER)


@gives_a_file
@door(Permission.TAKE_PART, Participation)
@require_GET
def own_copy_file(request: HttpRequest, me: Participation) -> HttpResponse:
    """The copy to take away, with the files."""
    return _taken(request, me, OF_CIRCLE)


@gives_a_file
@door(Permission.FOLLOW_REFERRAL, Referral)
@require_GET
def status_copy_file(request: HttpRequest, referral: Referral) -> HttpResponse:
    return _taken(request, referral, OF_ASKER)


def _record(request: HttpRequest, whose: queries.Whose, names: dict[str, str]) -> HttpResponse:
    form = forms.AskingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.ask(whose, by=request.actor, wants=form.cleaned_data["wants"])  # type: ignore[attr-defined]
        messages.success(request, _("Thank you. We have it."))
        return redirect(names["here"])
    asked = [(row, IN_WORDS[Why(row.last.why)] if row.last and not row.is_copy else "") for row in queries.shown_to(whose)]  # type: ignore[attr-defined]
    context = {
        "asked": asked,
        "waiting": {row.wants for row, _words in asked if row.last is None},
        "copy": queries.copy_of(whose),
        "names": names,
        "is_open": whose_is_open(whose),
        "until": queries.kept_until(whose),
        "form": form,
    }
    return render(request, "keeping/own.html", context, status=422 if form.is_bound else 200)


def whose_is_open(whose: queries.Whose) -> bool:
    """Whether it is a request that nobody has answered yet: that can be taken back, and then it goes."""
    return isinstance(whose, Referral) and whose.is_open


def _copy(request: HttpRequest, whose: queries.Whose, names: dict[str, str]) -> HttpResponse:
    copy = queries.copy_of(whose)
    if copy is None:
        raise Http404
    if not has_typed(request):
        return _code(request, names)
    record("opened_copy", copy.asking, by=request.actor)  # type: ignore[attr-defined]
    return render(request, "keeping/own_copy.html", {"copy": copy, "sections": bundle.whole(copy, whose), "names": names})


def _code(request: HttpRequest, names: dict[str, str]) -> HttpResponse:
    """All of it at once is shown to whoever knows the code, and not to whoever holds a phone on which the page is open."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if type_again(request, form.cleaned_data["code"]):
            return redirect(names["copy"])
        form.did_not_open()
    return render(request, "keeping/own_code.html", {"form": form, "names": names}, status=422 if form.is_bound else 200)


def _taken(request: HttpRequest, whose: queries.Whose, names: dict[str, str]) -> HttpResponse:
    copy = queries.copy_of(whose)
    if copy is None:
        raise Http404
    if not has_typed(request):
        return redirect(names["copy"])
    record("took_copy", copy.asking, by=request.actor)  # type: ignore[attr-defined]
    return bundle.handed_over(bundle.bundled(copy, whose))
