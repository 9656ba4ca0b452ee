"""The pages that are measured, each with the bare page of its kind and what it may cost: ratios, never milliseconds."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as PlainStore
from django.test import Client
from django.urls import reverse

from setfair.access.entry import PROGRAMME, programme_by_slug
from setfair.accounts.models import User
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation
from setfair.core import clock, tenant
from setfair.programmes.models import Programme
from setfair.referrals.draft import sealed
from setfair.referrals.routes import ASK
from setfair.vault.sessions import SessionStore

from .line import Answer, Line
from .sowing import TWELVE

SLUG = "river-county"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ANSWERS: dict[str, Any] = {
    "now": {"answer": "no"}, "wish": {"wish": "conference"}, "who": {"source": "self_harmed"}, "name": {"asker": "Hana"},
    "what": {"story": "There was shoving in the lunch line and my phone was broken."}, "when": {"words": "last week"},
    "people": [{"name": "Rami", "role": "responsible"}], "others": {"others_know": "no"}, "safe": {"safety": "We walk home the same way."},
    "access": {"language": "en"},
}  # fmt: skip
Ask = Callable[..., Answer]


@dataclass(frozen=True)
class Errand:
    """A page of ours, the bare page of its kind, and what ours may cost: so many times the bare one, and so many statements (0: any number)."""

    name: str
    ask: Ask
    bare: Ask
    ratio: float
    queries: int = 0
    answers: int = 200


def errands(port: int) -> list[Errand]:
    """All of them, ready to be run. Works on the database this process works on."""
    user = User.objects.get(email="nour@county.example")
    programme, case, name = known()
    staff, bare, anyone = Line(port, signed_in(user, programme)), Line(port, _barely_signed_in(user)), Line(port)
    sender = Sender(Line(port), programme)

    def get(line: Line, path: str) -> Ask:
        return lambda **headers: line.get(path, **headers)

    floor_list, floor_found, floor_detail = (get(bare, f"/floor/{path}") for path in ("list/", "found/?stage=open", "500/"))
    cases = reverse("cases")
    return [
        Errand("sign-in page", get(anyone, reverse("account_login")), get(anyone, "/floor/"), 3),
        Errand("Today", get(staff, reverse("today")), floor_list, 4, 12),
        Errand("case list", get(staff, cases), floor_list, 2.5, 8),
        Errand("case list, closed", get(staff, f"{cases}?tab=closed"), floor_found, 3),
        Errand("case list, by name", get(staff, f"{cases}?tab=open&q={name}"), floor_found, 3),
        Errand("case page of twelve", get(staff, reverse("case", args=[case.ref])), floor_detail, 4, 20),
        Errand("request sent", sender.send, sender.send_bare, 3, answers=302),
    ]


def known() -> tuple[Programme, Case, str]:
    """The programme, the case of twelve, and a family name that few have."""
    with tenant.inside(programme_by_slug(SLUG)):
        rare = Participation.objects.filter(case__stage=Stage.PREPARING).order_by("added_at").first()
        assert rare is not None
        return Programme.objects.get(slug=SLUG), Case.objects.get(alias=TWELVE), rare.person.name.split()[-1]


def signed_in(user: User, programme: Programme) -> dict[str, str]:
    client = Client(HTTP_HOST="localhost")
    client.force_login(user, backend=BACKEND)
    session = client.session
    session[PROGRAMME] = str(programme.pk)
    session.save()
    return {settings.SESSION_COOKIE_NAME: str(session.session_key)}


def _barely_signed_in(user: User) -> dict[str, str]:
    """The same person in a session as Django keeps them by itself."""
    session = PlainStore()
    session.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: BACKEND, HASH_SESSION_KEY: user.get_session_auth_hash()})
    session.save()
    return {settings.SESSION_COOKIE_NAME: str(session.session_key)}


@dataclass
class Sender:
    """Sends requests, each written beforehand to the last word, in a stay of its own and from another network."""

    line: Line
    programme: Programme
    number: int = 0

    def send(self, **headers: str) -> Answer:
        mark = secrets.token_hex(16)
        self.number += 1
        self.line.cookies = {settings.SESSION_COOKIE_NAME: self._written(), settings.CSRF_COOKIE_NAME: mark}
        network = f"10.{self.number // 250}.{self.number % 250}.1"
        return self.line.post(reverse("ask_check", args=[self.programme.slug]), {"csrfmiddlewaretoken": mark}, X_Forwarded_For=network, **headers)

    def send_bare(self, **headers: str) -> Answer:
        return self.line.post("/floor/send/", {"first": "Rami", "second": ANSWERS["what"]["story"], "number": "3"}, **headers)

    def _written(self) -> str:
        """A stay in which every question is answered, by somebody who gets a letter: to one address go three a day."""
        stay, place = SessionStore(), f"{ASK.start} {self.programme.pk}"
        answers = ANSWERS | {"reach": {"email": f"hana{secrets.token_hex(4)}@home.example"}}
        stay[place] = sealed({"seen": int(clock.now().timestamp()), "form_key": str(uuid.uuid4()), "answers": answers}, place)
        stay.save()
        return str(stay.session_key)
