"""A request that a member of the team writes down for somebody else; and the paper slip for who has no screen."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from setfair.access.doors import door, open_door
from setfair.access.limits import allow
from setfair.access.policy import Permission
from setfair.access.ties import may
from setfair.core.actor import Actor
from setfair.core.doors import gives_a_file
from setfair.core.text import shown
from setfair.programmes.models import Programme, Role
from setfair.programmes.queries import is_read

from .. import actions, alike
from ..asked_here import remember_brought
from ..draft import opened, sealed
from ..forms.bringing import Brought
from ..forms.screening import Entry
from ..routes import as_request
from ..slip import paper
from .start import here

MOST, PER = 30, timedelta(hours=1)
"""Requests an hour that one member writes down."""
SENT = "brought"


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.BRING_REFERRAL)
def request_new(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Staff type in a slip, a call or what was said at the door; a student writes what somebody asked them to."""
    actor = request.actor  # type: ignore[attr-defined]
    kind = Entry if actor.roles - {Role.STUDENT} else Brought
    if request.method != "POST" or not is_read():
        return _asked(request, kind(initial={"form_key": uuid.uuid4()}, programme=programme))
    form = kind(request.POST, programme=programme)
    if form.is_valid() and not allow(f"bring {actor.id} {programme.pk}", limit=MOST, per=PER):
        form.add_error(None, _("This was tried many times. Wait a few minutes, then it works again."))
    if not form.is_valid():
        return _asked(request, form, status=422)
    said = {"asker": _own_name(request, form)} | form.answers()
    there = [] if "looked" in request.POST else alike.to_words(as_request(said), actor, said["form_key"])
    return _asked(request, form, there=there) if there else _kept(request, actor, said)


def _asked(request: HttpRequest, form: Entry, status: int = 200, there: Sequence[alike.Alike] = ()) -> HttpResponse:
    return render(request, "referrals/requests/new.html", {"form": form, "is_read": is_read(), "alike": there}, status=status)


def _own_name(request: HttpRequest, form: Entry) -> str:
    """A student is not asked for their name: they are signed in."""
    return "" if "asker" in form.fields else request.user.get_short_name()  # type: ignore[union-attr]


def _kept(request: HttpRequest, actor: Actor, said: dict[str, Any]) -> HttpResponse:
    """Whoever may read requests goes on to it. Everyone else sees its number and the code, once, and nothing of it afterwards."""
    referral, code = actions.ask(by=actor, form_key=said["form_key"], entered_by=actor.id, **as_request(said))
    remember_brought(request, referral)
    if may(actor, Permission.READ_REFERRAL, referral):
        place = f"code {referral.ref}"
        request.session[place] = sealed(code, place)
        return redirect("request", ref=referral.ref)
    request.session[SENT] = sealed({"ref": referral.ref, "code": code}, SENT)
    return redirect("request_sent")


@require_safe
@door(Permission.BRING_REFERRAL)
def request_sent(request: HttpRequest, programme: Programme) -> HttpResponse:
    sent = opened(request.session.pop(SENT, None), SENT)
    if sent is None:
        return redirect("request_new")
    return render(request, "referrals/requests/sent.html", {"ref": sent["ref"], "code": shown(sent["code"])})


@gives_a_file
@require_safe
@open_door
def slip(request: HttpRequest, programme: str) -> HttpResponse:
    """The same questions on paper, in the language of the page."""
    return HttpResponse(paper(here(request)), content_type="application/pdf", headers={"Content-Disposition": 'inline; filename="paper.pdf"'})
