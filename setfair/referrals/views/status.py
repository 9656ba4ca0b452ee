from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from setfair.access.doors import door
from setfair.access.entry import is_of_office
from setfair.access.policy import Permission
from setfair.journal.journey import WrongStep

from .. import actions, changed, enclosed, opened, queries, queries_of_talks
from ..forms.following import More
from ..forms.talking import ChooseTime
from ..journey import Stage
from ..models import Referral
from .changing import in_its_name, may_change


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


def with_choice(request: HttpRequest, referral: Referral, choose: ChooseTime) -> HttpResponse:
    """The same page, with what is to be mended where a time is chosen."""
    return _shown(request, referral, More(), choose=choose, status=422)


def _shown(request: HttpRequest, referral: Referral, form: More, *, choose: ChooseTime | None = None, status: int = 200) -> HttpResponse:
    opened.tell(referral, by=request.actor)  # type: ignore[attr-defined]
    steps, talk = queries.public_steps(referral), queries_of_talks.ahead(referral)
    additions = list(referral.additions.all())  # type: ignore[attr-defined]
    if talk is not None and choose is None:
        choose = ChooseTime(talk=talk, zone=request.programme.zone)  # type: ignore[attr-defined]
    context = {
        "referral": referral,
        "form": form,
        "steps": steps,
        "talk": talk,
        "is_talking": talk is not None or queries_of_talks.is_talking(referral),
        "choose": choose,
        "is_over": referral.stage == Stage.ACCEPTED and len(steps) > 1 and steps[-1]["state"] == "now",
        "enclosed": enclosed.with_it(referral),
        "added": sum(1 for one in additions if not one.what),
        "of_office": is_of_office(request),
        "may_change": may_change(request, referral),
        "in_its_name": in_its_name(request, referral),
        "changes": changed.changes(additions),
        "rests_until": resting.look_on if (resting := queries.rest_of(referral)) else None,
        "reply_by": queries.reply_by(request.programme, referral.waits_since),  # type: ignore[attr-defined]
    }
    return render(request, "referrals/status.html", context, status=status)
