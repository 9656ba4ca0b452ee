from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Case
from setfair.cases.queries import frame
from setfair.journal.journey import WrongStep

from . import actions, forms, queries


@door(Permission.TELL, Case)
def news(request: HttpRequest, case: Case) -> HttpResponse:
    """Tell a person harmed how it went, and write down that it was done: a task of its own (practice.md 2.9)."""
    form = forms.NewsForm(request.POST or None, harmed=queries.harmed(case))
    if form.is_valid():
        try:
            actions.tell(case, by=request.actor, **form.news())
            messages.success(request, _("Saved."))
            return redirect("news", ref=case.ref)
        except (actions.CannotTell, WrongStep) as reason:
            form.add_error(None, str(reason))
    context = frame(case, "case") | {"form": form, "told": queries.told(case)}
    return render(request, "outcomes/news.html", context, status=422 if request.method == "POST" else 200)


@door(Permission.CLOSE_CASE, Case)
def close(request: HttpRequest, case: Case) -> HttpResponse:
    """The one door out: the reason, and until then all that is still owed to somebody. Asked once more, with what would end unfinished."""
    form = forms.CloseForm(request.POST or None)
    if form.is_valid():
        if not form.cleaned_data["sure"] and not queries.refusals(case, form.cleaned_data["reason"]):
            return render(request, "outcomes/sure.html", frame(case, "case") | {"form": form, "still_open": queries.still_open(case)})
        try:
            actions.close(case, by=request.actor, reason=form.cleaned_data["reason"])
            messages.success(request, _("This is closed. From now on a code says only that it is over."))
            return redirect("case", ref=case.ref)
        except (actions.CannotClose, WrongStep) as reason:
            form.add_error(None, getattr(reason, "missing", [str(reason)]))
    context = frame(case, "case") | {"form": form, "missing": queries.missing(case)}
    return render(request, "outcomes/close.html", context, status=422 if request.method == "POST" else 200)
