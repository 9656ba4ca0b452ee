"""The tablet that goes round: a stay with one purpose, in the place of the staff stay of whoever hands it over.

The session of the member of staff ends in this browser. What takes its place knows
one agreement, the people it was handed over for and whose turn it is, and opens the
pages of that agreement's signing and nothing else in the house.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, resolve_url

from setfair.accounts.models import User
from setfair.core.actor import Actor, Kind

from .entry import HANDED, SEEN, STARTED, memberships_of
from .exits import ended

SHUT_TO = "handed"
"""Where a tablet that was handed round is led back to, whatever was asked for."""

ALSO_OPEN = frozenset({"exit"})
"""Leaving is open to everyone, and ends this stay as it ends any other."""


def hand_over(request: HttpRequest, about: UUID, people: Iterable[UUID]) -> HttpResponse:
    """End the staff stay in this browser and begin that of the tablet. What the browser kept of the pages before is dropped."""
    giver: Actor = request.actor  # type: ignore[attr-defined]
    logout(request)
    rotate_token(request)
    request.session[HANDED] = {
        "programme": str(giver.programme_id),
        "about": str(about),
        "by": str(giver.id),
        "people": [str(key) for key in people],
        "turn": "",
    }
    request.session[STARTED] = request.session[SEEN] = int(time.time())
    answer = redirect(SHUT_TO)
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def people(request: HttpRequest) -> list[UUID]:
    """For whom the tablet was handed over."""
    return [UUID(key) for key in request.session[HANDED]["people"]]


def turn(request: HttpRequest) -> UUID | None:
    """Whose turn it is; None between two people."""
    key = request.session[HANDED]["turn"]
    return UUID(key) if key else None


def give_to(request: HttpRequest, key: UUID) -> None:
    """It is this person's turn, and nobody else's until it is handed back."""
    request.session[HANDED] |= {"turn": str(key) if key in people(request) else ""}
    request.session.modified = True


def hand_back(request: HttpRequest) -> None:
    """The turn is over; nobody's page lies open."""
    request.session[HANDED] |= {"turn": ""}
    request.session.modified = True


def handed_by(request: HttpRequest) -> Actor | None:
    """Whoever handed the tablet over, with the roles they hold now; None when their account or their place in the programme has ended."""
    kept = request.session[HANDED]
    here, user_id = UUID(kept["programme"]), UUID(kept["by"])
    roles = memberships_of(user_id).get(here)
    if not roles or not User.objects.filter(pk=user_id, is_active=True).exists():
        return None
    return Actor(Kind.STAFF, here, user_id, roles)


def taken_back(request: HttpRequest) -> HttpResponse:
    """The stay is over: back to the entrance of the team, with nothing kept on the device."""
    request.session.flush()
    return ended(redirect(resolve_url("account_login")))
