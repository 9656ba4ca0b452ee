from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.journal.journey import WrongStep

from .. import actions, opened, queries
from ..forms.following import More
from ..journey import Stage
from ..models import Referral


@require_safe
@door(Permission.FOLLOW_REFERRAL, Referral)
def status(request: HttpRequest, referral: Referral) -> HttpResponse:
    return _shown(request, referral, More())


@require_POST
@door(Permission.FOLLOW_REFERRAL, Referral)
def status_words(request: HttpRequest, referral: Referral) -> HttpResponse:
    form = More(request.POST)
    if not form.is_valid():
        return _shown(request, referral, form, status=422)
    actions.add(referral, by=request.actor, words=form.cleaned_data["words"])  # type: ignore[attr-defined]
    messages.success(request, _("Thank you. We have it."))
    return redirect("status")


@require_POST
@door(Permission.FOLLOW_REFERRAL, Referral)
def status_withdrawal(request: HttpRequest, referral: Referral) -> HttpResponse:
    if referral.is_open:
        try:
            actions.withdraw(referral, by=request.actor)  # type: ignore[attr-defined]
        except WrongStep as quicker:
            messages.info(request, str(quicker))
    return redirect("status")


def _shown(request: HttpRequest, referral: Referral, form: More, status: int = 200) -> HttpResponse:
    opened.tell(referral, by=request.actor)  # type: ignore[attr-defined]
    steps = queries.public_steps(referral)
    context = {
        "referral": referral,
        "form": form,
        "steps": steps,
        "is_over": referral.stage == Stage.ACCEPTED and len(steps) > 1 and steps[-1]["state"] == "now",
        "added": referral.additions.count(),  # type: ignore[attr-defined]
        "reply_by": queries.reply_by(request.programme, referral.received_at),  # type: ignore[attr-defined]
    }
    return render(request, "referrals/status.html", context, status=status)
