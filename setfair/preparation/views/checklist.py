"""What somebody is to be asked before the day: gone through in one form, and on paper for whoever goes without a screen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Participation
from setfair.cases.queries import frame

from .. import actions, queries
from ..forms_of_checklist import ChecklistForm
from .person import write_down


@door(Permission.PREPARE, Participation)
@require_http_methods(["GET", "HEAD", "POST"])
def checklist(request: HttpRequest, participation: Participation) -> HttpResponse:
    """Opened, a page to print, with lines to write on; sent, it is written down and the person's page stands there again."""
    asks = queries.list_of(participation)
    if request.method == "POST":
        form = ChecklistForm(request.POST, asks=asks)
        return write_down(request, participation, actions.go_through, form, "checklist_form", _("The list is written down."))
    page = {"participation": participation, "asks": asks, "progress": queries.progress(participation)}
    return render(request, "preparation/checklist.html", frame(participation.case, "case_people") | page)
