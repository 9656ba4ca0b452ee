from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from setfair.access.doors import door, open_door
from setfair.access.limits import network_of
from setfair.access.policy import Permission
from setfair.access.ties import may
from setfair.core.actor import Actor
from setfair.files.carrying import handed_out, takes_a_file
from setfair.journal.journey import WrongStep
from setfair.programmes.models import Programme
from setfair.referrals.asked_here import brought_here, mine
from setfair.referrals.models import Referral
from setfair.referrals.queries import case_of
from setfair.referrals.views.changing import in_its_name
from setfair.referrals.views.start import here
from setfair.vault.ring import WordsAreGone

from . import actions, queries
from .forms import ChangeForm, EncloseForm, LaterForm, LayForm
from .models import Enclosure

TEAM = "enclosures/team.html"


@takes_a_file
@require_http_methods(["GET", "HEAD", "POST"])
@open_door
def asked_enclose(request: HttpRequest, programme: str) -> HttpResponse:
    """Right after it was sent, in the same stay: the words are safe before the first byte of a file is on its way."""
    actor, referral = mine(request, here(request))
    back = reverse("asked", args=[programme])
    if referral is None or not queries.takes_from(referral):
        return redirect(back)
    return _taken(request, referral, actor, EncloseForm, "enclosures/asked.html", back)


@takes_a_file
@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.FOLLOW_REFERRAL, Referral)
def status_enclose(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Another day, with the code or the link; from an office with a reason."""
    if not queries.takes_from(referral) or not in_its_name(request, referral):
        return redirect("status")
    kind = ChangeForm if referral.is_professional else LaterForm
    return _taken(request, referral, request.actor, kind, "enclosures/status.html", reverse("status"))  # type: ignore[attr-defined]


@takes_a_file
@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.BRING_REFERRAL)
def brought_enclose(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The paper from which a member of the team has just keyed a request in."""
    referral = brought_here(request)
    if referral is None:
        return redirect("request_new")
    return _taken(request, referral, request.actor, EncloseForm, TEAM, reverse("today"))  # type: ignore[attr-defined]


@takes_a_file
@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.SCREEN_REFERRAL, Referral)
def request_enclose(request: HttpRequest, referral: Referral) -> HttpResponse:
    return _taken(request, referral, request.actor, EncloseForm, TEAM, reverse("request_files", args=[referral.ref]))  # type: ignore[attr-defined]


def _taken(request: HttpRequest, referral: Referral, actor: Actor, kind: type[EncloseForm], page: str, back: str) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = kind(*sent, referral=referral, by=actor, network="" if page == TEAM else network_of(request))
    if form.is_valid():
        try:
            actions.enclose(referral, by=actor, **form.given())
            messages.success(request, _("It is kept with the request.") if page == TEAM else _("Thank you. We have it."))
            return redirect(back)
        except actions.CannotEnclose as reason:
            form.add_error(None, str(reason))
    if form.found_harm:
        actions.report_harm(referral, by=actor)
    return render(request, page, {"form": form, "referral": referral, "back": back}, status=422 if form.is_bound else 200)


@require_GET
@door(Permission.READ_REFERRAL, Referral)
def request_files(request: HttpRequest, referral: Referral) -> HttpResponse:
    return _listed(request, referral)


def _listed(request: HttpRequest, referral: Referral, *, problem: str = "", status: int = 200) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    may_act = may(actor, Permission.SCREEN_REFERRAL, referral)
    page = {
        "referral": referral,
        "rows": [(row, LayForm(auto_id=f"{row.enclosure.pk}_%s")) for row in queries.of_request(referral, actor)],
        "case": case_of(referral),
        "problem": problem,
        "harm": queries.unseen_harm(referral).exists(),
        "may_act": may_act,
        "may_add": may_act and referral.stage in queries.TAKES_MORE and queries.has_room(referral),
    }
    return render(request, "enclosures/list.html", page, status=status)


@require_POST
@door(Permission.SCREEN_REFERRAL, Referral)
def request_harm_seen(request: HttpRequest, referral: Referral) -> HttpResponse:
    actions.see_harm(referral, by=request.actor)  # type: ignore[attr-defined]
    return redirect("request_files", ref=referral.ref)


@require_GET
@door(Permission.READ_REFERRAL, Enclosure)
def enclosure(request: HttpRequest, enclosure: Enclosure) -> HttpResponse:
    try:
        return handed_out(enclosure, actions.hand_out(enclosure, by=request.actor))  # type: ignore[attr-defined]
    except WordsAreGone:
        raise Http404 from None


@require_POST
@door(Permission.SCREEN_REFERRAL, Enclosure)
def enclosure_away(request: HttpRequest, enclosure: Enclosure) -> HttpResponse:
    try:
        actions.take_away(enclosure, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, _("It is taken away."))
    except (actions.HasToStay, WrongStep) as reason:
        messages.info(request, str(reason))
    return redirect("request_files", ref=enclosure.referral.ref)


@require_POST
@door(Permission.SCREEN_REFERRAL, Enclosure)
def enclosure_lay(request: HttpRequest, enclosure: Enclosure) -> HttpResponse:
    """To the case, for those somebody says now."""
    form, problem = LayForm(request.POST), _("Please choose who may open it.")
    if form.is_valid():
        try:
            actions.lay(enclosure, by=request.actor, audience=form.cleaned_data["audience"])  # type: ignore[attr-defined]
            messages.success(request, _("It is kept with the case."))
            return redirect("request_files", ref=enclosure.referral.ref)
        except (actions.CannotEnclose, WrongStep) as reason:
            problem = str(reason)
        except WordsAreGone:
            raise Http404 from None
    return _listed(request, enclosure.referral, problem=problem, status=422)
