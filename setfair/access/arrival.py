"""Coming in with a code or a link, and how many wrong ones one browser and one network may try."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse

from setfair.accounts.actions import CannotSpend, replace_code, spend_link
from setfair.accounts.models import Pass
from setfair.accounts.queries import Found, is_link, last_code, pass_behind, pass_over
from setfair.core import tenant
from setfair.core.actor import Actor, Kind
from setfair.journal.actions import record
from setfair.journal.models import Entry
from setfair.programmes.models import Programme

from .entry import BEARER, KINDS, WAY_BACK, begin
from .language import OF_BEARER, remember
from .limits import allow, deny, give_back
from .network import network_of, wider_network_of

BROWSER = (10, timedelta(minutes=10))
"""Wrong codes from one browser, so that one person's wrong tries do not shut out everybody behind the same address."""
NEAR = (60, timedelta(minutes=10))
"""Wrong codes from one network, whatever browsers it says they come from: a browser is known by a cookie, which whoever guesses can drop.

It is this that keeps guessing hopeless. A code is one of 2**40. A network gets 60 in ten
minutes, 8,640 a day. With a thousand codes that work, one in 1.1 billion guesses is
right: a network comes upon the first after 350 years.
"""
WIDE = (1_200, timedelta(hours=1))
"""The same for the wider network that it lies in: 28,800 a day, and a hundred years. More than three networks in it can use up."""
LINKS_NEAR, LINKS_WIDE = (30, timedelta(minutes=10)), (600, timedelta(hours=1))
"""Links that lead nowhere. Nobody guesses one, its token is far too long: this bounds the work and the lines that trying makes."""


class IsOver(Exception):
    """The code is right, and what it was for has come to its end. `programme` is whom to ask, `language` how to say it."""

    def __init__(self, programme: Programme, language: str) -> None:
        super().__init__(programme.short_name)
        self.programme, self.language = programme, language


def let_in(request: HttpRequest, text: str) -> bool:
    """Begin the stay of whoever this code or link stands for; False, and nothing said, when it stands for nobody or too many were tried.
    `IsOver` for the last code of somebody in something that has come to its end.

    Each try is counted before it is looked at and given back when it was right, so
    that many at once get no more tries than one after another, and a whole class
    behind one address is not shut out by coming in.
    """
    if not may_try(request, text):
        return False
    found = pass_behind(text)
    if found is None:
        _over(request, text)
        deny(request, "enter")
        return False
    was_right(request, text)
    if is_link(text):
        return _already_in(request, found) or _open(request, found)
    return _open(request, found)


def _over(request: HttpRequest, text: str) -> None:
    """Raise `IsOver` for the right code of something that has come to its end; a guess learns nothing, and is counted."""
    found = pass_over(text)
    if found is None:
        return
    was_right(request, text)
    with tenant.inside(found.programme_id):
        pass_ = Pass.objects.get(pk=found.pass_id)
        programme, language = Programme.objects.get(pk=found.programme_id), OF_BEARER[pass_.bearer](pass_.bearer_id)
        record("came_late", pass_, by=Actor(Kind.ANYONE, found.programme_id))
    raise IsOver(programme, language)


FIRST_PAGES = {Kind.PARTICIPANT: "home", Kind.REFERRER: "status", Kind.OFFICE: "office"}


def onward(request: HttpRequest) -> str:
    """The first page of a stay that has begun; empty when there is none."""
    bearer = request.session.get(BEARER)
    if bearer is None:
        return ""
    return reverse(FIRST_PAGES[bearer["kind"]])


def welcomed(request: HttpRequest) -> HttpResponse:
    """To the first page of the stay that has just begun, in the language of whoever came in. Whoever came to stop is led there at once."""
    bearer = request.session[BEARER]
    first = reverse("way_back") if WAY_BACK in request.session else onward(request)
    if request.POST.get("to") == "stop" and bearer["kind"] == Kind.PARTICIPANT:
        first = reverse("stop")
    return remember(redirect(first), bearer["language"])


def _open(request: HttpRequest, found: Found) -> bool:
    with tenant.inside(found.programme_id):
        pass_ = Pass.objects.get(pk=found.pass_id)
        actor = Actor(KINDS[pass_.bearer], found.programme_id, pass_.bearer_id)
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
    lasts_with = {"reader": pass_.reader_id, "way": pass_.way, "case": pass_.case_id}
    return replace_code(bearer=pass_.bearer, bearer_id=pass_.bearer_id, by=actor, **lasts_with)


def _already_in(request: HttpRequest, found: Found) -> bool:
    """The same link pressed again in the stay that it opened."""
    bearer = request.session.get(BEARER)
    return bearer is not None and bearer["pass"] == str(found.pass_id)


def may_try(request: HttpRequest, text: str) -> bool:
    """Count one try of this code or link, and say whether it is one too many."""
    return all(allow(what, limit=limit, per=per) for what, limit, per in _counters(request, text))


def was_right(request: HttpRequest, text: str) -> None:
    """Take the try back that has just been counted."""
    for what, _limit, _per in _counters(request, text):
        give_back(what)


def _counters(request: HttpRequest, text: str) -> tuple[tuple[str, int, timedelta], ...]:
    near, wide = network_of(request), wider_network_of(request)
    if is_link(text):
        return (f"link near {near}", *LINKS_NEAR), (f"link wide {wide}", *LINKS_WIDE)
    return (f"code browser {near} {_browser(request)}", *BROWSER), (f"code near {near}", *NEAR), (f"code wide {wide}", *WIDE)


def _browser(request: HttpRequest) -> str:
    """The secret of its forms, which a browser keeps from its first page to its last; who brings none is given one by this answer."""
    get_token(request)
    return str(request.META["CSRF_COOKIE"])
