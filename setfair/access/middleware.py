"""The front door: one transaction, in one programme, for one actor, and nothing let through that has no door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from setfair.accounts.fresh import is_fresh
from setfair.accounts.second_step import note_set_up
from setfair.core import tenant
from setfair.core.actor import Kind, anyone
from setfair.core.moulds import Mould
from setfair.journal.actions import place
from setfair.programmes.models import Programme

from . import ended, entry, exits, language, second_step, shared, sure
from .handed import ALSO_OPEN, SHUT_TO
from .kept import entrance_to, keep_words, only_sent_to, to_sign_in
from .network import network_of

BEARERS = frozenset(entry.KINDS.values())
"""Those who came in with a code or a link, each to pages of their own."""

Handler = Callable[[HttpRequest], HttpResponse]
HERE = Mould(lambda *, programme: Programme.objects.filter(pk=programme))
GUESTS = ("allauth.",)
"""Libraries whose views guard themselves."""
HOW_ONE_SIGNS_IN = frozenset(
    {"mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_remove_webauthn", "mfa_generate_recovery_codes", "mfa_view_recovery_codes"}
    | {"account_set_password"}
)
"""Guests' pages before which everyone shows that it is them: the library lets by who has neither a password nor a second step."""
ONLY_SENT = frozenset({"usersessions_list"})
"""The same for what is sent from there: ending the stays elsewhere."""


class FrontDoor:
    """Sets `request.actor` and `request.programme`, opens the programme's transaction, and rolls it back on any answer of 500 or more."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404  # no address of ours has a sign that the database cannot hold
        slug = _slug(request)
        found = entry.who(request, slug)
        request.entry, request.actor, request.programme = found, found.actor, None  # type: ignore[attr-defined]
        token = place.set(("", network_of(request)))
        try:
            if found.actor.programme_id is None:
                response = self._answer(request)
            else:
                with tenant.inside(found.actor.programme_id):
                    (request.programme,) = HERE.ask(values={"programme": found.actor.programme_id})  # type: ignore[attr-defined]
                    if found.actor.kind in BEARERS and not entry.still_holds(request):
                        request.session.flush()
                        request.actor = anyone(found.actor.programme_id)  # type: ignore[attr-defined]
                    language.settle(request)
                    with timezone.override(request.programme.zone):  # type: ignore[attr-defined]
                        response = self._answer(request)
                    if response.status_code >= 500 or shared.leaves_a_file(request, response):
                        transaction.set_rollback(True)
        finally:
            place.reset(token)
        if response.status_code == 405 and not response.content:
            response = only_sent_to(request, response["Allow"])
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        response, match = self.get_response(request), request.resolver_match
        if request.method == "POST" and response.status_code == 302 and match and match.view_name in second_step.TO_SET_UP:
            note_set_up(request)
        if request.method == "POST" and match and match.view_name == "account_logout":
            response["Clear-Site-Data"] = exits.FORGET_PAGES if request.POST.get(exits.WAITS) else exits.FORGET_BUT_KNOW
            response.delete_cookie(exits.AWAY)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        led = self._led(request, view)
        return ended.said(request, view, kwargs) if led is not None and ended.asks_why(view) else led

    def _led(self, request: HttpRequest, view: Any) -> HttpResponse | None:
        """Deny by default: a view without a door is not there, and a page for somebody else sends you to the right entrance."""
        match, (_, network) = request.resolver_match, place.get()
        place.set((match.view_name if match else "", network))
        actor, on_tablet = request.actor, getattr(view, "on_tablet", False)  # type: ignore[attr-defined]
        if actor.kind == Kind.TABLET:
            return None if on_tablet or (match and match.view_name in ALSO_OPEN) else redirect(SHUT_TO)
        name = match.view_name if match else ""
        if entry.is_shared(request) and not (shared.is_open_here(view, name) and not (name == "code" and request.method == "GET")):
            return redirect(shared.REST)
        if second_step.is_missing(request) and not second_step.may_open(request, name):
            return second_step.lead(request)
        if view.__module__.startswith(GUESTS):
            asked = (
                (name in HOW_ONE_SIGNS_IN or (name in ONLY_SENT and request.method == "POST")) and actor.kind == Kind.STAFF and not is_fresh(request)
            )
            return sure.ask(request) if asked else None
        if not hasattr(view, "door"):
            raise Http404
        if view.door is None:
            return None
        if on_tablet:
            return redirect("account_login")
        own_page = getattr(view, "own_page", False)
        if own_page and actor.kind in BEARERS:
            return shared.no_file_here(request) if entry.is_shared(request) and getattr(view, "gives_a_file", False) else None
        if not own_page and actor.kind == Kind.STAFF:
            return None if actor.programme_id else redirect("nowhere")
        return self._to_entrance(request, view)

    def _to_entrance(self, request: HttpRequest, view: Any) -> HttpResponse:
        if not getattr(view, "own_page", False):
            return to_sign_in(request)
        entrance = entrance_to(view)
        return keep_words(request, status=401, entrance=entrance) if request.method == "POST" else redirect(entrance)


def _slug(request: HttpRequest) -> str | None:
    try:
        return resolve(request.path_info).kwargs.get("programme")
    except Resolver404:
        return None
