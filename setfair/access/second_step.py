"""Who has to have a second step, and what is open to them until they do.

Asked of how somebody stands in the programme of this request, and of nothing else: a role in one programme does not
decide about another. It costs no query: whether the step was taken stands in the stay.
"""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from setfair.accounts.second_step import has_one, passed
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.core.landing import page_at
from setfair.programmes.models import Programme, Role

from .kept import keep_words

RUN_IT = frozenset({Role.COORDINATOR, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.SAFEGUARDING})
WHO_MUST: dict[str, frozenset[str]] = {
    Programme.SecondStep.RUNNING: RUN_IT,
    Programme.SecondStep.STAFF: RUN_IT | {Role.FACILITATOR},
    Programme.SecondStep.EVERYONE: frozenset(Role.values),
}
FIRST_DAY = timedelta(days=1)
"""For so long after a programme was founded whoever only administers it can set it up without. They see no case; and until
somebody coordinates, who has no such day, no request comes in."""

ALWAYS_OPEN = frozenset({"second_step", "sure_code", "exit", "account_logout", "set_language", "switch", "nowhere", "alarm", "alarm_anywhere"})
TO_SHOW_ONESELF = frozenset({"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"})
TO_SET_UP = frozenset({"mfa_activate_totp", "mfa_add_webauthn"})
"""Open only to whoever has none yet: a stay that began with a password alone must not add a second one beside the first."""


def is_missing(request: HttpRequest) -> bool:
    """Whether whoever is here has to take a second step before anything else. A demo is for trying out, and asks nobody."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    programme: Programme | None = request.programme  # type: ignore[attr-defined]
    if actor.kind != Kind.STAFF or programme is None or programme.is_demo:
        return False
    must = actor.roles & WHO_MUST[programme.second_step]
    if not must or (must == {Role.ADMINISTRATOR} and clock.now() < programme.opened_at + FIRST_DAY):
        return False
    return not passed(request)


def may_open(request: HttpRequest, name: str) -> bool:
    """Whether this page is on the way to a second step, for somebody who lacks it."""
    return name in ALWAYS_OPEN | TO_SHOW_ONESELF or (name in TO_SET_UP and not has_one(request.user))


def lead(request: HttpRequest) -> HttpResponse:
    """To the page that says what is missing, and afterwards back here; what was sent is kept."""
    where = reverse("second_step")
    if request.method == "POST":
        return keep_words(request, status=428, entrance=where)
    return redirect(f"{where}?{urlencode({'next': page_at(request.get_full_path())})}")
