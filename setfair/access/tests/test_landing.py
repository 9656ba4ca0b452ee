"""An address that only takes what a form sends is a page to nobody, and nobody is led there."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from setfair.core.landing import is_page, page_at
from setfair.village.cast import PASSWORD

pytestmark = pytest.mark.django_db
KEY = "0b2b4f70-3f0f-4d0a-9d41-52c1f7a3f3b5"


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/g/choice/said/", "/g/choice/"),
        ("/g/choice/?a=b", "/g/choice/?a=b"),
        (f"/people/{KEY}/meetings/?a=b", f"/people/{KEY}/"),
        ("http://testserver/g/choice/said/", "/g/choice/"),
        ("http://testserver/code/", "/code/"),
        ("/account/login/", "/account/login/"),
        ("/cases/NH-26-001/ready/declare/", "/cases/NH-26-001/ready/"),
        ("/switch/", "/"),
        ("/no/such/page/", "/"),
        ("", "/"),
    ],
)
def test_the_nearest_page(path, page):
    assert page_at(path) == page
    assert is_page(page)


@pytest.mark.parametrize("path", ["/g/choice/said/", "/switch/", f"/people/{KEY}/meetings/"])
def test_opened_all_the_same_it_leads_home(village, client, circle, path):
    village.enter(client, circle["hana"]) if path.startswith("/g/") else village.sign_in(client, "cora")
    path = path.replace(KEY, str(circle["hana"].pk))
    answer = client.get(path)
    assert (answer.status_code, answer["Allow"], 'href="/"' in answer.content.decode()) == (405, "POST", True)
    assert is_page(path) is False


def test_the_language_changed_on_an_answer_leads_to_its_page(village, client, circle):
    village.enter(client, circle["hana"])
    for next_ in ("/g/choice/said/", "http://testserver/g/choice/said/"):
        answer = client.post(reverse("set_language"), {"language": "es", "next": next_})
        assert (answer.status_code, answer["Location"]) == (302, "/g/choice/")
    assert client.get("/g/choice/").status_code in (200, 302)


def test_whoever_signs_in_is_led_to_a_page(village, client, circle):
    village.cora.set_password(PASSWORD)
    village.cora.save()
    only_sent_to, page = (reverse(name, args=[circle["hana"].pk]) for name in ("meetings", "person"))
    led = client.get(only_sent_to)
    assert parse_qs(urlsplit(led.url).query)["next"] == [page]
    form = {"login": village.cora.email, "password": PASSWORD}
    assert client.post(f"{reverse('account_login')}?next={only_sent_to}", form).url == reverse("today")
    client.logout()
    assert client.post(f"{reverse('account_login')}?next={page}", form).url == page
