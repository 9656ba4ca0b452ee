"""A talk as whoever asked chooses it, with their code."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.journal.journey import WrongStep

from .. import actions, queries_of_talks
from ..forms.talking import ChooseTime
from ..models import Referral
from .status import with_choice


@require_POST
@door(Permission.FOLLOW_REFERRAL, Referral)
def status_talk(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Choose one of the times."""
    talk = queries_of_talks.ahead(referral)
    if talk is None:
        return redirect("status")
    form = ChooseTime(request.POST, talk=talk, zone=request.programme.zone)  # type: ignore[attr-defined]
    if not form.is_valid():
        return with_choice(request, referral, form)
    try:
        actions.book_talk(talk, by=request.actor, starts_at=form.chosen())  # type: ignore[attr-defined]
        messages.success(request, _("Thank you. The time is yours."))
    except (WrongStep, actions.CannotTalk) as reason:
        messages.info(request, str(reason))
    return redirect("status")


@require_POST
@door(Permission.FOLLOW_REFERRAL, Referral)
def status_talk_off(request: HttpRequest, referral: Referral) -> HttpResponse:
    """No talk, or not then. No reason is asked."""
    talk = queries_of_talks.ahead(referral)
    if talk is not None:
        try:
            actions.call_off_talk(talk, by=request.actor)  # type: ignore[attr-defined]
            messages.success(request, _("It is off. You do not have to say why."))
        except WrongStep as quicker:
            messages.info(request, str(quicker))
    return redirect("status")


@require_POST
@door(Permission.FOLLOW_REFERRAL, Referral)
def status_ask(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Having talked, they ask after all."""
    try:
        actions.ask_after_all(referral, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, _("Thank you. We read what you told us, and answer."))
    except WrongStep as quicker:
        messages.info(request, str(quicker))
    return redirect("status")
