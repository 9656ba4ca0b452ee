from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.sure import sure, sure_to_send
from setfair.access.ties import open_to
from setfair.accounts.second_step import with_one
from setfair.cases.actions import CannotChange as CannotHandOver
from setfair.core.actor import Actor
from setfair.programmes import actions
from setfair.programmes.forms.people import InviteForm
from setfair.programmes.models import Membership, Offer, Programme, Role
from setfair.programmes.queries import is_read

from ...actions import end_role
from ...forms import LeavingForm
from .saving import saved, status_of
from .wizard import wizard

JUST_NOW, A_WEEK = timedelta(minutes=10), timedelta(days=7)


@door(Permission.MANAGE_TEAM)
@sure_to_send
def people(request: HttpRequest, programme: Programme) -> HttpResponse:
    alone = not is_read()
    form = InviteForm(request.POST or None, initial={"role": Role.COORDINATOR} if alone else None)
    if saved(form, lambda: actions.invite(programme, by=request.actor, **form.cleaned_data)):  # type: ignore[attr-defined]
        messages.success(request, _("We have written to them. Whoever is new here belongs to the team once they have said yes."))
        return redirect(request.get_full_path())
    page = {"form": form, "members": _members(request.actor), "wizard": wizard(request, "people"), "alone": alone}  # type: ignore[attr-defined]
    page["asked"] = open_to(request.actor, Permission.MANAGE_TEAM, Offer).filter(_waits_or_said_no()).select_related("user").order_by("at")  # type: ignore[attr-defined]
    return render(request, "settings/people.html", page, status=status_of(form))


@require_POST
@door(Permission.MANAGE_TEAM, Membership)
@sure
def end(request: HttpRequest, membership: Membership) -> HttpResponse:
    """End it. What a coordinator would leave behind is asked about first: who takes it?"""
    form = LeavingForm(request.POST, membership=membership)
    if form.count and not form.is_valid():
        return _leaving(request, membership, form, 422 if "to" in request.POST else 200)
    try:
        end_role(membership, by=request.actor, to=form.successor())  # type: ignore[attr-defined]
        messages.success(request, _("This role has ended. You can bring it back below."))
    except (actions.CannotLeave, CannotHandOver) as reason:
        messages.error(request, str(reason))
    return redirect("settings_people")


def _leaving(request: HttpRequest, membership: Membership, form: LeavingForm, status: int) -> HttpResponse:
    shown = form if status == 422 else LeavingForm(membership=membership)
    return render(request, "settings/leaving.html", {"membership": membership, "form": shown, "count": form.count}, status=status)


@require_POST
@door(Permission.MANAGE_TEAM, Membership)
@sure
def step(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Help back in somebody who lost their passkey or phone."""
    try:
        actions.reset_second_step(membership, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, _("Their second step is taken away, and they are signed out. We have written to them."))
    except actions.CannotReset as reason:
        messages.error(request, str(reason))
    return redirect("settings_people")


@require_POST
@door(Permission.MANAGE_TEAM, Membership)
@sure
def again(request: HttpRequest, membership: Membership) -> HttpResponse:
    actions.join_again(membership, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("They have this role again."))
    return redirect("settings_people")


@require_POST
@door(Permission.MANAGE_TEAM, Offer)
def take_back(request: HttpRequest, offer: Offer) -> HttpResponse:
    if actions.take_back(offer, by=request.actor):  # type: ignore[attr-defined]
        messages.success(request, _("They are not asked any more."))
    else:
        messages.error(request, _("They have answered in the meantime."))
    return redirect("settings_people")


@require_POST
@door(Permission.MANAGE_TEAM, Membership)
def show(request: HttpRequest, membership: Membership) -> HttpResponse:
    try:
        actions.show_publicly(membership, by=request.actor)  # type: ignore[attr-defined]
    except actions.CannotShow as reason:
        messages.error(request, str(reason))
    return redirect("settings_people")


@require_POST
@door(Permission.MANAGE_TEAM, Membership)
def hide(request: HttpRequest, membership: Membership) -> HttpResponse:
    actions.keep_private(membership, by=request.actor)  # type: ignore[attr-defined]
    return redirect("settings_people")


def _waits_or_said_no() -> Q:
    return Q(answer="") | Q(answer=Offer.Answer.NO, answered_at__gte=timezone.now() - A_WEEK)


def _members(actor: Actor) -> list[dict[str, Any]]:
    """Everyone with a role here, by name, each with their roles, and with what ended a moment ago."""
    recent = Q(ended_at__isnull=True) | Q(ended_at__gte=timezone.now() - JUST_NOW)
    rows = open_to(actor, Permission.MANAGE_TEAM, Membership).filter(recent).select_related("user")
    in_order = sorted(rows, key=lambda m: (m.name.casefold(), m.user_id, m.since))
    people = [list(roles) for _user, roles in groupby(in_order, key=lambda m: m.user_id)]
    has_step = with_one({row.user_id for row in rows})
    return [_member(p) | {"has_step": p[0].user_id in has_step, "is_me": p[0].user_id == actor.id} for p in people]


def _member(held: list[Membership]) -> dict[str, Any]:
    return {"name": held[0].name, "email": held[0].user.email, "roles": [r for r in held if r.ended_at is None], "ended": _ended(held)}


def _ended(roles: list[Membership]) -> list[Membership]:
    """What can be brought back: the latest of each role that is not held again."""
    live = {r.role for r in roles if r.ended_at is None}
    return list({r.role: r for r in roles if r.ended_at is not None and r.role not in live}.values())
