"""The sign-in library's pages, in our dress: every one of them renders, says where it is and gives nothing away."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from setfair.accounts import pace
from setfair.accounts.models import StepGone
from setfair.core.text import neutral
from setfair.programmes.models import Membership, Role

pytestmark = pytest.mark.django_db

PASSWORD = "a calm and open door"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

BEFORE = [
    "account_login",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_signup",
    "account_inactive",
]
WITHIN = ["account_change_password", "mfa_index", "mfa_list_webauthn", "usersessions_list", "account_logout"]
SENSITIVE = ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"]


@pytest.fixture(autouse=True)
def nobody_tried_before(monkeypatch):
    cache.clear()
    monkeypatch.setattr(pace, "PACE", 0.0)


@pytest.fixture
def cora(village, client):
    village.cora.set_password(PASSWORD)
    village.cora.save()
    client.post(reverse("account_login"), {"login": village.cora.email, "password": PASSWORD})
    return village.cora


def number_of(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def sound(answer):
    """One main part, one heading, a neutral title, nothing inline."""
    assert answer.status_code == 200
    page = answer.content.decode()
    assert page.count("<main") == 1
    assert page.count("<h1") == 1
    title = " ".join(re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1].split())
    assert title
    assert neutral(title) == title
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page)
    assert not re.search(r"\son\w+=", page)
    return page


@pytest.mark.parametrize("name", BEFORE)
def test_pages_before_sign_in(village, client, name):
    assert 'class="exit"' in sound(client.get(reverse(name)))


def test_no_page_tells_a_browser_what_to_fill_in_before_a_script_runs(client, village):
    """Where none runs, nothing wipes the boxes when somebody leaves: Back would bring the email again."""
    page = client.get(reverse("account_login")).content.decode()
    fields = re.findall(r"<input\b(?![^>]*type=\"hidden\")[^>]*>", page)
    assert [re.findall(r'(?:autocomplete|data-fills)="([^"]*)"', field) for field in fields] == [["off", "email"], ["off", "current-password"]]
    assert "ui/fills" in page


@pytest.mark.parametrize("name", WITHIN)
def test_pages_of_an_account(cora, client, name):
    sound(client.get(reverse(name)))


def test_a_link_that_was_used_up(client, village):
    assert "does not work any more" in sound(client.get("/account/password/reset/key/abc-def/", follow=True))


@pytest.mark.parametrize("name", SENSITIVE)
def test_before_a_change_of_how_one_signs_in_one_shows_oneself_again(cora, client, name):
    client.force_login(cora)  # signed in longer ago than ten minutes
    session = client.session
    del session["account_authentication_methods"]
    session.save()
    answer = client.get(reverse(name), follow=True)
    assert "Is it you?" in sound(answer)
    sound(client.post(reverse("account_reauthenticate"), {"password": "wrong words", "next": reverse(name)}))
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": reverse(name)}).url == reverse(name)


def test_an_app_is_set_up_asked_for_and_put_away_again(cora, client):
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = sound(client.get(reverse("mfa_activate_totp")))
    assert "<svg" in page
    secret = re.search(r"class=\"secret\"><bdi>([A-Z2-7]{20,})</bdi>", page)[1]
    sound(client.post(reverse("mfa_activate_totp"), {"code": "000000"}))
    client.post(reverse("mfa_activate_totp"), {"code": number_of(secret)})
    assert Authenticator.objects.filter(user=cora, type="totp").count() == 1
    sound(client.get(reverse("mfa_index")))
    codes = sound(client.get(reverse("mfa_view_recovery_codes")))
    assert len(re.findall(r"<bdi>\d{8}</bdi>", codes)) == 10
    sound(client.get(reverse("mfa_deactivate_totp")))
    client.post(reverse("account_logout"))

    asked = client.post(reverse("account_login"), {"login": cora.email, "password": PASSWORD}, follow=True)
    assert "One more step" in sound(asked)
    assert "_auth_user_id" not in client.session
    cache.clear()
    client.post(reverse("mfa_authenticate"), {"code": re.findall(r"<bdi>(\d{8})</bdi>", codes)[0]})
    assert client.session["_auth_user_id"] == str(cora.pk)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=cora).count() == 0
    gone = [("recovery_codes", "own", cora.pk), ("totp", "own", cora.pk)]
    assert list(StepGone.objects.order_by("kind").values_list("kind", "why", "by")) == gone


def test_secrets_of_the_second_step_lie_sealed(cora):
    TOTP.activate(cora, SECRET)
    RecoveryCodes.activate(cora)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        kept = " ".join(data for (data,) in cursor.fetchall())
    assert SECRET not in kept
    assert Authenticator.objects.get(user=cora, type="totp").wrap().validate_code(number_of(SECRET))


def test_staff_find_their_account_and_their_programme_in_the_bar(village, cora, client):
    page = sound(client.get(reverse("mfa_index")))
    assert ">Cora</span>" in page
    assert village.school.short_name in page
    assert f'action="{reverse("account_logout")}"' in page
    assert f'href="{reverse("usersessions_list")}"' in page
    assert f'action="{reverse("switch")}"' not in page


def test_who_belongs_to_two_programmes_can_choose(village, cora, client):
    with village.inside(village.county):
        Membership.objects.create(user=cora, role=Role.FACILITATOR)
    page = sound(client.get(reverse("mfa_index")))
    assert f'action="{reverse("switch")}"' in page
    assert village.county.short_name in page
