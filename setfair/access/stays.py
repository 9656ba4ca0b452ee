"""Whose stay a form belongs to.

Each form carries a mark of whoever was in when its page was made, and nothing of theirs
is done or said again in the stay of somebody else who comes in on the same device.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.crypto import constant_time_compare

from setfair.vault.master import digest

MARK, AGAIN = "stay", "again"
"""The two fields: whose page it was, and that it is a kept page sent once more."""
LASTS = timedelta(minutes=30)
"""How long a kept page can be sent: time enough to look for the code."""


def mark(request: HttpRequest) -> str:
    """Stands for whoever is in, in what capacity and in which programme, and tells nobody who that is; empty when nobody is."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.id is None:
        return ""
    return _of(actor.kind, actor.programme_id, actor.id)


def is_same_person(request: HttpRequest, theirs: str) -> bool:
    """Whether a page that lies open is of the member of staff who is in now, whichever of their programmes they have gone to since."""
    actor, entry = request.actor, request.entry  # type: ignore[attr-defined]
    return actor.id is not None and any(constant_time_compare(theirs, _of(actor.kind, each, actor.id)) for each in (None, *entry.programmes))


def _of(kind: str, programme: UUID | None, key: UUID) -> str:
    return urlsafe_b64encode(digest("whose page", f"{kind} {programme} {key}")[:18]).decode()


def marked(request: HttpRequest) -> str:
    """The mark that came with this form."""
    return _sent(request, MARK)


def is_anothers(request: HttpRequest) -> bool:
    """Whether the page of this form was made for somebody else than is in now. Where nobody is in, it is nobody else's."""
    theirs, mine = marked(request), mark(request)
    return bool(theirs and mine) and not constant_time_compare(theirs, mine)


def again(request: HttpRequest) -> str:
    """Lets this very form be sent once more from a kept page: to the same place, by the same person, after they came in again.

    Coming in makes a new form token, so the old one would be refused.
    """
    theirs = marked(request)
    return signing.dumps([theirs, request.get_full_path()], salt=AGAIN) if theirs else ""


def is_sent_again(request: HttpRequest) -> bool:
    try:
        theirs, where = signing.loads(_sent(request, AGAIN), salt=AGAIN, max_age=LASTS)
    except signing.BadSignature:
        return False
    return bool(mark(request)) and where == request.get_full_path() and constant_time_compare(theirs, mark(request))


class FormsOfThisStay(CsrfViewMiddleware):
    """Forms come from a page of ours, as Django sees to, and from a page of this very stay.

    The mark is asked for where a door is: at the pages that are open to everyone nothing is done in anybody's name.
    """

    def process_view(self, request: HttpRequest, callback: Callable[..., Any], callback_args: Any, callback_kwargs: Any) -> HttpResponse | None:
        if request.method == "POST" and getattr(callback, "door", None) is not None and is_anothers(request):
            return render(request, "access/another.html", status=409)
        return super().process_view(request, callback, callback_args, callback_kwargs)

    def _check_token(self, request: HttpRequest) -> None:
        if not is_sent_again(request):
            super()._check_token(request)  # type: ignore[misc]


def _sent(request: HttpRequest, name: str) -> str:
    try:
        return request.POST.get(name, "")
    except UnreadablePostError:
        return ""
