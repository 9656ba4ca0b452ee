from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setfair.access.doors import open_door
from setfair.access.limits import allow, network_of
from setfair.core.text import shown
from setfair.journal.journey import WrongStep

from .. import actions, enclosed, queries
from ..asked_here import asked_here, forget, mine, remember
from ..draft import Draft
from ..forms.asking import Send
from ..kept_drafts import sent
from ..routes import ASK, REFER, Route, as_request, together
from .start import here, while_somebody_reads
from .steps import takes_professionals

MOST, PER = 60, timedelta(hours=1)
"""Requests an hour from one network to one programme: a whole school often stands behind one."""


@require_http_methods(["GET", "HEAD", "POST"])
@open_door
@while_somebody_reads
def ask_check(request: HttpRequest, programme: str) -> HttpResponse:
    here(request)
    return check(request, ASK)


@require_http_methods(["GET", "HEAD", "POST"])
@open_door
@while_somebody_reads
def refer_check(request: HttpRequest, programme: str) -> HttpResponse:
    takes_professionals(request)
    return check(request, REFER)


def check(request: HttpRequest, route: Route) -> HttpResponse:
    """Show all answers; with the button, send them. A second press after the first finds the thanks."""
    draft, slug = Draft(request, route.start), here(request).slug
    if not draft.begun:
        return redirect("asked" if asked_here(request, here(request)) else route.start, programme=slug)
    lacking = route.unanswered(draft)
    if lacking:
        return redirect(route.page, programme=slug, step=lacking[0].slug)
    if request.method != "POST":
        return _answers(request, route, draft)
    problem, status = _problem(request, draft)
    if problem:
        return _answers(request, route, draft, problem, status)
    referral, code = actions.ask(by=request.actor, form_key=draft.form_key, **as_request(together(draft.answers)))  # type: ignore[attr-defined]
    sent(draft)
    remember(request, referral, code)
    return redirect("asked", programme=slug)


def _problem(request: HttpRequest, draft: Draft) -> tuple[str, int]:
    form, said = Send(request.POST), together(draft.answers)
    if not form.is_valid():
        return form.errors["website"][0], 422
    if not said.get("story") and said.get("none"):
        return _("We cannot reach you, and we do not know what happened. Please tell us a little, or give us one safe way."), 422
    if not allow(f"ask {network_of(request)} {here(request).pk}", limit=MOST, per=PER):
        return _("Very many requests came from here in the last hour. Your words are still here. Please try again later, or call us."), 429
    return "", 200


def _answers(request: HttpRequest, route: Route, draft: Draft, problem: str = "", status: int = 200) -> HttpResponse:
    context = {
        "rows": route.told(draft),
        "page": route.page,
        "start": route.start,
        "problem": problem,
        "may_stop": True,
        "later_page": route.later,
        "audience": "asker" if route is ASK else "office",
    }
    return render(request, "referrals/ask/check.html", context, status=status)


@require_safe
@open_door
def asked(request: HttpRequest, programme: str) -> HttpResponse:
    ours, (_actor, referral), kept = here(request), mine(request, here(request)), asked_here(request, here(request))
    if referral is None or kept is None:
        return render(request, "referrals/nothing.html")
    context = {
        "code": shown(kept["code"]),
        "referral": referral,
        "reply_by": queries.reply_by(ours, referral.waits_since),
        "reader": queries.coordinator_name(),
        "silent": not referral.reach or bool(referral.reach.get("none")),
        "enclosed": enclosed.with_it(referral),
    }
    return render(request, "referrals/asked.html", context)


@require_POST
@open_door
def asked_withdrawal(request: HttpRequest, programme: str) -> HttpResponse:
    actor, referral = mine(request, here(request))
    if referral is None:
        return redirect("asked", programme=programme)
    try:
        actions.withdraw(referral, by=actor)
    except WrongStep:
        messages.info(request, _("We have answered this already. With your code you can see how it stands."))
        return redirect("asked", programme=programme)
    forget(request, here(request))
    messages.success(request, _("It is taken back. We do nothing more with it."))
    return redirect("start", programme=programme)
