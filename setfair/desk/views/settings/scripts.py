from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.programmes import actions
from setfair.programmes import scripts as scripts_of_ours
from setfair.programmes.forms.scripts import NewScriptForm, ScriptForm
from setfair.programmes.models import Programme, Script
from setfair.programmes.ways import Way

from .saving import saved, status_of

COLUMNS = [_("Name"), _("What it is for"), _("Language"), _("Version"), ""]


@door(Permission.CHANGE_SETTINGS)
def scripts(request: HttpRequest, programme: Programme) -> HttpResponse:
    rows = open_to(request.actor, Permission.CHANGE_SETTINGS, Script).filter(retired_at__isnull=True)  # type: ignore[attr-defined]
    by_way = sorted(scripts_of_ours.in_use_first(rows), key=lambda script: (list(Way).index(Way(script.way)), script.language))
    first = {(script.way, script.language): script for script in reversed(by_way)}
    context = {"scripts": by_way, "in_use": list(first.values()), "columns": COLUMNS, "lacks": scripts_of_ours.lacks_ours(programme)}
    return render(request, "settings/scripts.html", context)


@require_POST
@door(Permission.CHANGE_SETTINGS, Script)
def use_script(request: HttpRequest, script: Script) -> HttpResponse:
    try:
        actions.use_script(script, by=request.actor)  # type: ignore[attr-defined]
    except actions.CannotChange as reason:
        messages.error(request, str(reason))
    return redirect("settings_scripts")


@require_POST
@door(Permission.CHANGE_SETTINGS)
def bring_ours(request: HttpRequest, programme: Programme) -> HttpResponse:
    actions.bring_ours(programme, by=request.actor)  # type: ignore[attr-defined]
    return redirect("settings_scripts")


@door(Permission.CHANGE_SETTINGS, Script)
def script(request: HttpRequest, script: Script) -> HttpResponse:
    """Its pages; with `?ours` those that we have written since, to be read, changed and saved, or left."""
    ours, asks = scripts_of_ours.ours(script), "ours" in request.GET
    form = ScriptForm(request.POST) if request.method == "POST" else ScriptForm(pages=ours) if asks and ours else ScriptForm.of(script)
    if saved(form, lambda: actions.revise_script(script, by=request.actor, pages=form.pages.kept())):  # type: ignore[attr-defined]
        messages.success(request, _("Saved as a new version. Meetings that are planned already keep theirs."))
        return redirect("settings_scripts")
    return render(request, "settings/script.html", {"script": script, "form": form, "ours": ours, "asks": asks}, status=status_of(form))


@door(Permission.CHANGE_SETTINGS, Script)
def copy_script(request: HttpRequest, script: Script) -> HttpResponse:
    form = NewScriptForm(request.POST or None, initial={"language": script.language, "way": script.way})
    if saved(form, lambda: actions.add_script(copy_of=script, by=request.actor, **form.cleaned_data)):  # type: ignore[attr-defined]
        return redirect("settings_scripts")
    return render(request, "settings/script_copy.html", {"script": script, "form": form}, status=status_of(form))
