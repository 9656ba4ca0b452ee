"""A right password on a new browser, and then no second step: the owner is told."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.accounts import pace
from setfair.core.text import neutral
from setfair.letters.models import Letter

pytestmark = pytest.mark.django_db

PASSWORD, SECRET = "a calm and open door", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def cora(village, monkeypatch):
    cache.clear()
    monkeypatch.setattr(pace, "PACE", 0.0)
    village.cora.set_password(PASSWORD)
    village.cora.save()
    TOTP.activate(village.cora, SECRET)
    return village.cora


def letters(village, user):
    with village.inside():
        return [(letter.subject, letter.stage, letter.due_at) for letter in Letter.objects.filter(reader_id=user.pk).order_by("made_at")]


def half_way(user, client=None, password=PASSWORD):
    client = client or Client()
    answer = client.post(reverse("account_login"), {"login": user.email, "password": password})
    assert (answer.status_code == 302) == (password == PASSWORD)
    return client


def test_whoever_stops_at_the_second_step_is_told_of_once_for_each_browser(village, cora):
    half_way(cora, password="x" * 20)
    assert letters(village, cora) == []
    thief = half_way(cora)
    half_way(cora, thief)
    ((subject, stage, due),) = letters(village, cora)
    assert (neutral(subject), stage) == ("Tries to sign in", "due")
    assert due > timezone.now() + timedelta(minutes=14)
    for _ in range(6):
        half_way(cora)
    assert len(letters(village, cora)) == 5, "no more than that in a day"


def test_whoever_takes_it_is_not(village, cora):
    client = half_way(cora)
    code = format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    assert client.get(reverse("today")).status_code == 200
    assert [stage for _, stage, _ in letters(village, cora)] == ["withdrawn"]
    client.post(reverse("account_logout"))
    half_way(cora, client)
    assert len(letters(village, cora)) == 1, "it is known"
