"""Letters that wait for somebody: to print and hand over, to try again, to send another way."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Case
from setfair.cases.queries import frame
from setfair.core.text import TellingWords
from setfair.journal.actions import record
from setfair.journal.journey import WrongStep
from setfair.letters import actions, channels
from setfair.letters.journey import Stage
from setfair.letters.models import Channel
from setfair.programmes.models import Programme

from ..forms import OtherWayForm
from ..models import Posting
from ..post import of_case, other_ways, stuck, to_print


@door(Permission.SEE_TODAY)
@require_GET
def post(request: HttpRequest, programme: Programme) -> HttpResponse:
    """What lies on paper, and what could not be sent, in the cases one may work in."""
    actor = request.actor  # type: ignore[attr-defined]
    columns = [_("Case"), _("For"), _("What"), _("Since"), ""]
    return render(request, "desk/post.html", {"to_print": to_print(actor), "stuck": stuck(actor), "columns": columns})


@door(Permission.PREPARE, Case)
@require_GET
def case_letters(request: HttpRequest, case: Case) -> HttpResponse:
    """Every letter of a case: what kind, over which way, where it stands."""
    columns = [_("For"), _("What"), _("How"), _("Where it stands"), ""]
    return render(request, "desk/case_letters.html", frame(case, "case") | {"letters": of_case(case), "columns": columns})


@door(Permission.PREPARE, Posting)
@require_GET
def sheet(request: HttpRequest, letter: Posting) -> HttpResponse:
    """The letter to print, under a name that says nothing."""
    if letter.channel != Channel.PAPER or letter.stage not in (Stage.PRINTED, Stage.HANDED):
        raise Http404
    record("read", letter, by=request.actor)  # type: ignore[attr-defined]
    name = f"letter-{letter.pk.hex[:8]}.pdf"
    return HttpResponse(channels.sheet(letter), content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


@door(Permission.PREPARE, Posting)
@require_POST
def handed(request: HttpRequest, letter: Posting) -> HttpResponse:
    try:
        actions.hand_over(letter, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, _("It is written down: the letter has left."))
    except WrongStep as reason:
        messages.error(request, str(reason))
    return redirect("post")


@door(Permission.PREPARE, Posting)
@require_POST
def told(request: HttpRequest, letter: Posting) -> HttpResponse:
    """What could not be sent was said by voice or in person."""
    try:
        actions.tell_in_person(letter, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, _("It is written down: they know."))
    except WrongStep as reason:
        messages.error(request, str(reason))
    return redirect("post")


@door(Permission.PREPARE, Posting)
@require_POST
def again(request: HttpRequest, letter: Posting) -> HttpResponse:
    try:
        actions.try_again(letter, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, _("It is on its way once more."))
    except WrongStep as reason:
        messages.error(request, str(reason))
    return redirect("post")


@door(Permission.PREPARE, Posting)
@require_POST
def other_way(request: HttpRequest, letter: Posting) -> HttpResponse:
    form = OtherWayForm(request.POST, ways=other_ways(letter))
    try:
        if form.is_valid():
            actions.send_another_way(letter, by=request.actor, to=form.address())  # type: ignore[attr-defined]
            messages.success(request, _("It goes another way now."))
        else:
            messages.error(request, _("Please choose one of the ways."))
    except WrongStep as reason:
        messages.error(request, str(reason))
    except TellingWords:
        messages.error(request, _("These words would say too much in a text message. Please choose another way."))
    return redirect("post")
