"""Staff sign in by password, by a code or with a passkey; nobody learns who has an account."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from setfair.accounts import pace
from setfair.accounts.models import User
from setfair.accounts.tests.worker import send_waiting
from setfair.core.text import neutral
from setfair.journal.models import Entry
from setfair.letters.models import Letter

pytestmark = pytest.mark.django_db

PASSWORD = "a calm and open door"


@pytest.fixture(autouse=True)
def nobody_tried_before(monkeypatch):
    cache.clear()
    monkeypatch.setattr(pace, "PACE", 0.0)


@pytest.fixture
def cora(village):
    village.cora.set_password(PASSWORD)
    village.cora.save()
    return village.cora


def letters(village, programme=None):
    with village.inside(programme):
        return [(letter.subject, letter.address, letter.body) for letter in Letter.objects.order_by("made_at")]


def ask_for_code(client, email):
    return client.post(reverse("account_request_login_code"), {"email": email})


def words(answer):
    return re.sub(r"\s+", " ", strip_tags(re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())))


def test_by_password(cora, client):
    answer = client.post(reverse("account_login"), {"login": "Cora@School.Example", "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/today/")
    assert client.session["_auth_user_id"] == str(cora.pk)


def test_a_wrong_password_and_an_unknown_address_read_the_same(cora, client):
    known = client.post(reverse("account_login"), {"login": cora.email, "password": "x" * 20})
    unknown = client.post(reverse("account_login"), {"login": "nora@school.example", "password": "x" * 20})
    assert words(known).replace(cora.email, "") == words(unknown).replace("nora@school.example", "")
    assert known.status_code == unknown.status_code == 200


def test_by_a_code_sent_through_the_outbox(village, cora, client):
    answer = ask_for_code(client, cora.email)
    assert answer.url == reverse("account_confirm_login_code")
    assert mail.outbox == []
    ((subject, address, body),) = letters(village)
    assert (subject, address) == ("Your sign-in code", cora.email)
    assert neutral(subject) == subject
    assert "Cora" not in body
    code = re.search(r"^[A-Z0-9-]{6,}$", body, re.MULTILINE)[0]
    page = client.get(answer.url).content.decode()
    assert "<title>Sign in</title>" in page
    assert client.post(answer.url, {"code": code}).url == "/today/"
    assert client.session["_auth_user_id"] == str(cora.pk)


def test_a_wrong_code_does_not_let_in_and_three_end_it(cora, client):
    where = ask_for_code(client, cora.email).url
    for _ in range(3):
        answer = client.post(where, {"code": "WRONG-1"})
    assert "_auth_user_id" not in client.session
    assert answer.status_code == 302


def test_an_unknown_address_gets_the_same_answer_and_no_letter(village, cora):
    def asked(email):
        client = Client()
        first = ask_for_code(client, email)
        return first.status_code, first.url, words(client.get(first.url)).replace(email, "")

    assert asked(cora.email) == asked("nora@school.example")
    assert len(letters(village)) == 1
    assert mail.outbox == []


def test_a_forgotten_password_is_answered_alike_and_can_be_chosen_anew(village, cora):
    def asked(email):
        answer = Client().post(reverse("account_reset_password"), {"email": email}, follow=True)
        return words(answer)

    assert asked(cora.email) == asked("nora@school.example")
    ((subject, _address, body),) = letters(village)
    assert subject == "Your new password"
    client = Client()
    link = re.search(r"http://\S+", body)[0]
    form = client.get(link, follow=True).request["PATH_INFO"]
    short = client.post(form, {"password1": "fourteen signs", "password2": "fourteen signs"})
    assert "at least 15" in words(short)
    assert client.post(form, {"password1": "quiet harbour in june", "password2": "quiet harbour in june"}).status_code == 302
    cora.refresh_from_db()
    assert cora.check_password("quiet harbour in june")
    assert [subject for subject, *_ in letters(village)] == ["Your new password", "Your password was changed"]


def test_an_account_of_no_programme_is_written_to_by_the_worker(village, client):
    User.objects.create_user("new@school.example", "New Person")
    ask_for_code(client, "new@school.example")
    assert mail.outbox == []
    assert send_waiting() == 1
    assert [message.subject for message in mail.outbox] == ["Your sign-in code"]
    assert letters(village) == letters(village, village.county) == []


def test_a_letter_of_sign_in_stays_in_its_own_programme(village, client):
    ask_for_code(client, village.nour.email)
    assert letters(village) == []
    assert len(letters(village, village.county)) == 1
    with village.inside(village.county):
        assert Entry.objects.filter(verb="wrote").get().actor_kind == "system"


def test_guessing_is_slowed_down_and_a_neighbour_is_not(cora, village, client):
    for _ in range(6):
        client.post(reverse("account_login"), {"login": cora.email, "password": "x" * 20})
    answer = client.post(reverse("account_login"), {"login": cora.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert answer.status_code in (200, 429)
    village.fadi.set_password(PASSWORD)
    village.fadi.save()
    assert Client(REMOTE_ADDR="10.1.2.3").post(reverse("account_login"), {"login": village.fadi.email, "password": PASSWORD}).status_code == 302


def test_codes_by_email_are_limited_for_each_address(village, cora):
    statuses = [ask_for_code(Client(), cora.email).status_code for _ in range(4)]
    assert statuses[:3] == [302, 302, 302]
    assert statuses[3] != 302
    assert len(letters(village)) == 3


@pytest.mark.parametrize("path", ["/account/email/", "/account/confirm-email/", "/account/confirm-email/x:y/"])
def test_an_address_is_given_by_an_administrator(cora, client, path):
    assert client.get(path).status_code == 404
    client.force_login(cora)
    assert client.get(path).status_code == 404
    assert client.post(path, {"email": "mine@home.example", "action_add": ""}).status_code == 404


def test_nobody_signs_up(village, client):
    before = User.objects.count()
    assert "Accounts are made by your programme" in client.get(reverse("account_signup")).content.decode()
    client.post(reverse("account_signup"), {"email": "me@home.example", "password1": PASSWORD})
    assert User.objects.count() == before


def test_signing_out_needs_a_button(cora, client):
    client.force_login(cora)
    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_sign_in_leads_nowhere_else(cora, client, where):
    answer = client.post(reverse("account_login"), {"login": cora.email, "password": PASSWORD, "next": where})
    assert answer.url == "/today/"


def test_an_account_switched_off_stays_out(cora, client):
    cora.is_active = False
    cora.save()
    client.post(reverse("account_login"), {"login": cora.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_an_answer_about_an_address_is_never_too_quick(cora, client, monkeypatch):
    waited = []
    monkeypatch.setattr(pace, "PACE", 100.0)
    monkeypatch.setattr(pace.time, "sleep", waited.append)
    for email in (cora.email, "nora@school.example"):
        ask_for_code(client, email)
        client.post(reverse("account_reset_password"), {"email": email})
        client.post(reverse("account_login"), {"login": email, "password": "x" * 20})
    client.get(reverse("account_login"))
    assert len(waited) == 6
    assert min(waited) > 90
