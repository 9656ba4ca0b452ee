"""A talk just to learn more, as the team plans and keeps it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.ties import may
from setfair.journal.actions import record
from setfair.journal.journey import WrongStep

from .. import actions, queries, queries_of_talks
from ..forms.talking import AgreedTime, FollowUp, OfferTalk
from ..models import Referral, Talk

REFUSALS = (WrongStep, actions.CannotTalk)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.SCREEN_REFERRAL, Referral)
def talk_offer(request: HttpRequest, referral: Referral) -> HttpResponse:
    form = OfferTalk(request.POST if request.method == "POST" else None, holders=queries_of_talks.holders())
    if form.is_valid():
        try:
            talk = actions.offer_talk(referral, by=request.actor, **form.answers())  # type: ignore[attr-defined]
            return redirect("talk", pk=talk.pk)
        except REFUSALS as reason:
            form.add_error(None, str(reason))
    page = {"form": form, "referral": referral, "ahead": queries_of_talks.ahead(referral), "ways": queries.ways(referral)}
    return render(request, "referrals/talks/offer.html", page, status=422 if form.is_bound else 200)


@require_safe
@door(Permission.HOLD_TALK, Talk)
def talk(request: HttpRequest, talk: Talk) -> HttpResponse:
    record("read", talk.referral, by=request.actor)  # type: ignore[attr-defined]
    return _shown(request, talk)


@require_POST
@door(Permission.HOLD_TALK, Talk)
def talk_time(request: HttpRequest, talk: Talk) -> HttpResponse:
    form = AgreedTime(request.POST)
    if not form.is_valid():
        return _shown(request, talk, agreed=form, status=422)
    return _done(request, talk, lambda: actions.note_time(talk, by=request.actor, **form.cleaned_data))  # type: ignore[attr-defined]


@require_POST
@door(Permission.HOLD_TALK, Talk)
def talk_held(request: HttpRequest, talk: Talk) -> HttpResponse:
    return _done(request, talk, lambda: actions.hold_talk(talk, by=request.actor))  # type: ignore[attr-defined]


@require_POST
@door(Permission.HOLD_TALK, Talk)
def talk_missed(request: HttpRequest, talk: Talk) -> HttpResponse:
    return _done(request, talk, lambda: actions.miss_talk(talk, by=request.actor))  # type: ignore[attr-defined]


@require_POST
@door(Permission.HOLD_TALK, Talk)
def talk_off(request: HttpRequest, talk: Talk) -> HttpResponse:
    return _done(request, talk, lambda: actions.call_off_talk(talk, by=request.actor))  # type: ignore[attr-defined]


@require_POST
@door(Permission.HOLD_TALK, Talk)
def talk_after(request: HttpRequest, talk: Talk) -> HttpResponse:
    form = FollowUp(request.POST)
    if not form.is_valid():
        return _shown(request, talk, after=form, status=422)
    return _done(request, talk, lambda: actions.follow_up(talk, by=request.actor, **form.cleaned_data))  # type: ignore[attr-defined]


def _done(request: HttpRequest, talk: Talk, act: Callable[[], Any]) -> HttpResponse:
    try:
        act()
    except REFUSALS as reason:
        talk.refresh_from_db()
        return _shown(request, talk, problem=str(reason), status=422)
    messages.success(request, _("It is written down."))
    return redirect("talk", pk=talk.pk)


def _shown(
    request: HttpRequest, talk: Talk, *, agreed: AgreedTime | None = None, after: FollowUp | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    """Whoever holds it sees the name, how to reach them and what they were told for it; the request stays with the coordinator."""
    referral, readable = talk.referral, queries.is_readable(talk.referral)
    page = {
        "talk": talk,
        "referral": referral,
        "readable": readable,
        "ways": queries.ways(referral) if readable else [],
        "holder": queries_of_talks.holder_of(talk),
        "end": talk.ends.first(),  # type: ignore[attr-defined]
        "agreed": agreed or AgreedTime(),
        "after": after or FollowUp(),
        "problem": problem,
        "may_read": may(request.actor, Permission.READ_REFERRAL, referral),  # type: ignore[attr-defined]
    }
    return render(request, "referrals/talks/show.html", page, status=status)
