from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.ties import may
from setfair.core.text import shown
from setfair.journal.journey import WrongStep
from setfair.programmes.models import Programme
from setfair.programmes.own_reasons import in_words

from .. import actions, alike, changed, enclosed, queries, queries_of_talks, tongue
from ..draft import opened
from ..forms.people import People
from ..forms.screening import Accept, Apart, Clear, Decline, Told
from ..models import Referral
from ..ours import standing


@require_safe
@door(Permission.READ_REFERRAL)
def requests(request: HttpRequest, programme: Programme) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    over = request.GET.get("show") == "answered"
    rows = queries.answered(actor) if over else queries.waiting(actor)
    page = queries.page(rows, programme, request.GET.get("after", ""))
    further = f"?{'show=answered&' if over else ''}after={page.after}" if page.after else ""
    context = {
        "page": page,
        "over": over,
        "further": further,
        "tabs": _tabs(actor, over),
        "head": [_("Request"), _("Came"), _("From"), _("Look at"), _("Stands at")],
    }
    return render(request, "referrals/requests/list.html", context)


def _tabs(actor: Any, over: bool) -> list[dict[str, Any]]:
    here = reverse("requests")
    return [
        {"url": here, "label": _("Waiting"), "count": queries.waiting(actor).count(), "current": not over},
        {"url": f"{here}?show=answered", "label": _("Answered"), "count": 0, "current": over},
    ]


@require_safe
@door(Permission.READ_REFERRAL, Referral)
def request_page(request: HttpRequest, referral: Referral) -> HttpResponse:
    additions = list(referral.additions.all())  # type: ignore[attr-defined]
    actions.read(referral, by=request.actor)  # type: ignore[attr-defined]
    return _shown(request, referral, Accept(programme=referral.programme), Decline(), additions=additions)


@require_POST
@door(Permission.SCREEN_REFERRAL, Referral)
def request_accept(request: HttpRequest, referral: Referral) -> HttpResponse:
    form = Accept(request.POST, programme=referral.programme)
    if not form.is_valid():
        return _shown(request, referral, form, Decline(), status=422)
    try:
        actions.accept(referral, by=request.actor, **form.answers())  # type: ignore[attr-defined]
    except actions.NeedsClearance as reason:
        actions.halt(referral, by=request.actor)  # type: ignore[attr-defined]
        return _refused(request, referral, form, Decline(), reason)
    except (WrongStep, actions.CannotScreen) as reason:
        return _refused(request, referral, form, Decline(), reason)
    case = queries.case_of(referral)
    return redirect("case", ref=case.ref) if case else redirect("request", ref=referral.ref)


@require_POST
@door(Permission.SCREEN_REFERRAL, Referral)
def request_decline(request: HttpRequest, referral: Referral) -> HttpResponse:
    form = Decline(request.POST)
    if not form.is_valid():
        return _shown(request, referral, Accept(programme=referral.programme), form, status=422)
    try:
        actions.decline(referral, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
    except (WrongStep, actions.CannotScreen) as reason:
        return _refused(request, referral, Accept(programme=referral.programme), form, reason)
    messages.success(request, _("It is written down: not going ahead."))
    return redirect("requests")


@require_POST
@door(Permission.SCREEN_REFERRAL, Referral)
def request_told(request: HttpRequest, referral: Referral) -> HttpResponse:
    form = Told(request.POST)
    if not form.is_valid():
        return _shown(request, referral, Accept(programme=referral.programme), Decline(), telling=form, status=422)
    try:
        actions.reply(referral, by=request.actor, how=form.cleaned_data["how"])  # type: ignore[attr-defined]
    except actions.CannotScreen as reason:
        return _refused(request, referral, Accept(programme=referral.programme), Decline(), reason)
    messages.success(request, _("It is written down."))
    return redirect("request", ref=referral.ref)


@require_POST
@door(Permission.CLEAR_REFERRAL, Referral)
def request_clear(request: HttpRequest, referral: Referral) -> HttpResponse:
    form = Clear(request.POST)
    if not form.is_valid():
        return _shown(request, referral, Accept(programme=referral.programme), Decline(), clearing=form, status=422)
    try:
        actions.clear(referral, by=request.actor, reason=form.cleaned_data["reason"])  # type: ignore[attr-defined]
    except actions.CannotScreen as reason:
        return _refused(request, referral, Accept(programme=referral.programme), Decline(), reason)
    messages.success(request, _("It is written down, with your reason."))
    return redirect("request", ref=referral.ref)


def _refused(request: HttpRequest, referral: Referral, accept: Accept, decline: Decline, reason: Exception) -> HttpResponse:
    """The page as it stands now, with the sentence and what was written."""
    referral.refresh_from_db()
    return _shown(request, referral, accept, decline, problem=str(reason), status=422)


def _shown(
    request: HttpRequest,
    referral: Referral,
    accept: Accept,
    decline: Decline,
    *,
    problem: str = "",
    additions: Any = None,
    telling: Told | None = None,
    clearing: Clear | None = None,
    status: int = 200,
) -> HttpResponse:
    resting = queries.rest_of(referral)
    place, screening = f"code {referral.ref}", referral.screenings.first()  # type: ignore[attr-defined]
    readable = queries.is_readable(referral)
    additions = additions if additions is not None else list(referral.additions.all())  # type: ignore[attr-defined]
    context = {
        "referral": referral,
        "accept": accept,
        "decline": decline,
        "problem": problem,
        "readable": readable,
        "ways": queries.ways(referral) if readable else [],
        "when": queries.read_when(referral.when) if readable else None,
        "people": People.told(referral.people or []) if readable else [],
        "additions": [one for one in additions if not one.what],
        "changes": changed.changes(additions) if readable else [],
        "screening": screening,
        "why": in_words(screening) if screening else "",
        "resting": resting,
        "resting_for": in_words(resting) if resting else "",
        "standing": standing(referral),
        "enclosed": enclosed.with_it(referral),
        "kept_out": list(referral.kept_out.filter(ended_at__isnull=True).select_related("user").order_by("since", "pk")),  # type: ignore[attr-defined]
        "apart": Apart(),
        "alike": alike.to_this(referral, request.actor) if referral.is_open else [],  # type: ignore[attr-defined]
        "foreign": tongue.named(referral.written) if referral.written not in ("", request.programme.language) else "",  # type: ignore[attr-defined]
        "readers": tongue.readers(referral.written) if referral.written not in ("", request.programme.language) else [],  # type: ignore[attr-defined]
        "by": queries.who_answered(screening) if screening else "",
        "looked_at": queries.looked_at(screening) if screening else [],
        "case": queries.case_of(referral),
        "talks": queries_of_talks.talks_of(referral),
        "talk_ahead": queries_of_talks.ahead(referral) is not None,
        "reply_by": queries.reply_by(request.programme, referral.waits_since),  # type: ignore[attr-defined]
        "telling": telling or Told(),
        "untold": queries.is_untold(referral),
        "may_tell": may(request.actor, Permission.SCREEN_REFERRAL, referral),  # type: ignore[attr-defined]
        "clearing": clearing or Clear(),
        "clearances": list(referral.clearances.order_by("at")),  # type: ignore[attr-defined]
        "may_clear": referral.is_open and may(request.actor, Permission.CLEAR_REFERRAL, referral),  # type: ignore[attr-defined]
        "may_screen": referral.is_open and may(request.actor, Permission.SCREEN_REFERRAL, referral),  # type: ignore[attr-defined]
        "code": shown(opened(request.session.pop(place, None), place) or ""),
    }
    return render(request, "referrals/requests/show.html", context, status=status)
