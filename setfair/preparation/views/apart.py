"""A word past those who run the meeting: written by people on their own pages, read by somebody else."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Participation
from setfair.programmes.models import Programme
from setfair.referrals.models import Referral

from .. import actions, queries
from ..forms import ComplaintForm
from ..models import Complaint

Both = require_http_methods(["GET", "POST"])


@door(Permission.TAKE_PART, Participation)
@Both
def complain(request: HttpRequest, me: Participation) -> HttpResponse:
    return _write(request, me, "home")


@door(Permission.FOLLOW_REFERRAL, Referral)
@Both
def status_complain(request: HttpRequest, referral: Referral) -> HttpResponse:
    return _write(request, referral, "status")


@door(Permission.READ_COMPLAINT)
@require_GET
def complaints(request: HttpRequest, programme: Programme) -> HttpResponse:
    return render(request, "preparation/complaints.html", {"complaints": queries.complaints(request.actor)})  # type: ignore[attr-defined]


@door(Permission.READ_COMPLAINT, Complaint)
@require_GET
def complaint(request: HttpRequest, row: Complaint) -> HttpResponse:
    context = {"complaint": row, "taken": queries.seen_to(row), "is_sealed": queries.is_sealed_from(row, request.actor)}  # type: ignore[attr-defined]
    return render(request, "preparation/complaint.html", context)


@door(Permission.READ_COMPLAINT, Complaint)
@require_POST
def complaint_taken(request: HttpRequest, row: Complaint) -> HttpResponse:
    actions.take_up(row, by=request.actor)  # type: ignore[attr-defined]
    return redirect("complaint", pk=row.pk)


def _write(request: HttpRequest, writer: queries.Writer, back: str) -> HttpResponse:
    form = ComplaintForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.complain(writer, by=request.actor, words=form.cleaned_data["words"])  # type: ignore[attr-defined]
        except actions.CannotPrepare as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Thank you. We have it, and somebody will read it soon."))
            return redirect(back)
    context = {"form": form, "readers": queries.readers(writer), "outside": queries.outside(writer.programme), "back": back}
    return render(request, "preparation/complain.html", context, status=422 if form.is_bound else 200)
