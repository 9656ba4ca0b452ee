"""Before what carries words away or changes who may what, one shows once more that it is one's own hand; what was sent is kept."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from setfair.accounts import fresh, pace
from setfair.letters.models import Letter
from setfair.programmes.models import Membership, Offer, Programme, Role

pytestmark = pytest.mark.django_db

PASSWORD = "a calm and open door"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PEOPLE = "/settings/people/"
SOMEBODY = {"email": "new@school.example", "name": "Lou Ames", "role": Role.FACILITATOR}


@pytest.fixture(autouse=True)
def nobody_tried_before(monkeypatch):
    cache.clear()
    monkeypatch.setattr(pace, "PACE", 0.0)


@pytest.fixture
def ada(village):
    """Signed in a while ago, with a password."""
    village.ada.set_password(PASSWORD)
    village.ada.save()
    client = Client()
    client.force_login(village.ada)
    return client


def asked(village):
    with village.inside():
        return list(Offer.objects.values_list("name", flat=True))


def code_sent(village):
    with village.inside():
        letter = Letter.objects.filter(reader_id=village.ada.pk).latest("made_at")
        assert (letter.subject, letter.address) == ("Your code", village.ada.email)
        return re.search(r"^[A-Z0-9]{8}$", letter.body, re.MULTILINE)[0]


def where(answer):
    return answer.url.partition("?")[0]


def test_what_was_sent_is_done_once_it_is_shown(village, ada):
    assert ada.get(PEOPLE).status_code == 200
    answer = ada.post(PEOPLE, SOMEBODY)
    assert answer.url == "/account/reauthenticate/?next=%2Fsettings%2Fpeople%2F"
    page = ada.get(answer.url).content.decode()
    assert "What you sent is kept" in page
    assert "Lou Ames" not in page
    wrong = ada.post(where(answer), {"password": "x" * 20, "next": PEOPLE})
    assert (wrong.status_code, asked(village)) == (200, [])
    assert ada.post(where(answer), {"password": PASSWORD, "next": PEOPLE}).url == PEOPLE
    assert asked(village) == ["Lou Ames"]
    assert ada.post(PEOPLE, SOMEBODY | {"email": "two@school.example", "name": "Kit Ames"}).url == PEOPLE
    assert asked(village) == ["Lou Ames", "Kit Ames"]


def test_after_ten_minutes_it_is_asked_again(village, ada, monkeypatch):
    ada.post("/account/reauthenticate/", {"password": PASSWORD, "next": PEOPLE})
    assert ada.post(PEOPLE, SOMEBODY).url == PEOPLE
    now = fresh.time.time()
    monkeypatch.setattr(fresh.time, "time", lambda: now + 601)
    assert where(ada.post(PEOPLE, SOMEBODY)) == "/account/reauthenticate/"


def test_an_address_that_only_takes_what_is_sent_is_kept_too(village, ada):
    with village.inside():
        membership = Membership.objects.get(user=village.fadi)
    answer = ada.post(reverse("settings_people_end", args=[membership.pk]))
    hidden = re.findall(r'name="next" value="([^"]*)"', ada.get(answer.url).content.decode())[-1]
    assert ada.post(where(answer), {"password": PASSWORD, "next": hidden}).url == PEOPLE
    with village.inside():
        assert Membership.objects.get(user=village.fadi).ended_at is not None


def test_what_was_sent_is_not_done_for_something_else_nor_later_nor_in_another_programme(village, ada, monkeypatch):
    ada.post(PEOPLE, SOMEBODY)
    ada.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/today/"})
    assert asked(village) == []

    with village.inside(village.county):
        Membership.objects.create(user=village.ada, role=Role.ADMINISTRATOR)
    second = Client()
    second.force_login(village.ada)
    second.post(reverse("switch"), {"programme": str(village.school.pk)})
    second.post(PEOPLE, SOMEBODY)
    second.post(reverse("switch"), {"programme": str(village.county.pk)})
    second.post("/account/reauthenticate/", {"password": PASSWORD, "next": PEOPLE})
    with village.inside(village.county):
        assert list(Offer.objects.all()) == []
    assert asked(village) == []


def test_by_the_app(village):
    TOTP.activate(village.ada, SECRET)
    client = Client()
    client.force_login(village.ada)
    answer = client.post(PEOPLE, SOMEBODY)
    assert where(answer) == "/account/2fa/reauthenticate/"
    number = format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))
    assert client.post(where(answer), {"code": number, "next": PEOPLE}).url == PEOPLE
    assert asked(village) == ["Lou Ames"]


def test_by_a_code_to_their_address_who_has_neither_password_nor_second_step(village):
    client = Client()
    client.force_login(village.ada)
    assert where(client.get(reverse("mfa_add_webauthn"))) == "/sure/"
    answer = client.post(PEOPLE, SOMEBODY)
    assert answer.url == "/sure/?next=%2Fsettings%2Fpeople%2F"
    assert "Send me a code by email" in client.get(answer.url).content.decode()
    assert client.post("/sure/", {"next": PEOPLE}).status_code == 200
    code = code_sent(village)
    assert client.post("/sure/", {"code": "WRONG", "next": PEOPLE}).status_code == 422
    assert asked(village) == []
    assert client.post("/sure/", {"code": code.lower(), "next": PEOPLE}).url == PEOPLE
    assert asked(village) == ["Lou Ames"]

    other = Client()
    other.force_login(village.ada)
    other.post("/sure/", {"next": PEOPLE})
    code = code_sent(village)
    for _ in range(3):
        other.post("/sure/", {"code": "WRONG", "next": PEOPLE})
    assert other.post("/sure/", {"code": code, "next": PEOPLE}).status_code == 422, "three tries end it"


def test_who_has_another_way_gets_no_code(village, ada, client):
    assert ada.post("/sure/", {}).status_code == 404
    assert client.post("/sure/", {}).status_code == 404


def test_policies_are_asked_about_and_reading_them_is_not(village, ada):
    assert ada.get("/settings/rules/").status_code == 200
    assert where(ada.post("/settings/rules/", {"second_step": "everyone"})) == "/account/reauthenticate/"
    with village.inside():
        assert Programme.objects.get(pk=village.school.pk).second_step == "running"


def test_ending_the_other_stays_is_asked_about_and_ends_them(village, ada):
    def comes_in():
        client = Client()
        client.post(reverse("account_login"), {"login": village.ada.email, "password": PASSWORD})
        return client

    here, elsewhere = comes_in(), comes_in()
    assert where(ada.post(reverse("usersessions_list"))) == "/account/reauthenticate/"
    assert "Last used" in here.get(reverse("usersessions_list")).content.decode()
    assert here.post(reverse("usersessions_list")).status_code == 302
    assert (here.get(reverse("today")).status_code, elsewhere.get(reverse("today")).status_code) == (200, 302)
