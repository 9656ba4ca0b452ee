"""The tablet that goes round: a stay with one purpose, in the place of the staff stay of whoever hands it over.

The session of the member of staff ends in this browser. What takes its place knows
one agreement, the people it was handed over for and whose turn it is, and opens the
pages of that agreement's signing and nothing else in the house.

Between two people it goes through the team's hands: a short number, known to whoever
handed it over, has to be typed before the next name can be chosen.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import timedelta
from secrets import token_urlsafe
from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, resolve_url
from django.utils.crypto import constant_time_compare

from setfair.accounts.models import User
from setfair.core.actor import Actor, Kind
from setfair.vault.master import digest

from .entry import HANDED, SEEN, STARTED, memberships_of
from .exits import ended
from .limits import allow, give_back

WRONG = (5, timedelta(hours=3))
"""Wrong numbers in one stay, which is shorter than that. One in two thousand who guess is right; the next try closes the tablet."""

SHUT_TO = "handed"
"""Where a tablet that was handed round is led back to, whatever was asked for."""

ALSO_OPEN = frozenset({"exit", "alarm", "alarm_anywhere"})
"""Leaving is open to everyone, and ends this stay as it ends any other; so is saying that somebody is not safe, which changes nothing in it."""


class TooManyTries(Exception):
    """The number was guessed at too often: the tablet is to be closed, and handed over anew by somebody who signs in."""


def hand_over(request: HttpRequest, about: UUID, people: Iterable[UUID], number: str) -> HttpResponse:
    """End the staff stay in this browser and begin that of the tablet. What the browser kept of the pages before is dropped.

    Of the `number` the stay keeps a keyed digest, which ends with it.
    """
    stay = token_urlsafe(16)
    giver: Actor = request.actor  # type: ignore[attr-defined]
    logout(request)
    rotate_token(request)
    request.session[HANDED] = {
        "programme": str(giver.programme_id),
        "about": str(about),
        "by": str(giver.id),
        "people": [str(key) for key in people],
        "turn": "",
        "stay": stay,
        "number": _kept(stay, number),
        "with_team": True,
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


def with_team(request: HttpRequest) -> bool:
    """Whether a name can be chosen: nobody of the circle has held the tablet since the number was typed."""
    return bool(request.session[HANDED]["with_team"])


def take(request: HttpRequest, number: str) -> bool:
    """Whether this is the number: then the tablet is with the team again, and nobody's page lies open.

    Each try is counted before it is looked at, and given back when it was right.
    """
    kept = request.session[HANDED]
    what = f"tablet number {kept['stay']}"
    if not allow(what, limit=WRONG[0], per=WRONG[1]):
        raise TooManyTries
    if not constant_time_compare(_kept(kept["stay"], number), kept["number"]):
        return False
    give_back(what)
    request.session[HANDED] |= {"turn": "", "with_team": True}
    request.session.modified = True
    return True


def _kept(stay: str, number: str) -> str:
    return digest("tablet number", f"{stay} {number}").hex()


def give_to(request: HttpRequest, key: UUID) -> None:
    """It is this person's turn, and nobody else's until the team has the tablet again."""
    request.session[HANDED] |= {"turn": str(key) if key in people(request) else "", "with_team": False}
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
