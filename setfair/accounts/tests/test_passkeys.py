"""The passkey is offered, and its scripts are loaded, where one may be used; and the way in stays light enough for an old phone."""

import hashlib
import os
import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.cache import cache
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from setfair.accounts import pace

pytestmark = pytest.mark.django_db

PASSWORD = "a calm and open door"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
MOST = 12
"""Requests for a whole page on an empty cache."""


@pytest.fixture
def cora(village, monkeypatch):
    """She has an app that shows numbers, and signs in with a password."""
    cache.clear()
    monkeypatch.setattr(pace, "PACE", 0.0)
    village.cora.set_password(PASSWORD)
    village.cora.save()
    TOTP.activate(village.cora, SECRET)
    return village.cora


def passkey():
    """What a browser sends when a passkey is made."""
    own = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    number, flags = os.urandom(16), AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    made = AttestedCredentialData.create(bytes(16), number, own)
    attested = AttestationObject.create("none", AuthenticatorData.create(hashlib.sha256(b"localhost").digest(), flags, 0, made), {})
    client = b'{"type": "webauthn.create", "challenge": "AAAA", "origin": "http://localhost"}'
    return {
        "id": websafe_encode(number), "rawId": websafe_encode(number), "type": "public-key",
        "response": {"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(bytes(attested))},
    }  # fmt: skip


def second_step(client, who):
    answer = client.post(reverse("account_login"), {"login": who.email, "password": PASSWORD}, follow=True)
    assert answer.redirect_chain == [(reverse("mfa_authenticate"), 302)]
    return answer.content.decode()


def offered(page):
    """Whether the page has the button, its form, the data that it needs and the script that moves it."""
    return ["Use a passkey" in page, 'id="webauthn_form"' in page, 'id="js_data"' in page, "mfa/js/webauthn.js" in page]


def requests(page):
    """The page itself, all that it names, and the bold letters that its style sheet names."""
    return 2 + len(re.findall(r'<(?:link|script|img)[^>]* (?:href|src)="/static/', page))


def test_who_has_no_passkey_is_not_asked_for_one(cora, client):
    assert offered(second_step(client, cora)) == [False] * 4


def test_who_has_one_may_use_it_for_the_second_step(cora, client):
    WebAuthn.add(cora, "My phone", passkey())
    assert offered(second_step(client, cora)) == [True] * 4


def test_the_passkey_of_somebody_else_does_not_count(cora, village, client):
    WebAuthn.add(village.ada, "Her phone", passkey())
    assert offered(second_step(client, cora)) == [False] * 4


def test_the_way_in_asks_for_few_things(cora, client):
    WebAuthn.add(cora, "My phone", passkey())
    pages = {"sign in": client.get(reverse("account_login")).content.decode(), "second step": second_step(client, cora)}
    assert {name: requests(page) for name, page in pages.items() if requests(page) > MOST} == {}
    assert all(requests(page) >= 7 for page in pages.values())
