"""Nobody learns at a door whether somebody is known here: the same status, words and headers, in the same time, for both.

Each way is tried in pairs, one known and one not, one after the other in changing order, in one process. What a page is held back for
(`accounts.pace`) is counted and not waited for.
"""

from __future__ import annotations

import gc
import itertools
import os
import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from setfair.access.limits import give_back
from setfair.accounts import pace
from setfair.accounts.actions import issue_code
from setfair.accounts.models import Pass, User
from setfair.core.actor import system
from setfair.letters.models import Letter

pytestmark = pytest.mark.django_db

PASSWORD = "a calm and open door"
PAIRS, FIRST = int(os.environ.get("SETFAIR_DOOR_PAIRS", "2")), 1
"""Pairs of each way, and how many before them are not counted. By default too few to say anything of time: that is for the figure."""
ENOUGH = 20
BAND, UNSURE = (0.95, 1.05), 4.0
"""Told apart are two whose medians lie outside of this ratio and whose times, by ranks, lie more than so many standard errors apart:
with so many pairs neither a busy machine nor one slow answer does that."""
ONE_OFF = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|"challenge": ?"[^"]*"|name="stay" value="[^"]*"|[?&;]ts=\d+')
OF_THE_MOMENT = {"Content-Length", "Date", "Expires"}

FEW = [name for name in os.environ.get("SETFAIR_DOORS", "").split(";") if name]
"""The doors to try, where it is to be quick; all of them when none is named."""

_networks = itertools.count(1)


@dataclass(frozen=True)
class Way:
    """One thing that can be tried at a door: with what, for somebody known and for somebody who is not, and how."""

    name: str
    known: str
    unknown: Callable[[], str]
    tries: Callable[[Client, str], HttpResponse]
    before: Callable[[str], None] = lambda said: None


@dataclass(frozen=True)
class Answer:
    seconds: float
    seen: dict[str, object]


@pytest.fixture
def held(monkeypatch):
    """The seconds that answers were held back for, without waiting."""
    waited = []
    monkeypatch.setattr(pace.time, "sleep", waited.append)
    return waited


def newcomer():
    numbers = itertools.count(1)
    return lambda: f"nora{next(numbers):03}@school.example"


def posts(name, field, **more):
    return lambda client, said: client.post(reverse(name), {field: said, **more})


def begins_a_passkey(client, email):
    return client.get(reverse("mfa_login_webauthn"), {"login": email}, headers={"X-Requested-With": "XMLHttpRequest"})


def tried_to_the_limit(email):
    for _ in range(5):
        Client(REMOTE_ADDR="10.77.0.1").post(reverse("account_login"), {"login": email, "password": "x" * 20})


def ways_at(village, at_preparing):
    """Every door at which somebody could be asked after."""
    hana = at_preparing.people["hana"]
    with village.inside():
        old = issue_code(bearer=Pass.Bearer.PARTICIPATION, bearer_id=hana.pk, by=system(village.school.pk))
        issue_code(bearer=Pass.Bearer.PARTICIPATION, bearer_id=hana.pk, by=system(village.school.pk))
    wrong = {"password": "x" * 20}
    return [
        Way("sign-in, with a password", village.cora.email, newcomer(), posts("account_login", "login", **wrong)),
        Way("sign-in, without one", village.fadi.email, newcomer(), posts("account_login", "login", **wrong)),
        Way("sign-in, with a second step", village.sven.email, newcomer(), posts("account_login", "login", **wrong)),
        Way("sign-in, too often", village.mina.email, newcomer(), posts("account_login", "login", **wrong), tried_to_the_limit),
        Way("code by e-mail", village.cora.email, newcomer(), posts("account_request_login_code", "email")),
        Way("new password", village.cora.email, newcomer(), posts("account_reset_password", "email")),
        Way("code by e-mail, of no programme", "lena@nowhere.example", newcomer(), posts("account_request_login_code", "email")),
        Way("new password, of no programme", "lena@nowhere.example", newcomer(), posts("account_reset_password", "email")),
        Way("sign-up", village.cora.email, newcomer(), posts("account_signup", "email", password1=PASSWORD)),
        Way("passkey", village.cora.email, newcomer(), begins_a_passkey),
        Way("code of old", old, lambda: "WRNG2345", posts("code", "code")),
        Way("new link", "hana@home.example", newcomer(), posts("new_link", "where")),
    ]


def asked(way, said, held):
    """One try by somebody new in a network of their own, and what they see of the answer."""
    cache.clear()
    way.before(said)
    number = next(_networks)
    client = Client(REMOTE_ADDR=f"10.{80 + number // 250}.{number % 250}.1")
    held.clear()
    began = time.perf_counter()
    answer = way.tries(client, said)
    seconds = time.perf_counter() - began + sum(held)
    if way.name == "new link":
        give_back(f"new link {said}")
    onward = client.get(answer["Location"]) if answer.status_code == 302 else answer
    pages = [ONE_OFF.sub("", page.content.decode()).replace(said, "") for page in (answer, onward)]
    headers = [sorted((k, v) for k, v in page.headers.items() if k not in OF_THE_MOMENT) for page in (answer, onward)]
    cookies = sorted((c.key, c["max-age"], c["path"], c["httponly"]) for c in answer.cookies.values())
    return Answer(seconds, {"status": (answer.status_code, onward.status_code), "words": pages, "headers": headers, "cookies": cookies})


def compared(way, held):
    """What tells somebody known from somebody who is not at this door."""
    known, unknown = [], []
    gc.collect()
    gc.disable()
    for number in range(FIRST + PAIRS):
        for is_known in (True, False) if number % 2 else (False, True):
            (known if is_known else unknown).append(asked(way, way.known if is_known else way.unknown(), held))
    gc.enable()
    found = [f"{way.name}: other {name}" for name in known[0].seen if any(a.seen[name] != b.seen[name] for a, b in zip(known, unknown, strict=True))]
    mine, others = ([answer.seconds for answer in answers[FIRST:]] for answers in (known, unknown))
    medians = statistics.median(mine), statistics.median(others)
    ratio, errors = medians[0] / medians[1], out_of_order(mine, others)
    print(f"{way.name}: {medians[0] * 1000:.1f} ms known, {medians[1] * 1000:.1f} ms not, {ratio:.3f} times, {errors:+.1f} standard errors")
    if PAIRS >= ENOUGH and abs(errors) > UNSURE and not BAND[0] <= ratio <= BAND[1]:
        found.append(f"{way.name}: {ratio:.2f} times as long, {errors:+.1f} standard errors")
    return found


def out_of_order(mine, others):
    """By how many standard errors the one are later than the others, by ranks (Mann and Whitney)."""
    n, m = len(mine), len(others)
    later = sum((a > b) + (a == b) / 2 for a in mine for b in others)
    return (later - n * m / 2) / sqrt(n * m * (n + m + 1) / 12)


def test_nobody_learns_who_is_known_here(village, at_preparing, held, record_property):
    village.cora.set_password(PASSWORD)
    village.cora.save()
    TOTP.activate(village.sven, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    village.sven.set_password(PASSWORD)
    village.sven.save()
    village.mina.set_password(PASSWORD)
    village.mina.save()
    User.objects.create_user("lena@nowhere.example", "Lena Moss", PASSWORD)
    ways = [way for way in ways_at(village, at_preparing) if not FEW or way.name in FEW]
    found = [fault for way in ways for fault in compared(way, held)]
    with village.inside():
        strangers = [letter.address for letter in Letter.objects.all() if letter.address.startswith("nora")]
    found += [f"{address}: a letter to nobody" for address in (*strangers, *(to for message in mail.outbox for to in message.to))]
    record_property("ways", len(ways))
    record_property("pairs", len(ways) * PAIRS)
    record_property("told", len(found))
    record_property("places", "; ".join(found))
    assert found == []


def test_whoever_is_invited_is_answered_alike(village):
    """An administrator reads the same of an account from next door and of a new one, and each gets one letter."""
    ada = village.sign_in(Client(), "ada")

    def invites(email):
        answer = ada.post(reverse("settings_people"), {"email": email, "name": "Lou Ames", "role": "facilitator"}, follow=True)
        with village.inside():
            letters = [(letter.subject, letter.body.partition("\n")[2]) for letter in Letter.objects.all() if letter.address == email]
        page = answer.content.decode()
        said = re.findall(r'class="notice[^"]*".*?</div>', page, re.DOTALL)
        return answer.redirect_chain, said, page.count("Lou Ames"), letters

    chain, said, _count, letters = invites(village.nour.email)
    new = invites("lou@elsewhere.example")
    assert (chain, said, letters) == (new[0], new[1], new[3])
    assert len(letters) == 1
