"""A stay ends by itself, and takes nobody's words with it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.access.entry import GRAIN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("probes")]

STORY = "It was at lunch.\nI could not sleep — 世界 <b>since</b>."
PASSWORD = "a calm and open door"


@pytest.fixture
def later():
    """`later(minutes=9)`: time moves on for the web, as it does for a person who was away."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield lambda **much: clock.shift(timedelta(**much))


@pytest.fixture
def hana(village, client, circle, later):
    return village.enter(client, circle["hana"])


@pytest.fixture
def cora(village, client, later):
    return village.sign_in(client, "cora")


def kept(answer):
    """The words on the page, shown and in the form."""
    page = answer.content.decode()
    assert "csrfmiddlewaretoken" in page
    return page


def resent(answer):
    """What [Send again] would send, read from the page itself."""
    page = answer.content.decode()
    form = page[page.index("<form", page.index("<main")) : page.rindex("</form>")]
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
    unescaped = {name: value.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for name, value in fields}
    return re.search(r'action="([^"]*)"', form)[1], unescaped


@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (11, 302)])
def test_ten_idle_minutes_end_a_participants_stay(hana, later, minutes, status):
    assert hana.get(reverse("mine")).status_code == 200
    later(minutes=minutes)
    assert hana.get(reverse("mine")).status_code == status


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 302)])
def test_thirty_idle_minutes_end_a_staff_stay(cora, later, minutes, status):
    assert cora.get(reverse("keep")).status_code == 200
    later(minutes=minutes)
    assert cora.get(reverse("keep")).status_code == status


def test_a_click_keeps_a_stay_open_until_its_whole_length_is_over(hana, later):
    for _ in range(4 * 60 // 8):
        assert hana.get(reverse("mine")).status_code == 200
        later(minutes=8)
    later(minutes=1)
    assert hana.get(reverse("mine")).status_code == 302


def test_a_staff_stay_ends_after_eight_hours_however_busy(cora, later):
    for _ in range(8 * 60 // 20 + 1):
        assert cora.get(reverse("keep")).status_code == 200
        later(minutes=20)
    assert cora.get(reverse("keep")).status_code == 302


def test_a_click_within_seconds_writes_no_session(hana, later, django_assert_num_queries):
    hana.get(reverse("mine"))
    later(seconds=GRAIN - 1)
    before = Session.objects.get().session_data
    hana.get(reverse("mine"))
    assert Session.objects.get().session_data == before
    later(seconds=2)
    hana.get(reverse("mine"))
    assert Session.objects.get().session_data != before


def test_an_account_on_a_device_where_somebody_had_come_in_begins_anew(village, hana, later):
    later(minutes=9)
    hana.force_login(village.cora)
    assert hana.get(reverse("keep")).status_code == 200
    assert "bearer" not in hana.session
    later(minutes=20)
    assert hana.get(reverse("keep")).status_code == 200


def test_staff_who_were_away_while_typing_find_their_words_and_can_send_them_again(village, later):
    village.cora.set_password(PASSWORD)
    village.cora.save()
    browser = Client(enforce_csrf_checks=True)
    token = _token(browser.get(reverse("account_login")))
    assert (
        browser.post(reverse("account_login"), {"login": village.cora.email, "password": PASSWORD, "csrfmiddlewaretoken": token}).status_code == 302
    )
    stay = re.search(r'name="stay" value="([^"]+)"', browser.get(reverse("account_logout")).content.decode())[1]
    later(minutes=31)

    form = {"csrfmiddlewaretoken": browser.cookies["form"].value, "stay": stay}
    away = browser.post(reverse("keep") + "?a=1", {"story": STORY, "password": "x", **form})
    assert away.status_code == 401
    page = kept(away)
    assert "Your words are still here" in page
    assert "世界" in page
    assert "&lt;b&gt;since" in page
    assert reverse("account_login") in page
    where, words = resent(away)
    assert where == reverse("keep") + "?a=1"
    assert set(words) == {"story", "csrfmiddlewaretoken", "stay", "again"}

    token = _token(browser.get(reverse("account_login")))
    browser.post(reverse("account_login"), {"login": village.cora.email, "password": PASSWORD, "csrfmiddlewaretoken": token})
    sent = browser.post(where, words, headers={"Origin": "http://testserver"})
    assert (sent.status_code, sent.content.decode()) == (200, STORY)


def test_a_participant_who_was_away_while_typing_comes_in_again_and_sends(village, circle, hana, later):
    later(minutes=11)
    away = hana.post(reverse("mine"), {"story": STORY})
    assert away.status_code == 401
    where, words = resent(away)
    assert words["story"] == STORY
    assert reverse("code") in kept(away)
    village.enter(hana, circle["hana"])
    assert hana.post(where, words).status_code == 200


def test_a_code_taken_back_while_typing_keeps_the_words_too(village, circle, hana):
    village.code_for(circle["hana"])
    assert resent(hana.post(reverse("mine"), {"story": STORY}))[1]["story"] == STORY


@pytest.mark.parametrize(
    ("origin", "kept_"), [("http://testserver", True), ("https://testserver", False), ("https://evil.example", False), ("null", False), (None, False)]
)
def test_words_come_back_only_to_a_page_of_our_own(village, origin, kept_):
    browser = Client(enforce_csrf_checks=True)
    headers = {"Origin": origin} if origin else {}
    answer = browser.post(reverse("keep"), {"story": STORY}, headers=headers)
    assert answer.status_code == (401 if kept_ else 403)
    assert ("世界" in answer.content.decode()) is kept_


def test_what_a_page_itself_had_put_in_is_sent_again_and_not_shown(hana, later):
    later(minutes=11)
    key = "0b2b4f70-3f0f-4d0a-9d41-52c1f7a3f3b5"
    away = hana.post(reverse("mine"), {"form_key": key, "story": "x"})
    assert resent(away)[1]["form_key"] == key
    assert away.content.decode().count(key) == 1


def test_no_secret_is_written_back(hana, later):
    later(minutes=11)
    page = hana.post(reverse("mine"), {"password": "tulip-1", "password2": "tulip-2", "oldpassword": "tulip-3", "code": "tulip-4", "a": "b"})
    assert "tulip" not in page.content.decode()


def _token(answer):
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.content.decode())[1]
