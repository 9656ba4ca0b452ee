"""What every answer tells the browser, and what a cookie may and may not do."""

import re

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("probes")]


def allowed(answer):
    """Feature to whom it is allowed, as the header says it."""
    return dict(part.strip().split("=") for part in answer["Permissions-Policy"].split(","))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/code/", 200),
        ("/account/login/", 200),
        ("/probe/keep/", 302),
        ("/nowhere-at-all/", 404),
        ("/exit/", 302),
        ("/static/ui/base.css", 200),
        ("/code/?%00", 404),
    ],
)
def test_every_answer_says_it(client, path, status):
    answer = client.get(path)
    assert (answer.status_code, answer["Cross-Origin-Resource-Policy"]) == (status, "same-origin")
    answer.close()
    said = allowed(answer)
    assert {said[name] for name in ("camera", "microphone", "geolocation", "payment", "usb", "display-capture", "browsing-topics")} == {"()"}
    assert {said[name] for name in ("clipboard-write", "publickey-credentials-get", "publickey-credentials-create")} == {"(self)"}


def test_no_text_becomes_a_script(client):
    said = client.get(reverse("code"))["Content-Security-Policy"]
    assert ("require-trusted-types-for 'script'" in said, "trusted-types 'none'" in said) == (True, True)


def test_a_fault_says_it_too(village, client):
    client.raise_request_exception = False
    answer = village.sign_in(client, "cora").post(reverse("write_and_fail"), {"name": "x", "how": "raise"})
    assert (answer.status_code, answer["Cross-Origin-Resource-Policy"], allowed(answer)["camera"]) == (500, "same-origin", "()")


def test_a_forged_form_says_it_too(village):
    answer = Client(enforce_csrf_checks=True).post(reverse("code"), {"code": "ABCDEFGH"})
    assert (answer.status_code, answer["Cross-Origin-Resource-Policy"]) == (403, "same-origin")


def test_no_cookie_outlives_the_browser_the_one_of_forms_neither(client):
    cookie = client.get(reverse("code")).cookies["form"]
    assert (cookie["httponly"], cookie["samesite"], cookie["expires"], cookie["max-age"]) == (True, "Lax", "", "")


def token_on(answer):
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.content.decode())[1]


def test_a_form_of_before_the_stay_is_worth_nothing_in_it(village, circle, caller):
    browser = caller(enforce_csrf_checks=True)
    before = token_on(browser.get(reverse("code")))
    code = village.code_for(circle["hana"])
    assert browser.post(reverse("code"), {"code": code, "csrfmiddlewaretoken": before}).status_code == 302
    assert browser.post(reverse("mine"), {"csrfmiddlewaretoken": before}).status_code == 403
    assert browser.post(reverse("mine"), {"csrfmiddlewaretoken": token_on(browser.get(reverse("code")))}).status_code == 200


def test_leaving_and_signing_out_end_the_forms_of_the_stay(village, caller):
    for way_out in ("exit", "account_logout"):
        browser = village.sign_in(caller(enforce_csrf_checks=True), "cora")
        inside = token_on(browser.get(reverse("account_logout")))
        secret = browser.cookies["form"].value
        if way_out == "exit":
            browser.get(reverse("exit"), headers={"Sec-Fetch-Site": "same-origin"})
        else:
            assert browser.post(reverse("account_logout"), {"csrfmiddlewaretoken": inside}).status_code == 302
        assert browser.cookies["form"].value != secret
        assert browser.post(reverse("code"), {"code": "ABCDEFGH", "csrfmiddlewaretoken": inside}).status_code == 403


@pytest.mark.parametrize(
    "key", [r'"abcdefgh\000abcdefgh"', "short", r'"\000"', "a" * 5_000, r'"abcdefgh\303\251' + 'abcdefgh"', "../../../../etc/passwd"]
)
@pytest.mark.parametrize("path", ["/code/", "/today/", "/g/", "/account/login/", "/p/northgate-high/"])
def test_a_cookie_that_is_no_key_of_ours_is_nobodys(village, key, path):
    for name in ("stay", "form", "django_language", "messages"):
        answer = Client(headers={"cookie": f"{name}={key}"}).get(path)
        assert answer.status_code == (302 if path in ("/today/", "/g/") else 200)
