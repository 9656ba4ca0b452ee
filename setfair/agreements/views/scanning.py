"""The paper that was signed with a pen, scanned in by whoever of the team has it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.queries import frame
from setfair.files import actions as files
from setfair.files.carrying import takes_a_file
from setfair.journal.journey import WrongStep

from .. import actions, pages, queries
from ..beside import page_of
from ..models import Agreement


@takes_a_file
@door(Permission.HAND_TABLET, Agreement)
@require_http_methods(["GET", "HEAD", "POST"])
def signed_paper(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    if not queries.signed_on_paper(agreement):
        return redirect(page_of(agreement))
    form = pages.scan_form(agreement, request.actor, *((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        try:
            actions.scan_paper(agreement, by=request.actor, found=form.cleaned_data["file"], whose=form.people())
            messages.success(request, _("The paper is kept with the signatures."))
            return redirect(page_of(agreement))
        except (actions.CannotSign, files.CannotKeep, WrongStep) as reason:
            form.add_error(None, str(reason))
    if form.found_harm:
        files.report_harm(agreement.case, by=request.actor)
    context = frame(agreement.case, "agreement") | {"form": form, "back": page_of(agreement)}
    return render(request, "agreements/scan.html", context, status=422 if form.is_bound else 200)
