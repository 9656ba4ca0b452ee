"""Staff who want more than a password: a passkey, made and used in a browser that has one; and an app that shows numbers."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.utils import timezone

from setfair.accounts import pace
from setfair.village.cast import PASSWORD
from setfair.village.time import at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE_LOCK = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    monkeypatch.setattr(pace, "PACE", 0.0)


def confirms(who):
    """Before a change of this kind the password is asked for once more."""
    if who.page.locator("input[type=password]").count():
        who.page.locator("input[type=password]").fill(PASSWORD)
        who.press_this(who.page.locator("main form button").first)
    return who


def leaves(who):
    """Signed out on a device that keeps its passkeys."""
    who.page.context.clear_cookies()
    return who.open("/account/login/")


def test_a_passkey_is_added_and_then_opens_the_door_without_a_password(world, visit):
    cora = visit(js=True)
    device = cora.page.context.new_cdp_session(cora.page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE_LOCK})
    cora.sign_in("cora@school.example")
    confirms(cora.open("/account/2fa/webauthn/add/"))
    cora.fill("Name", "My phone")
    for tick in cora.page.get_by_role("checkbox").all():
        tick.check()
    with cora.page.expect_navigation(wait_until="load"):
        cora.page.get_by_role("button", name="Add it").click()
    assert cora.open("/account/2fa/").sees("You have 1 passkey.")

    leaves(cora)
    cora.page.get_by_role("button", name="Use a passkey").click()
    cora.page.wait_for_url("**/today/")
    assert cora.sees("Cora")


def test_a_passkey_of_nobody_here_opens_nothing(world, visit):
    stranger = visit(js=True)
    device = stranger.page.context.new_cdp_session(stranger.page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE_LOCK})
    stranger.open("/account/login/")
    stranger.page.get_by_role("button", name="Use a passkey").click()
    stranger.open("/today/")
    assert stranger.page.locator("input[type=password]").is_visible()


def test_after_an_app_is_set_up_a_password_alone_is_not_enough(world, visit):
    cora = visit().sign_in("cora@school.example")
    confirms(cora.open("/account/2fa/totp/activate/"))
    secret = cora.page.locator("figcaption bdi").inner_text()

    def number():
        """What the app shows, read when it will show it for a while yet: nobody types a number that is about to go."""
        left = 30 - time.time() % 30
        if left < 8:
            time.sleep(left)
        return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))

    cora.page.locator("main input[name=code]").fill(number())
    cora.press("Use the app")
    leaves(cora).fill(re.compile("email", re.IGNORECASE), "cora@school.example")
    cora.page.locator("input[type=password]").fill(PASSWORD)
    cora.press_this(cora.page.get_by_role("button", name="Sign in").first)
    assert cora.sees("One more step")
    cora.page.locator("main input[name=code]").first.fill("000000")
    cora.press_this(cora.page.get_by_role("button", name="Sign in").first)
    assert cora.sees("This number does not fit. Check it, or wait for the next one.")
    with at(timezone.now() + timedelta(minutes=1)):  # a number works once, and the app shows another every half minute
        cora.page.locator("main input[name=code]").first.fill(number())
        cora.press_this(cora.page.get_by_role("button", name="Sign in").first)
    assert cora.page.url.endswith("/today/")
