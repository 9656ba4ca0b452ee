"""Leaving: at once, for everyone, and without a trace on a shared device."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("probes")]


@pytest.fixture
def hana(circle):
    return circle["hana"]


@pytest.fixture
def code(village, hana):
    return village.code_for(hana)


def type_code(client, text):
    return client.post(reverse("code"), {"code": text})


def inside(client):
    answer = client.get(reverse("mine"))
    return answer.content.decode().split()[0] if answer.status_code == 200 else None


def test_no_cookie_outlives_the_browser(client, code):
    answer = type_code(client, code)
    cookie = answer.cookies["stay"]
    assert (cookie["httponly"], cookie["samesite"], cookie["expires"], cookie["max-age"]) == (True, "Lax", "", "")


def test_leaving_forgets_everything(village, client, code):
    type_code(client, code)
    answer = client.get(reverse("exit"))
    with village.inside():
        village.school.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, village.school.exit_site)
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer["Cache-Control"] == "no-store"
    assert inside(client) is None


def test_leaving_by_itself_leaves_a_resting_page(client, code):
    type_code(client, code)
    answer = client.get(reverse("exit") + "?idle=1")
    assert answer.status_code == 200
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "<title>Meeting</title>" in answer.content.decode()
    assert inside(client) is None


def test_anyone_can_leave_and_staff_are_signed_out(village, client, caller):
    assert urlsplit(caller().get(reverse("exit")).url).scheme == "https"
    village.sign_in(client, "cora").get(reverse("exit"))
    assert client.get(reverse("keep")).url.startswith(reverse("account_login"))


def test_changing_the_language_changes_nothing_else(client, code, hana):
    type_code(client, code)
    client.post(reverse("set_language"), {"language": "ar", "next": "/code/"})
    assert 'lang="ar" dir="rtl"' in client.get(reverse("code")).content.decode()
    assert inside(client) == str(hana.pk)
    assert client.post(reverse("set_language"), {"language": "en", "next": "https://evil.example/"}).url == "/"
