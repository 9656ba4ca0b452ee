"""Headings of the sharing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.entry import on_the_day
from setfair.access.policy import Permission

from .. import actions, pages
from ..forms import HeadingBackForm
from ..models import Conference
from .showing import shown, tried


@on_the_day
@require_POST
@door(Permission.READ_SCRIPT, Conference)
def heading(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Back to the same place of the page, so that the next one can be noted."""
    form = pages.heading_form(conference, request.POST)
    if not form.is_valid():
        return shown(request, conference, [_("Please write a few words, and say what they are.")], heading_form=form)
    try:
        actions.note_heading(conference, by=request.actor, **form.heading())
    except actions.CannotGoOn as reason:
        return shown(request, conference, [str(reason)], heading_form=form)
    return redirect(reverse("conference", args=[conference.pk]) + "#headings")


@on_the_day
@require_POST
@door(Permission.READ_SCRIPT, Conference)
def heading_off(request: HttpRequest, conference: Conference) -> HttpResponse:
    form = HeadingBackForm(request.POST, conference=conference)
    if not form.is_valid():
        return shown(request, conference, [_("This heading is not here.")])
    return tried(request, conference, lambda: actions.take_off_heading(form.cleaned_data["heading"], by=request.actor))
