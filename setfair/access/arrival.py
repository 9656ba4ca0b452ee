"""Coming in with a code or a link, and how many wrong ones one network may try."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from setfair.accounts.actions import CannotSpend, replace_code, spend_link
from setfair.accounts.models import Pass
from setfair.accounts.queries import Found, is_link, last_code, pass_behind
from setfair.core import tenant
from setfair.core.actor import Actor, Kind
from setfair.journal.actions import record
from setfair.journal.models import Entry

from .entry import BEARER, WAY_BACK, begin
from .language import OF_BEARER, remember
from .limits import allow, deny, give_back
from .network import network_of, wider_network_of

NEAR = (10, timedelta(minutes=10))
"""Wrong codes from one network. A code has 40 bits: at this rate a thousand live codes hold out for two thousand years."""
WIDE = (200, timedelta(hours=1))
"""The same for the wider network that it lies in."""
LINKS_NEAR, LINKS_WIDE = (30, timedelta(minutes=10)), (600, timedelta(hours=1))
"""Links that lead nowhere. Nobody guesses one, its token is far too long: this bounds the work and the lines that trying makes."""


def let_in(request: HttpRequest, text: str) -> bool:
    """Begin the stay of whoever this code or link stands for; False, and nothing said, when it stands for nobody or too many were tried.

    Each try is counted before it is looked at and given back when it was right, so
    that many at once get no more tries than one after another, and a whole class
    behind one address is not shut out by coming in.
    """
    if not _may_try(request, text):
        return False
    found = pass_behind(text)
    if found is None:
        deny(request, "enter")
        return False
    _right(request, text)
    if is_link(text):
        return _already_in(request, found) or _open(request, found)
    return _open(request, found)


def onward(request: HttpRequest) -> str:
    """The first page of a stay that has begun; empty when there is none."""
    bearer = request.session.get(BEARER)
    if bearer is None:
        return ""
    return reverse("home" if bearer["kind"] == Kind.PARTICIPANT else "status")


def welcomed(request: HttpRequest) -> HttpResponse:
    """To the first page of the stay that has just begun, in the language of whoever came in."""
    first = reverse("way_back") if WAY_BACK in request.session else onward(request)
    return remember(redirect(first), request.session[BEARER]["language"])


def _open(request: HttpRequest, found: Found) -> bool:
    with tenant.inside(found.programme_id):
        pass_ = Pass.objects.get(pk=found.pass_id)
        kind = Kind.PARTICIPANT if pass_.bearer == Pass.Bearer.PARTICIPATION else Kind.REFERRER
        actor = Actor(kind, found.programme_id, pass_.bearer_id)
        try:
            if pass_.kind == Pass.Kind.LINK:
                spend_link(pass_, by=actor)
            else:
                record("came_in", pass_, by=actor, bearer=pass_.bearer, bearer_id=str(pass_.bearer_id))
        except CannotSpend:
            return False
        language = OF_BEARER[pass_.bearer](pass_.bearer_id)
        code = _way_back(pass_, actor)
    begin(request, pass_, language)
    if code:
        request.session[WAY_BACK] = code
    return True


def _way_back(pass_: Pass, actor: Actor) -> str:
    """A link opens once. Whoever came by one and never yet with a code gets a code, to be shown on their next page and nowhere else."""
    if pass_.kind != Pass.Kind.LINK or pass_.bearer != Pass.Bearer.PARTICIPATION:
        return ""
    known = last_code(bearer=pass_.bearer, bearer_id=pass_.bearer_id)
    if known is not None and Entry.objects.filter(verb="came_in", subject_id=str(known.pk)).exists():
        return ""
    return replace_code(bearer=pass_.bearer, bearer_id=pass_.bearer_id, by=actor, case=pass_.case_id)


def _already_in(request: HttpRequest, found: Found) -> bool:
    """The same link pressed again in the stay that it opened."""
    bearer = request.session.get(BEARER)
    return bearer is not None and bearer["pass"] == str(found.pass_id)


def _may_try(request: HttpRequest, text: str) -> bool:
    return all(allow(what, limit=limit, per=per) for what, limit, per in _counters(request, text))


def _right(request: HttpRequest, text: str) -> None:
    for what, _limit, _per in _counters(request, text):
        give_back(what)


def _counters(request: HttpRequest, text: str) -> tuple[tuple[str, int, timedelta], ...]:
    kind, near, wide = ("link", LINKS_NEAR, LINKS_WIDE) if is_link(text) else ("code", NEAR, WIDE)
    return (f"{kind} near {network_of(request)}", *near), (f"{kind} wide {wider_network_of(request)}", *wide)
