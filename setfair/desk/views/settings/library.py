"""Promises in good words to start from at the table: the programme's own, and ours (decision 154)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.programmes import actions
from setfair.programmes import library as worded
from setfair.programmes.forms.library import GoodPromiseForm
from setfair.programmes.models import GoodPromise, Programme

from .saving import saved, status_of


@door(Permission.CHANGE_SETTINGS)
def library(request: HttpRequest, programme: Programme) -> HttpResponse:
    form = GoodPromiseForm(request.POST or None, initial={"language": programme.language})
    if saved(form, lambda: actions.add_good_promise(programme, by=request.actor, **form.cleaned_data)):  # type: ignore[attr-defined]
        messages.success(request, _("It is on the list."))
        return redirect("settings_library")
    page = {"form": form, "lacks": worded.lacks_ours(), "rows": worded.listed(), "columns": [_("What is done"), _("What kind"), _("Language"), ""]}
    return render(request, "settings/library.html", page, status=status_of(form))


@require_POST
@door(Permission.CHANGE_SETTINGS)
def bring(request: HttpRequest, programme: Programme) -> HttpResponse:
    actions.bring_good_promises(programme, by=request.actor)  # type: ignore[attr-defined]
    return redirect("settings_library")


@require_POST
@door(Permission.CHANGE_SETTINGS, GoodPromise)
def close(request: HttpRequest, one: GoodPromise) -> HttpResponse:
    actions.close_good_promise(one, by=request.actor)  # type: ignore[attr-defined]
    return redirect("settings_library")


@require_POST
@door(Permission.CHANGE_SETTINGS, GoodPromise)
def reopen(request: HttpRequest, one: GoodPromise) -> HttpResponse:
    actions.reopen_good_promise(one, by=request.actor)  # type: ignore[attr-defined]
    return redirect("settings_library")
