"""What became of a prepared question."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.entry import on_the_day
from setfair.access.policy import Permission

from .. import actions
from ..forms import QuestionForm
from ..models import Conference
from .showing import shown, tried


@on_the_day
@require_POST
@door(Permission.READ_SCRIPT, Conference)
def question(request: HttpRequest, conference: Conference) -> HttpResponse:
    form = QuestionForm(request.POST, conference=conference)
    if not form.is_valid():
        return shown(request, conference, [_("This question is not here any more.")])
    found, what = form.marked()
    return tried(request, conference, lambda: actions.mark_question(conference, found, by=request.actor, what=what))
