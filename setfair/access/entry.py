"""Who is asking, worked out anew for each request from the session and the database."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, logout
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.urls import Resolver404, resolve

from setfair.accounts.models import Pass
from setfair.core import clock
from setfair.core.actor import Actor, Kind, anyone

BEARER, HANDED, STARTED, SEEN, PROGRAMME, WAY_BACK, ASKED = "bearer", "handed", "started", "seen", "programme", "way_back", "asked_to_join"
ENDS = frozenset({"exit", "account_logout"})
CIRCLE = "circle"
"""Until when, in seconds of the clock, somebody of the team who was idle is still let to the page of the circle that they hold."""
LEFT = "left"
"""Of a stay of the team that held a circle and ran out: by what it is known later whether somebody has ended it since (`ended`)."""
DEVICE = "device"
"""On which shared device a stay began, or a request that is half written: it ends with the sharing of that device."""
WRITES = "writes"
"""That the page last given on a shared device is one that is open to all and written on: what lies in this stay waits as long as that page."""
GRAIN = 30
"""Seconds between two writes of "last seen": a session row is not written at every click."""

SHARED_GRAIN = 5
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Entry:
    actor: Actor
    programmes: tuple[UUID, ...] = ()
    ran_out: bool = False


def who(request: HttpRequest, slug: str | None) -> Entry:
    """The actor of this request; on a programme's public page, of that programme.

    A stay that was idle or open for too long ends here, and says so (`ran_out`), so
    that the words of somebody who was still typing can be kept on the page.
    """
    _one_stay(request)
    ran_out = _ran_out(request)
    if ran_out and _holds_a_circle(request):
        ran_out, ends = _beside_the_circle(request)
    else:
        ends = ran_out
    if ends:
        left = _left(request)
        request.session.flush()
        if left is not None:
            request.session[LEFT] = left
    elif ran_out:
        request.user = AnonymousUser()  # type: ignore[assignment]
        return Entry(anyone(programme_by_slug(slug) if slug else None), ran_out=True)
    handed = request.session.get(HANDED)
    if handed:
        return Entry(Actor(Kind.TABLET, UUID(handed["programme"]), UUID(handed["about"])))
    here = programme_by_slug(slug) if slug else None
    if slug and here is None:
        return Entry(anyone(), ran_out=ran_out)
    staff = _staff(request, here)
    if staff is not None:
        return staff
    bearer = request.session.get(BEARER)
    if bearer and (here is None or str(here) == bearer["programme"]):
        return Entry(Actor(Kind(bearer["kind"]), UUID(bearer["programme"]), UUID(bearer["id"])), ran_out=ran_out)
    return Entry(anyone(here), ran_out=ran_out)


KINDS = {Pass.Bearer.PARTICIPATION: Kind.PARTICIPANT, Pass.Bearer.REFERRAL: Kind.REFERRER, Pass.Bearer.OFFICE: Kind.OFFICE}
"""As whom somebody is in who came with such a pass."""
OF_OFFICE = "office"


def step_in(request: HttpRequest, one: UUID) -> None:
    """An office opens one of its requests: the stay goes on as that one's, and remembers whose it was."""
    bearer = request.session[BEARER]
    request.session[BEARER] = bearer | {"kind": Kind.REFERRER, "id": str(one), OF_OFFICE: bearer["id"]}


def step_back(request: HttpRequest) -> None:
    """To all that the office sent."""
    bearer = request.session[BEARER]
    if OF_OFFICE in bearer:
        request.session[BEARER] = {key: value for key, value in bearer.items() if key != OF_OFFICE} | {"kind": Kind.OFFICE, "id": bearer[OF_OFFICE]}


def is_of_office(request: HttpRequest) -> bool:
    """Whether this is one request of an office that came by its link."""
    return OF_OFFICE in request.session.get(BEARER, {})


def came_as_office(request: HttpRequest) -> bool:
    return request.session.get(BEARER, {}).get("kind") == Kind.OFFICE


def begin(request: HttpRequest, pass_: Pass, language: str) -> None:
    """Start a participant's or referrer's stay: a new session and a new form token, holding nothing but whose pass it is and how to speak to them."""
    request.session.flush()
    rotate_token(request)
    request.session[BEARER] = {
        "kind": KINDS[pass_.bearer],
        "id": str(pass_.bearer_id),
        "programme": str(pass_.programme_id),
        "pass": str(pass_.pk),
        "language": language,
    }
    request.session[STARTED] = request.session[SEEN] = int(time.time())


def hold_through(request: HttpRequest, until: datetime | None) -> None:
    """People look at each other, and not at the screen: until then the stay of whoever holds a circle opens its pages, however long nobody pressed.

    Everything else asks them to come in again after the usual idle time. None ends it.
    """
    if until is not None:
        request.session[CIRCLE] = int(until.timestamp())
    else:
        request.session.pop(CIRCLE, None)


def on_the_day(view: View) -> View:
    """Marks a page of the circle itself: it stays open to whoever holds one (`hold_through`)."""
    view.on_the_day = True  # type: ignore[attr-defined]
    return view


def only_listens(view: View) -> View:
    """Marks what a page that lies open asks by itself: to have asked is not to be here."""
    view.only_listens = True  # type: ignore[attr-defined]
    return view


def begin_anew(sender: Any, request: HttpRequest, user: Any, **told: Any) -> None:
    """Heard when somebody signs in: what a stay that had run out left behind does not count."""
    for key in (CIRCLE, LEFT, STARTED, SEEN):
        request.session.pop(key, None)


def still_holds(request: HttpRequest) -> bool:
    """Whether the pass behind this stay is still good; a revoked one ends it at the next click. Works inside the programme."""
    bearer = request.session.get(BEARER)
    return bearer is not None and Pass.objects.filter(pk=bearer["pass"], revoked_at__isnull=True).exists()


def left(session: Any) -> dict[str, int]:
    """In how many seconds this stay of a member of staff ends if nothing more is asked (`idle`), and in any case (`whole`)."""
    idle, longest = settings.STAYS["staff"]
    return {"idle": idle - GRAIN, "whole": max(0, longest - (int(time.time()) - session.get(STARTED, int(time.time()))))}


def programme_by_slug(slug: str) -> UUID | None:
    return _one("SELECT programme_by_slug(%s)", slug)


def memberships_of(user_id: UUID) -> dict[UUID, frozenset[str]]:
    """Live roles by programme."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id, role FROM memberships_of(%s)", [user_id])
        found: dict[UUID, set[str]] = {}
        for programme_id, role in cursor.fetchall():
            found.setdefault(programme_id, set()).add(role)
    return {key: frozenset(roles) for key, roles in found.items()}


def offers_to(user_id: UUID) -> list[tuple[UUID, UUID]]:
    """Who asks this account to join: ids of programmes, each with the id of what is asked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id, offer_id FROM offers_to(%s)", [user_id])
        return cursor.fetchall()


def note_offers(sender: Any, request: HttpRequest, user: Any, **told: Any) -> None:
    """Heard when somebody signs in: for as long as they stay, their first page says that a programme asks them to join."""
    if offers_to(user.pk):
        request.session[ASKED] = True


def _staff(request: HttpRequest, here: UUID | None) -> Entry | None:
    user: Any = request.user
    if not user.is_authenticated:
        return None
    held = memberships_of(user.pk)
    programmes = tuple(sorted(held, key=str))
    chosen = here or _chosen(request, programmes)
    if chosen is None or chosen not in held:
        return Entry(anyone(here), programmes) if here else Entry(Actor(Kind.STAFF, None, user.pk), programmes)
    return Entry(Actor(Kind.STAFF, chosen, user.pk, held[chosen]), programmes)


def _chosen(request: HttpRequest, programmes: tuple[UUID, ...]) -> UUID | None:
    kept = request.session.get(PROGRAMME)
    return next((p for p in programmes if str(p) == kept), programmes[0] if programmes else None)


def _one_stay(request: HttpRequest) -> None:
    """Whoever signs in with an account on a device where somebody had come in with a code begins anew: the other stay is over.

    On a shared device nobody of the team is in.
    """
    session = request.session
    if is_shared(request) and ("_auth_user_id" in session or HANDED in session):
        logout(request)
    if "_auth_user_id" in session and (BEARER in session or HANDED in session):
        for key in (BEARER, HANDED, STARTED, SEEN):
            session.pop(key, None)


def is_shared(request: HttpRequest) -> bool:
    """Whether this is asked on a device that people use one after another."""
    return getattr(request, "device", None) is not None


def _ran_out(request: HttpRequest) -> bool:
    session, shared = request.session, is_shared(request)
    if DEVICE in session and not (shared and session[DEVICE] == str(request.device.pk)):  # type: ignore[attr-defined]
        return True
    now, started = int(time.time()), session.get(STARTED)
    if started is None:
        if "_auth_user_id" in session or (shared and not session.is_empty()):
            session[STARTED] = session[SEEN] = now
        return False
    idle, longest = settings.STAYS["shared" if shared else "tablet" if HANDED in session else "bearer" if BEARER in session else "staff"]
    away = now - session[SEEN]
    if now - started > longest or away > (settings.STAYS["writing"][0] if shared and session.get(WRITES) else idle):
        return True
    if away > idle:
        session.pop(BEARER, None)  # whoever had come in with a code is out as soon as ever; what they write for anyone to write goes on
    if away > (SHARED_GRAIN if shared else GRAIN) and not _only_listens(request):
        session[SEEN] = now
        if "_auth_user_id" in session:
            UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=clock.now())
    return False


def _only_listens(request: HttpRequest) -> bool:
    try:
        return hasattr(resolve(request.path_info).func, "only_listens")
    except Resolver404:
        return False


def _holds_a_circle(request: HttpRequest) -> bool:
    session, now = request.session, int(time.time())
    whole = settings.STAYS["bearer" if BEARER in session else "staff"][1]
    on_their_own = ("_auth_user_id" in session or BEARER in session) and HANDED not in session and DEVICE not in session and not is_shared(request)
    return on_their_own and now < session.get(CIRCLE, 0) and now - session.get(STARTED, 0) <= whole


def _beside_the_circle(request: HttpRequest) -> tuple[bool, bool]:
    """Of somebody idle who holds a circle: whether this page is shut to them until they come in again, and whether asking for it ends their stay."""
    try:
        page = resolve(request.path_info)
    except Resolver404:
        return True, False
    return not getattr(page.func, "on_the_day", False), page.url_name in ENDS


def _left(request: HttpRequest) -> dict[str, Any] | None:
    """What stays of one that runs out at a circle; nothing of whoever asks to leave."""
    session = request.session
    if SESSION_KEY not in session or CIRCLE not in session or is_shared(request) or _page(request) in ENDS:
        return None
    stay = UserSession.objects.filter(session_key=session.session_key).values_list("pk", flat=True).first()
    return None if stay is None else {"stay": stay, "hash": session.get(HASH_SESSION_KEY, "")}


def _page(request: HttpRequest) -> str | None:
    try:
        return resolve(request.path_info).url_name
    except Resolver404:
        return None


def _one(query: str, value: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, [value])
        return cursor.fetchone()[0]
