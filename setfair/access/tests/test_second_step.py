"""Who runs a real programme signs in with two things, and does nothing else before they can."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.access.entry import memberships_of
from setfair.access.second_step import FIRST_DAY
from setfair.accounts import pace
from setfair.accounts.models import User
from setfair.core import tenant
from setfair.core.actor import Actor, Kind
from setfair.desk.actions import begin_here
from setfair.letters.models import Letter
from setfair.programmes.actions import change_facts, invite
from setfair.programmes.models import Membership, Programme, Role
from setfair.programmes.seen import mark
from setfair.village.time import at

pytestmark = pytest.mark.django_db

PASSWORD = "a calm and open door"
FACTS = {
    "kind": "school", "name": "Lakeside peer conferencing", "short_name": "Lakeside Room 4", "zone": "America/New_York",
    "language": "en", "phone": "555-0117",
}  # fmt: skip


@pytest.fixture(autouse=True)
def nobody_tried_before(monkeypatch):
    cache.clear()
    monkeypatch.setattr(pace, "PACE", 0.0)


@pytest.fixture
def lakeside(db):
    """A real programme with its founder, who only administers it."""
    ada = begin_here(by=Actor(Kind.ANYONE), your_name="Ada Pryce", email="ada@lakeside.example", password=PASSWORD, **FACTS)
    (key,) = memberships_of(ada.pk)
    with tenant.inside(key):
        return Programme.objects.get(pk=key)


def given(programme, name, *roles):
    """Somebody of the team, with a password."""
    with tenant.inside(programme.pk):
        user = User.objects.create_user(f"{name.lower()}@lakeside.example", f"{name} Lane", PASSWORD)
        for role in roles:
            Membership.objects.create(user=user, role=role)
    return user


def signed_in(user):
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(user.pk)
    return client


def number_of(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def sets_up(client):
    secret = re.search(r"<bdi>([A-Z2-7]{20,})</bdi>", client.get(reverse("mfa_activate_totp")).content.decode())[1]
    assert client.post(reverse("mfa_activate_totp"), {"code": number_of(secret)}).status_code == 302
    return secret


@pytest.mark.parametrize(("role", "asked"), [(Role.COORDINATOR, True), (Role.SUPERVISOR, True), (Role.FACILITATOR, False), (Role.STUDENT, False)])
def test_by_role(lakeside, role, asked):
    client = signed_in(given(lakeside, "Bea", role))
    answer = client.get(reverse("today"))
    assert (answer.status_code, answer.get("Location")) == ((302, "/second-step/?next=%2Ftoday%2F") if asked else (200, None))


@pytest.mark.parametrize(("choice", "roles"), [("staff", {Role.FACILITATOR}), ("everyone", {Role.FACILITATOR, Role.STUDENT})])
def test_a_programme_may_ask_more(lakeside, choice, roles):
    with tenant.inside(lakeside.pk):
        change_facts(lakeside, by=Actor(Kind.STAFF, lakeside.pk), seen=mark(lakeside, ["second_step"]), second_step=choice)
    for name, role in (("Bea", Role.FACILITATOR), ("Cal", Role.STUDENT)):
        assert (signed_in(given(lakeside, name, role)).get(reverse("today")).status_code == 302) == (role in roles)


def test_until_it_is_set_up_nothing_else_is_open(lakeside):
    bea = given(lakeside, "Bea", Role.COORDINATOR)
    client = signed_in(bea)
    page = client.get(reverse("today"), follow=True).content.decode()
    assert "One more thing before you begin" in page
    assert 'class="bar-nav"' not in client.get(reverse("mfa_activate_totp")).content.decode()
    shut = ("cases", "requests", "team", "mfa_index", "account_change_password", "usersessions_list", "mfa_generate_recovery_codes")
    assert {client.get(reverse(name)).url.partition("?")[0] for name in shut} == {"/second-step/"}
    sent = client.post(reverse("cases"), {"words": "a sentence half written"}, headers={"Origin": "http://testserver"})
    assert sent.status_code == 428
    assert "a sentence half written" in sent.content.decode()

    sets_up(client)
    codes = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert len(re.findall(r"<bdi>\d{8}</bdi>", codes)) == 10
    assert re.findall(r"<bdi>\d{8}</bdi>", client.get(reverse("mfa_view_recovery_codes")).content.decode()) == []
    assert client.get(reverse("second_step")).url == "/today/"
    assert client.get(reverse("today")).status_code == 200


def test_a_stay_with_a_password_alone_gains_nothing_by_another(lakeside):
    """Whoever stole the password and came in first is out, and cannot lay a passkey of their own beside the one set up."""
    bea = given(lakeside, "Bea", Role.COORDINATOR)
    thief, client = signed_in(bea), signed_in(bea)
    secret = sets_up(client)
    assert client.get(reverse("today")).status_code == 200
    assert thief.get(reverse("today")).url == "/account/login/?next=%2Ftoday%2F"
    again = Client()
    answer = again.post(reverse("account_login"), {"login": bea.email, "password": PASSWORD})
    assert answer.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in again.session
    bea.refresh_from_db()
    again.force_login(bea)  # however they got a stay without the step
    assert again.get(reverse("mfa_add_webauthn")).url.partition("?")[0] == "/second-step/"
    assert again.get(reverse("second_step")).url.partition("?")[0] == reverse("mfa_reauthenticate")
    cache.clear()
    answer = again.post(reverse("mfa_reauthenticate"), {"code": number_of(secret), "next": reverse("second_step")}, follow=True)
    assert answer.redirect_chain[-1][0] == "/today/"
    assert again.get(reverse("today")).status_code == 200


def test_who_only_administers_has_the_first_day_to_set_the_programme_up(lakeside):
    ada = User.objects.get(email="ada@lakeside.example")
    assert signed_in(ada).get(reverse("settings")).status_code == 200
    with at(timezone.now() + FIRST_DAY):
        assert signed_in(ada).get(reverse("settings")).url == "/second-step/?next=%2Fsettings%2F"
    with tenant.inside(lakeside.pk):
        invite(lakeside, by=Actor(Kind.STAFF, lakeside.pk, ada.pk), email=ada.email, name=ada.name, role=Role.COORDINATOR)
    assert signed_in(ada).get(reverse("settings")).url == "/second-step/?next=%2Fsettings%2F"


def test_a_demo_asks_nobody(village, client):
    client.force_login(village.cora)
    assert client.get(reverse("today")).status_code == 200


def test_putting_the_last_one_away_leads_back_to_the_beginning(lakeside):
    bea = given(lakeside, "Bea", Role.COORDINATOR)
    client = signed_in(bea)
    sets_up(client)
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert client.get(reverse("today")).url == "/second-step/?next=%2Ftoday%2F"


def test_a_code_by_email_and_a_new_password_pass_no_second_step_by(lakeside):
    """Both lead to the same question as a password does, and to no stay before it is answered."""
    bea = given(lakeside, "Bea", Role.COORDINATOR)
    sets_up(signed_in(bea))

    def letter():
        with tenant.inside(lakeside.pk):
            return Letter.objects.filter(reader_id=bea.pk).latest("made_at").body

    by_code = Client()
    by_code.post(reverse("account_request_login_code"), {"email": bea.email})
    code = re.search(r"^[A-Z0-9-]{6,}$", letter(), re.MULTILINE)[0]
    assert by_code.post(reverse("account_confirm_login_code"), {"code": code}).url == reverse("mfa_authenticate")

    forgot = Client()
    forgot.post(reverse("account_reset_password"), {"email": bea.email})
    form = forgot.get(re.search(r"http://\S+", letter())[0], follow=True).request["PATH_INFO"]
    assert forgot.post(form, {"password1": "quiet harbour in june", "password2": "quiet harbour in june"}).status_code == 302
    new = {"login": bea.email, "password": "quiet harbour in june"}
    assert forgot.post(reverse("account_login"), new).url == reverse("mfa_authenticate")
    for client in (by_code, forgot):
        assert "_auth_user_id" not in client.session
        assert client.get(reverse("today")).url == "/account/login/?next=%2Ftoday%2F"
