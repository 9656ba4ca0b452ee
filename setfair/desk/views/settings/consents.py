"""What people are asked to say yes to, in the programme's own words, and the offices that it is asked about."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.sure import sure, sure_to_send
from setfair.preparation import actions, queries, words
from setfair.preparation.asked import key_of, ours
from setfair.preparation.yes import Scope
from setfair.programmes import wording
from setfair.programmes.models import Programme

from ...forms import OfficeForm, SentenceForm
from .saving import language_of, language_tabs, saved, status_of

ASKED = [(scope, words.ME) for scope in words.SCOPES] + [(scope, words.CHILD) for scope in words.FOR_A_CHILD]


@door(Permission.CHANGE_SETTINGS)
def consents(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Every question as it reads now."""
    language = language_of(request, programme)
    with translation.override(language):
        shown = [_as_it_reads(scope, about) for scope, about in ASKED]
    page = {"questions": shown, "languages": language_tabs(language), "language": language}
    return render(request, "settings/consents.html", page)


@door(Permission.CHANGE_SETTINGS)
@sure_to_send
def consent_words(request: HttpRequest, programme: Programme, scope: str, about: str) -> HttpResponse:
    if (scope, about) not in ASKED:
        raise Http404
    language, key = language_of(request, programme), key_of(scope, about)
    with translation.override(language):
        form = SentenceForm(request.POST, key=key) if request.method == "POST" else SentenceForm.of(language, key)
        given = {"scope": scope, "about": about, "language": language}
        if saved(form, lambda: actions.reword(programme, by=request.actor, **given, **form.change())):  # type: ignore[attr-defined]
            messages.success(request, _("Saved. Whoever answered before said yes to the words of then."))
            return redirect(request.get_full_path())
        page = {"form": form, "reads": _as_it_reads(scope, about), "languages": language_tabs(language), "versions": queries.versions(**given)}
    return render(request, "settings/consent_words.html", page, status=status_of(form))


@door(Permission.CHANGE_SETTINGS)
@sure_to_send
def offices(request: HttpRequest, programme: Programme) -> HttpResponse:
    form = OfficeForm(request.POST if request.method == "POST" else None)
    if saved(form, lambda: actions.name_office(by=request.actor, **form.cleaned_data)):  # type: ignore[attr-defined]
        messages.success(request, _("Saved."))
        return redirect("settings_offices")
    return render(request, "settings/offices.html", {"form": form, "offices": queries.offices()}, status=status_of(form))


@door(Permission.CHANGE_SETTINGS)
@sure
@require_POST
def office_close(request: HttpRequest, programme: Programme, office: Any) -> HttpResponse:
    actions.close_office(queries.office(office), by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("Nobody is asked about it any more."))
    return redirect("settings_offices")


def _as_it_reads(scope: str, about: str) -> dict[str, Any]:
    own, standard = wording.own(key_of(scope, about)), str(ours(scope, about))
    return {"scope": scope, "about": about, "what": Scope(scope).label, "words": own or standard, "ours": standard, "is_own": bool(own)}
