"""The owner of an account hears of a new device and of guessing, sees where they are signed in, and can end it."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from setfair.accounts import devices, pace
from setfair.accounts.browsers import named
from setfair.accounts.models import Browser
from setfair.core.text import neutral
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.programmes.models import Membership, Role
from setfair.village.time import at

pytestmark = pytest.mark.django_db

PASSWORD, NEW = "a calm and open door", "quiet harbour in june"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"


@pytest.fixture(autouse=True)
def nobody_tried_before(monkeypatch):
    cache.clear()
    monkeypatch.setattr(pace, "PACE", 0.0)


@pytest.fixture
def cora(village):
    for user in (village.cora, village.fadi):
        user.set_password(PASSWORD)
        user.save()
    return village.cora


def signs_in(user, client=None, agent=FIREFOX, password=PASSWORD):
    client = client or Client(headers={"User-Agent": agent})
    client.post(reverse("account_login"), {"login": user.email, "password": password})
    return client


def is_in(client):
    return client.get(reverse("today")).status_code == 200


def letters(village, user):
    with village.inside():
        return [(letter.subject, letter.body) for letter in Letter.objects.filter(reader_id=user.pk).order_by("made_at")]


def test_of_a_new_device_the_owner_is_told_and_can_say_that_it_was_not_them(village, cora):
    cora.language = "es"
    cora.save()
    mine = signs_in(cora)
    assert letters(village, cora) == [], "of the first there is nobody to be told"
    mine.post(reverse("account_logout"))
    signs_in(cora, mine)
    assert letters(village, cora) == [], "it is known again"
    cookie = mine.cookies[settings.KNOWN_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], len(cookie.value)) == (True, "Lax", 43)
    assert cookie.value.encode() not in {bytes(device.digest) for device in Browser.objects.all()}

    thief = signs_in(cora, agent=IPHONE)
    neighbour = signs_in(village.fadi)
    ((subject, body),) = letters(village, cora)
    assert neutral(subject) == subject
    assert "Safari, iPhone" in body
    assert not re.search("Cora|Northgate", body)
    link = re.search(r"http\S+", body)[0]

    reader = Client()
    assert reader.get(link).status_code == 200
    assert is_in(mine) and is_in(thief), "a mail scanner that opens it changes nothing"
    answer = reader.post(link, follow=True)
    assert answer.redirect_chain == [(reverse("account_reset_password"), 302)]
    assert [is_in(client) for client in (mine, thief, neighbour)] == [False, False, True]
    assert not is_in(signs_in(cora)), "the old password opens nothing"
    assert reader.post(link).status_code == 410

    reader.post(reverse("account_reset_password"), {"email": cora.email})
    form = reader.get(re.search(r"http\S+", letters(village, cora)[-1][1])[0], follow=True).request["PATH_INFO"]
    assert reader.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
    before = len(letters(village, cora))
    assert is_in(signs_in(cora, mine, password=NEW))
    assert len(letters(village, cora)) == before
    assert is_in(signs_in(cora, thief, password=NEW))
    assert len(letters(village, cora)) == before + 1, "that browser is a new one again"


def test_only_a_second_step_of_that_very_browser_goes_and_it_is_written_down_and_told(village, cora):
    signs_in(cora)
    thief = signs_in(cora, agent=IPHONE)
    link = re.search(r"http\S+", letters(village, cora)[0][1])[0]
    with village.inside(village.county):
        Membership.objects.create(user=cora, role=Role.FACILITATOR)
    honest = TOTP.activate(cora, SECRET).instance
    theirs = Authenticator.objects.create(user=cora, type="webauthn", data={})
    request = RequestFactory().get("/")
    request.session = thief.session
    authenticator_added.send(sender=Authenticator, request=request, user=cora, authenticator=theirs)
    assert Client().post(link).status_code == 302
    assert list(Authenticator.objects.filter(user=cora)) == [honest]
    assert "A change in your team" in [subject for subject, _ in letters(village, village.ada)]
    told = set()
    for place in (village.school, village.county):
        with village.inside(place):
            assert Entry.objects.filter(verb="disowned").count() == 1
            told |= set(Letter.objects.filter(reader_id=cora.pk).values_list("subject", flat=True))
    assert "A change to how you sign in" in told


def test_it_is_not_done_where_it_cannot_be_written_down(village, cora, monkeypatch):
    mine, _ = signs_in(cora), signs_in(cora, agent=IPHONE)
    link = re.search(r"http\S+", letters(village, cora)[0][1])[0]

    def fails(*args, **more):
        raise RuntimeError

    monkeypatch.setattr("setfair.programmes.actions.disowned.record", fails)
    assert Client(raise_request_exception=False).post(link).status_code == 500
    assert is_in(mine)


def test_a_link_that_is_two_days_old_does_nothing(village, cora):
    signs_in(cora)
    other = signs_in(cora)
    link = re.search(r"http\S+", letters(village, cora)[0][1])[0]
    with at(timezone.now() + devices.ANSWERED + timedelta(hours=1)):
        assert Client().post(link).status_code == 410
    assert is_in(other)


def test_one_stay_is_ended_and_no_other_nor_anybody_elses(village, cora):
    here, there, third, neighbour = signs_in(cora), signs_in(cora, agent=IPHONE), signs_in(cora, agent="curl/8"), signs_in(village.fadi)
    page = here.get(reverse("usersessions_list")).content.decode()
    assert [word in page for word in ("Firefox, Windows computer", "Safari, iPhone", "A device that does not say what it is", "Mozilla")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert page.count("Sign out there") == 2
    of = {stay.session_key: stay.pk for stay in UserSession.objects.all()}

    def ends(client, whose):
        return client.post(reverse("end_stay", args=[of[whose.session.session_key]]))

    assert ends(here, neighbour).status_code == 404
    assert ends(here, there).url == reverse("usersessions_list")
    assert [is_in(client) for client in (here, there, third, neighbour)] == [True, False, True, True]
    session = here.session
    session["account_authentication_methods"] = []
    session.save()
    assert ends(here, third).url.startswith("/account/reauthenticate/")
    assert is_in(third), "it is asked once more who that is"
    assert here.post("/account/reauthenticate/", {"password": PASSWORD, "next": reverse("usersessions_list")}).status_code == 302
    assert not is_in(third)
    assert Client().post(reverse("end_stay", args=[1])).status_code == 401


def test_of_guessing_the_owner_is_told_once_a_day_and_whoever_guesses_reads_the_same(village, cora):
    def guesses(email, times=8):
        pages = [Client(REMOTE_ADDR=f"10.9.{n}.1").post(reverse("account_login"), {"login": email, "password": "x" * 20}) for n in range(times)]
        return [(page.status_code, "This was tried many times" in page.content.decode()) for page in pages]

    assert guesses(cora.email) == guesses("nobody@school.example") == [(200, False)] * 5 + [(200, True)] * 3
    ((subject, body),) = letters(village, cora)
    assert neutral(subject) == subject
    assert not re.search("Cora|Northgate|http", body)
    for hours, count in ((23, 1), (25, 2)):
        with at(timezone.now() + timedelta(hours=hours)):
            cache.clear()
            guesses(cora.email)
        assert len(letters(village, cora)) == count
    assert mail.outbox == []


def test_whoever_belongs_nowhere_any_more_is_written_to_from_the_outbox_as_well(village, cora):
    with village.inside():
        Membership.objects.filter(user=cora).update(ended_at=timezone.now())
    Client().post(reverse("account_reset_password"), {"email": cora.email})
    assert mail.outbox == []
    assert len(letters(village, cora)) == 1


def test_nobody_is_written_to_because_others_in_the_network_were_tried(village, cora):
    client = Client(REMOTE_ADDR="10.9.99.1")
    for number in range(11):
        client.post(reverse("account_login"), {"login": f"nobody{number}@school.example", "password": "x" * 20})
    assert "This was tried many times" in client.post(reverse("account_login"), {"login": cora.email, "password": "x" * 20}).content.decode()
    assert letters(village, cora) == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (FIREFOX, "Firefox, Windows computer"),
        (IPHONE, "Safari, iPhone"),
        ("Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome, Chromebook"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows computer"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android phone or tablet"),
        ("<script>", "A device that does not say what it is"),
    ],
)
def test_a_browser_in_plain_words(said, words):
    assert named(said) == words
