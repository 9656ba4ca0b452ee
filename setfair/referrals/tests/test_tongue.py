"""A request in a language that the team may not read: marked, told on Today, and left as it was written."""

import pytest
from django.urls import reverse

from setfair.accounts.models import User
from setfair.facilitators.actions import name_languages
from setfair.facilitators.models import Facilitator
from setfair.referrals.models import Referral
from setfair.referrals.tongue import written_in

from .asks import ask

ARABIC = "دفعني أحد الطلاب في ساحة المدرسة، وأريد أن نتحدث."


@pytest.mark.parametrize(
    ("text", "spoken", "code"),
    [
        (ARABIC, "en", "ar"),
        ("او با من حرف نمی‌زند. پدرم چیزی نگفت.", "en", "fa"),
        ("Он толкнул меня.", "en", "ru"),
        ("他推了我。", "en", "zh-hans"),
        ("彼はわたしを押した。", "en", "ja"),
        ("There was shoving. Ahmed (أحمد) saw it.", "en", "en"),
        ("Me empujó en la fila.", "es", "es"),
        ("", "es", "es"),
        ("123 !", "en", "en"),
    ],
)
def test_the_letters_tell(text, spoken, code):
    assert written_in(text, spoken) == code


@pytest.fixture
def arabic(village):
    with village.inside():
        referral, _code = ask(village.school, story=ARABIC)
    return referral


def test_where_nobody_reads_it_today_asks_for_a_translator_and_the_words_stay(village, client, arabic):
    cora = village.sign_in(client, "cora")
    assert "in a language that nobody here reads: find a translator" in cora.get(reverse("today")).content.decode()
    page = cora.get(reverse("request", args=[arabic.ref])).content.decode()
    assert ("Written in Arabic" in page, "Nobody of the team is known to read it" in page, ARABIC in page) == (True, True, True)
    with village.inside():
        assert Referral.objects.get().story == ARABIC


@pytest.mark.parametrize("known_by", ["account", "team"])
def test_where_somebody_reads_it_they_are_named(village, client, arabic, known_by):
    with village.inside():
        if known_by == "team":
            name_languages(Facilitator.objects.get(user__name="Fadi Brandt"), by=village.actor("ada"), languages="en ar")
        else:
            User.objects.filter(name="Fadi Brandt").update(language="ar")
    cora = village.sign_in(client, "cora")
    assert "in another language that somebody of the team reads" in cora.get(reverse("today")).content.decode()
    assert "Can read it: Fadi Brandt." in cora.get(reverse("request", args=[arabic.ref])).content.decode()


def test_whoever_reads_it_next_door_does_not_count(village, client, arabic):
    User.objects.filter(name="Nour Haddock").update(language="ar")
    assert "Nobody of the team is known to read it" in village.sign_in(client, "cora").get(reverse("request", args=[arabic.ref])).content.decode()


def test_the_programmes_own_language_is_not_foreign_and_a_worry_stays_first(village, client):
    with village.inside():
        ask(village.school)
        ask(village.school, story=ARABIC, safety_worry=True)
    page = village.sign_in(client, "cora").get(reverse("today")).content.decode()
    assert ("find a translator" in page, "a worry about safety was told" in page, "New request" in page) == (False, True, True)
