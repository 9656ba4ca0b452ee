from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.sure import sure
from setfair.cases.models import Case
from setfair.cases.queries import frame
from setfair.journal.journey import WrongStep
from setfair.preparation.actions import CannotShare
from setfair.preparation.queries import offices_of
from setfair.voices.queries import hopes

from . import actions, forms, owed, queries
from .report import NAME, not_yet, report_of


@door(Permission.TELL, Case)
def news(request: HttpRequest, case: Case) -> HttpResponse:
    """Tell a person harmed how it went, and write down that it was done: a task of its own (practice.md 2.9)."""
    told = owed.with_days(case)
    form = forms.NewsForm(request.POST or None, harmed=queries.harmed(case), absent=any(one.wish is not None for one in told))
    if form.is_valid():
        try:
            actions.tell(case, by=request.actor, **form.news())
            messages.success(request, _("Saved."))
            return redirect("news", ref=case.ref)
        except (actions.CannotTell, WrongStep) as reason:
            form.add_error(None, str(reason))
    context = frame(case, "case") | {"form": form, "told": told, "between": queries.is_between_others(case)}
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
    context = frame(case, "case") | {"form": form, "missing": queries.missing(case), "hopes": hopes(case)}
    return render(request, "outcomes/close.html", context, status=422 if request.method == "POST" else 200)


@door(Permission.RUN_CASE, Case)
def report(request: HttpRequest, case: Case) -> HttpResponse:
    """What would be told to an office, and whose yes is missing; nothing leaves from here."""
    form = forms.ReportForm(request.POST or None, offices=offices_of(case))
    seen = {"office": form.cleaned_data["office"]} if form.is_valid() else {}
    if seen:
        told = report_of(case, further=form.cleaned_data["further"])
        seen |= {"preview": {"rows": told.rows()}, "lacking": not_yet(case, seen["office"])}
    status = 422 if form.is_bound and not seen else 200
    return render(request, "outcomes/report.html", frame(case, "case") | {"form": form} | seen, status=status)


@door(Permission.RUN_CASE, Case)
@sure
@require_POST
def report_send(request: HttpRequest, case: Case) -> HttpResponse:
    """It leaves as a PDF, after the step before."""
    form = forms.ReportForm(request.POST, offices=offices_of(case))
    if form.is_valid():
        try:
            pdf = actions.report(case, by=request.actor, **form.cleaned_data)
            return HttpResponse(pdf, headers={"Content-Type": "application/pdf", "Content-Disposition": f'attachment; filename="{NAME}"'})
        except CannotShare as reason:
            form.add_error(None, str(reason))
    return render(request, "outcomes/report.html", frame(case, "case") | {"form": form}, status=422)
