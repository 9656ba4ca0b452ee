"""The door: who came, and who does not want to any more."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.entry import on_the_day
from setfair.access.policy import Permission
from setfair.cases.models import Participation
from setfair.preparation.actions import CannotPrepare, withdraw

from .. import actions
from ..forms import ArrivalForm
from ..models import Conference
from .showing import shown


@on_the_day
@require_POST
@door(Permission.CONVENE, Conference)
def arrivals(request: HttpRequest, conference: Conference) -> HttpResponse:
    form = ArrivalForm(request.POST, case=conference.case)
    if not form.is_valid():
        return shown(request, conference, [_("Please choose somebody of this meeting.")])
    try:
        return _marked(request, conference, **form.cleaned_data)
    except (actions.CannotGoOn, CannotPrepare) as reason:
        return shown(request, conference, [str(reason)])


def _marked(request: HttpRequest, conference: Conference, participation: Participation, came: str) -> HttpResponse:
    """Who does not want to any more has stopped: the day is off, and the others are not told who."""
    if came == "unwilling":
        withdraw(participation, by=request.actor)
        messages.success(request, _("They have stopped for now. The day is off. Tell the others only that it is not today."))
        return redirect("case", ref=conference.case.ref)
    if came == "yes":
        actions.welcome(conference, participation, by=request.actor)
    else:
        actions.mark_attendance(conference, participation, by=request.actor, came=False)
    return redirect("conference", pk=conference.pk)
