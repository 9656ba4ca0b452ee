from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.sure import sure
from setfair.programmes.models import Programme

from .. import actions, forms, queries


@door(Permission.CHANGE_SETTINGS)
@sure
def keeping_rules(request: HttpRequest, programme: Programme) -> HttpResponse:
    """How long things are kept. Before it counts, it is shown from which day on something would go soon by it."""
    form = forms.RulesForm(request.POST if request.method == "POST" else None, now=queries.rules())
    if form.is_valid():
        changes = queries.changes(form.days())
        if changes and not form.cleaned_data["sure"]:
            return render(request, "keeping/rules_sure.html", {"form": form, "changes": changes})
        actions.set_rules(programme, by=request.actor, days=form.days())  # type: ignore[attr-defined]
        messages.success(request, _("Saved."))
        return redirect("keeping_rules")
    return render(request, "keeping/rules.html", {"form": form}, status=422 if form.is_bound else 200)


@door(Permission.SEE_KEEPING)
def keeping(request: HttpRequest, programme: Programme) -> HttpResponse:
    """How long things are kept. What stays of them is counted with all that ended (decision 191)."""
    return render(request, "keeping/how_long.html", {"rules": queries.rules_in_words()})
