"""The pages of money: whoever pays tells it, whom it is for is asked, the team adds it up; each reads their own and no more."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from setfair.agreements.tests.reading import told
from setfair.restitution import actions
from setfair.restitution.models import Payment, PaymentWord
from setfair.restitution.tests.conftest import standing
from setfair.village.cast import OTHER
from setfair.village.story import case_at

pytestmark = pytest.mark.django_db


def page(name, row):
    return reverse(name, args=[row.pk])


def key_of(answer):
    return re.search(r'name="form_key" value="([0-9a-f-]{36})"', answer.content.decode()).group(1)


@pytest.fixture
def rami(holding, village, client):
    return village.enter(client, holding.rami)


@pytest.fixture
def hana(holding, village):
    return village.enter(Client(), holding.hana)


def say(rami, money, much):
    shown = rami.get(page("paid", money))
    return rami.post(page("paid", money), {"form_key": key_of(shown), "amount": much, "paid_on": timezone.localdate().isoformat()})


def test_both_sides_tell_it_on_their_own_pages(holding, money, rami, hana, village):
    assert page("paid", money) in rami.get(reverse("home")).text
    assert reverse("owed") in hana.get(reverse("home")).text
    assert say(rami, money, "20").status_code == 302
    assert ["20 USD" in told(rami.get(page("paid", money))), standing(money)] == [True, (4_000, 0, 2_000)]
    assert "20 USD, on" in told(hana.get(reverse("owed")))
    row = Payment.objects.get()
    assert hana.post(reverse("owed_word"), {"which": row.pk, "word": "came"}).status_code == 302
    assert standing(money) == (4_000, 2_000, 0)
    assert "You told us that 20 USD came." in told(hana.get(reverse("owed")))
    assert "came" not in told(rami.get(page("paid", money)))
    fadi = village.sign_in(Client(), "fadi")
    assert "20 USD of 40 USD came" in told(fadi.get(reverse("follow_up", args=[holding.case.ref])))
    assert [words in told(fadi.get(page("payments", money))) for words in ("Rami: 20 USD", "Hana: 20 USD", "Still open")] == [True] * 3


def test_another_sum_and_nothing_are_said_with_one_press_and_can_be_changed(holding, money, rami, hana):
    say(rami, money, "20")
    row = Payment.objects.get()
    assert hana.post(reverse("owed_word"), {"which": row.pk, "word": "other"}).status_code == 422
    assert hana.post(reverse("owed_word"), {"which": row.pk, "word": "other", "amount": "12.50"}).status_code == 302
    assert hana.post(reverse("owed_word"), {"which": row.pk, "word": "not_come"}).status_code == 302
    assert "You told us that it did not come." in told(hana.get(reverse("owed")))
    assert [word.amount for word in row.words.all()] == [Decimal(20), Decimal("12.5"), Decimal(0)]


def test_what_came_is_told_without_being_asked(holding, money, hana):
    shown = hana.get(reverse("owed"))
    said = {"which": money.pk, "form_key": key_of(shown), "amount": "15", "paid_on": timezone.localdate().isoformat()}
    assert [hana.post(reverse("owed_came"), said).status_code for _twice in range(2)] == [302, 302]
    assert (standing(money), Payment.objects.count()) == ((4_000, 1_500, 0), 1)
    assert hana.post(reverse("owed_came"), said | {"amount": "0"}).status_code == 422
    assert hana.post(reverse("owed_came"), said | {"which": holding.items()[0].pk}).status_code == 302
    assert Payment.objects.count() == 1


def test_the_team_notes_what_came_and_looks_into_what_differs(holding, money, rami, hana, village):
    fadi, today = village.sign_in(Client(), "fadi"), timezone.localdate().isoformat()
    assert fadi.post(page("payments", money), {"payer": holding.rami.pk, "amount": "10", "paid_on": today, "words": ""}).status_code == 302
    say(rami, money, "20")
    row = Payment.objects.get(amount=20)
    hana.post(reverse("owed_word"), {"which": row.pk, "word": "not_come"})
    assert "they say different things" in told(fadi.get(page("payments", money)))
    assert fadi.post(page("payment_settle", row), {"amount": "20", "words": ""}).status_code == 422
    assert "leave it out" in told(fadi.post(page("payment_settle", row), {"amount": "20", "words": "To DE89 3704 0044 0532 0130 00"}))
    assert fadi.post(page("payment_settle", row), {"amount": "20", "words": "The office has it."}).status_code == 302
    assert standing(money) == (4_000, 3_000, 0)
    assert "The office has it." not in told(rami.get(page("paid", money))) + told(hana.get(reverse("owed")))
    fadi.post(page("payments_ordered", money), {"holds": "yes"})
    assert "A court has ordered this money" in told(fadi.get(page("payments", money)))
    assert "We do not ask you for this money here." in told(rami.get(page("paid", money)))
    assert "Nothing is asked of you here now." in told(hana.get(reverse("owed")))


def test_a_promise_of_no_money_leads_to_its_own_page(holding, rami, village):
    letter, fadi = holding.items()[0], village.sign_in(Client(), "fadi")
    assert rami.get(page("paid", letter))["Location"] == page("proof", letter)
    assert fadi.get(page("payments", letter))["Location"] == page("item", letter)


def test_nobody_else_reads_or_says_anything(holding, money, rami, hana, village):
    say(rami, money, "17")
    row = Payment.objects.get()
    gail, other = village.enter(Client(), holding.gail), case_at(village, "following_up", circle=OTHER)
    stranger = village.enter(Client(), other.items()[1].owed_to)
    for client in (hana, gail, stranger):
        assert client.get(page("paid", money)).status_code == 404
        assert client.post(page("paid_back", money), {"which": row.pk}).status_code == 404
    for client in (rami, gail, stranger):
        assert "17 USD" not in told(client.get(reverse("owed")))
        client.post(reverse("owed_word"), {"which": row.pk, "word": "not_come"})
        client.post(reverse("owed_came"), {"which": money.pk, "amount": "5", "paid_on": timezone.localdate().isoformat()})
    for who in ("mina", "sven", "ada", "nour"):
        client = village.sign_in(Client(), who)
        answers = [client.get(page("payments", money)), client.post(page("payment_settle", row), {"amount": "1"})]
        assert [answer.status_code for answer in answers] == [404, 404]
    assert PaymentWord.objects.count() == 1


def test_it_was_mixed_up_and_is_taken_back(holding, money, rami):
    say(rami, money, "20")
    row = Payment.objects.get()
    assert rami.post(page("paid_back", money), {"which": row.pk}).status_code == 302
    assert (standing(money), "What you told us" in told(rami.get(page("paid", money)))) == ((4_000, 0, 0), False)


def test_as_many_questions_for_three_payments_as_for_one(holding, money, rami, hana, village):
    fadi, counts = village.sign_in(Client(), "fadi"), []
    for much in (1, 2, 3):
        actions.say_paid(money, by=holding.me("rami"), amount=Decimal(much), paid_on=timezone.localdate())
        with CaptureQueriesContext(connection) as asked:
            fadi.get(page("payments", money))
            hana.get(reverse("owed"))
            fadi.get(reverse("follow_up", args=[holding.case.ref]))
        counts.append(len(asked))
    assert counts[0] >= counts[1] == counts[2]
