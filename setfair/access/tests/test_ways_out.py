"""Leaving: at once, for everyone, and without a trace on a shared device."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import reverse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("probes")]


@pytest.fixture
def hana(circle):
    return circle["hana"]


@pytest.fixture
def code(village, hana):
    return village.code_for(hana)


FROM_OURS = {"Sec-Fetch-Site": "same-origin"}


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


@pytest.mark.parametrize("idle", ["", "?idle=1"])
def test_what_waits_in_the_browser_stays_when_they_leave(village, client, code, idle):
    """Pressed without network and not sent yet. The stay and its cookies go all the same, and so they do for the team."""
    client.cookies["waits"] = "1"
    type_code(client, code)
    answer = client.get(reverse("exit") + idle)
    assert (answer["Clear-Site-Data"], answer.cookies["stay"]["max-age"], inside(client)) == ('"cache"', 0, None)
    staff = village.sign_in(client, "cora").get(reverse("exit"), headers=FROM_OURS)
    assert (staff["Clear-Site-Data"], client.get(reverse("keep")).status_code) == ('"cache"', 302)


def test_signing_out_takes_back_what_would_end_the_next_stay(village, client):
    client.cookies["away"] = "now"
    answer = village.sign_in(client, "cora").post(reverse("account_logout"))
    assert (answer.cookies["away"].value, answer.cookies["away"]["max-age"]) == ("", 0)


def test_anyone_can_leave_and_staff_are_signed_out(village, client, caller):
    assert urlsplit(caller().get(reverse("exit")).url).scheme == "https"
    village.sign_in(client, "cora").get(reverse("exit"), headers=FROM_OURS)
    assert client.get(reverse("keep")).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("come_from", ["cross-site", "same-site", "none", None])
def test_of_the_team_nobody_is_put_out_but_by_a_page_of_ours_or_a_button(village, client, come_from):
    village.sign_in(client, "cora")
    answer = client.get(reverse("exit"), headers={"Sec-Fetch-Site": come_from} if come_from else {})
    assert (answer.status_code, "Do you want to leave?" in answer.content.decode(), "Clear-Site-Data" in answer) == (200, True, False)
    assert client.get(reverse("keep")).status_code == 200
    left = client.post(reverse("exit"))
    assert (left.status_code, left["Clear-Site-Data"]) == (200, '"cache", "storage"')
    assert f'<meta http-equiv="refresh" content="0; url={village.school.exit_site}">' in left.content.decode()
    assert client.get(reverse("keep")).status_code == 302


@pytest.mark.parametrize(("come_from", "leaves"), [("cross-site", False), ("same-site", False), ("same-origin", True), ("none", True), (None, True)])
def test_somebody_elses_page_ends_no_stay_and_leaving_fast_needs_no_form(client, code, come_from, leaves):
    type_code(client, code)
    answer = client.get(reverse("exit"), headers={"Sec-Fetch-Site": come_from} if come_from else {})
    assert (answer.status_code == 302, "Clear-Site-Data" in answer, inside(client) is None) == (leaves, leaves, leaves)


def test_the_button_to_leave_is_no_use_to_another_site(village, caller):
    browser = village.sign_in(caller(enforce_csrf_checks=True), "cora")
    assert browser.post(reverse("exit"), headers={"Origin": "https://evil.example"}).status_code == 403
    assert browser.get(reverse("keep")).status_code == 200


def test_changing_the_language_changes_nothing_else(client, code, hana):
    type_code(client, code)
    client.post(reverse("set_language"), {"language": "ar", "next": "/code/"})
    assert 'lang="ar" dir="rtl"' in client.get(reverse("code")).content.decode()
    assert inside(client) == str(hana.pk)
    assert client.post(reverse("set_language"), {"language": "en", "next": "https://evil.example/"}).url == "/"


def test_leaving_by_the_keyboard_is_told_only_where_a_script_makes_it_work(village, client):
    page = client.get(reverse("ask", args=[village.school.slug])).content.decode()
    (told,) = re.findall(r"<p([^>]*)>[^<]*Shift three times", page)
    assert told == " data-lift hidden"


@pytest.mark.parametrize(
    "said",
    [
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
        {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "empty"},
        {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
        {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    ],
)
def test_what_follows_links_ahead_or_in_a_page_ends_no_stay(client, code, said):
    type_code(client, code)
    answer = client.get(reverse("exit"), headers={"Sec-Fetch-Site": "same-origin", **said})
    assert (answer.status_code, "Clear-Site-Data" in answer, inside(client) is None) == (200, False, False)
    assert "Clear-Site-Data" not in client.head(reverse("exit"), headers={"Sec-Fetch-Site": "same-origin"})
    assert inside(client) is not None
    pressed = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert (client.get(reverse("exit"), headers=pressed).status_code, inside(client)) == (302, None)


def test_from_a_public_page_it_leads_where_this_programme_wants(village, client):
    with village.inside():
        type(village.school).objects.update(exit_site="https://tides.example/")
    page = client.get(reverse("start", args=[village.school.slug])).content.decode()
    (way,) = re.findall(r'class="exit" href="([^"]+)"', page)
    led = [client.get(where).url for where in (way, reverse("exit"), f"{reverse('exit')}?of=nowhere")]
    assert led == ["https://tides.example/", village.county.exit_site, village.county.exit_site]


@pytest.mark.parametrize(("said", "onward"), [("now", "/exit/?of=northgate-high"), ("idle", "/exit/?of=northgate-high&amp;idle=1")])
def test_on_the_way_out_every_page_is_blank_and_the_stay_is_over(client, code, said, onward):
    type_code(client, code)
    client.cookies["away"] = said
    answer = client.get(reverse("home"), headers={"Sec-Fetch-Dest": "document"})
    page = answer.content.decode()
    assert (answer.status_code, re.findall(r'data-go-on="([^"]*)"', page), "<body></body>" in page) == (200, [onward], True)
    assert (answer["Cache-Control"], answer.cookies["away"].value, inside(client)) == ("no-store", "", None)


def test_a_style_sheet_and_a_form_are_not_on_the_way_out(client, code):
    client.cookies["away"] = "now"
    assert client.get(reverse("code"), headers={"Sec-Fetch-Dest": "style"}).content.count(b"data-go-on") == 0
    assert type_code(client, code).status_code == 302


def test_the_browser_of_the_team_is_known_again_after_the_exit_and_nobody_elses(village, client, code):
    def leaves(**more):
        client.cookies[settings.KNOWN_COOKIE_NAME] = "a" * 43
        answer = client.get(reverse("exit"), headers=FROM_OURS, **more)
        return client.cookies[settings.KNOWN_COOKIE_NAME].value != "", answer["Clear-Site-Data"]

    village.sign_in(client, "cora")
    client.cookies["away"] = "now"
    client.cookies[settings.KNOWN_COOKIE_NAME] = "a" * 43
    onward = client.get("/").content.decode()
    del client.cookies["away"]
    assert "team=1" in onward
    assert client.get(reverse("today")).status_code == 302
    assert leaves(query_params={"team": "1"}) == (True, '"cache", "storage"')
    village.sign_in(client, "cora")
    assert leaves() == (True, '"cache", "storage"')
    assert client.get(reverse("today")).status_code == 302
    type_code(client, code)
    assert leaves() == (False, '"cache", "cookies", "storage"')
