"""Each reads their own words and their own days, whoever told first, and nothing by what is missing."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from setfair.agreements import actions as agreements
from setfair.agreements.terms import terms_of
from setfair.agreements.tests.reading import told
from setfair.agreements.tests.renewing import renewed, say_anew
from setfair.cases import actions as cases
from setfair.cases.models import Route
from setfair.outcomes import actions as outcomes
from setfair.restitution import actions, queries, shown
from setfair.restitution.actions import CannotPay
from setfair.restitution.models import Payment, PaymentWord
from setfair.restitution.tasks import look_at_what_waits
from setfair.restitution.tests.conftest import standing
from setfair.restitution.tests.test_payments import came, noted, on_today, paid, unclear

pytestmark = pytest.mark.django_db


@pytest.fixture
def rami(holding, village, client):
    return village.enter(client, holding.rami)


@pytest.fixture
def hana(holding, village):
    return village.enter(Client(), holding.hana)


def word(hana, row, said, **more):
    return hana.post(reverse("owed_word"), {"which": row.pk, "word": said} | more)


def test_it_came_is_never_turned_into_it_did_not(holding, money, hana):
    row = came(holding, money, 15)
    word(hana, row, "came")
    assert (standing(money), "You told us that 15 USD came." in told(hana.get(reverse("owed")))) == ((4_000, 1_500, 0), True)
    word(hana, row, "not_come")
    assert standing(money) == (4_000, 0, 0)
    word(hana, row, "came")
    assert (standing(money), unclear(money)) == ((4_000, 1_500, 0), [])


def test_what_the_other_one_took_back_changes_nothing_of_her_own(holding, money, hana):
    row = paid(holding, money, 20)
    word(hana, row, "other", amount="12.50")
    actions.take_back(row, by=holding.me("rami"))
    word(hana, row, "came")
    assert standing(money) == (4_000, 1_250, 0)
    word(hana, row, "not_come")
    word(hana, row, "came")
    assert standing(money) == (4_000, 1_250, 0)


def apart(holding, how):
    if how == "barred":
        cases.bar_contact(holding.case, by=holding.coordinator, one=holding.rami, other=holding.hana, by_order=True)
    elif how == "shuttle":
        Route.objects.create(case=holding.case, how="shuttle", why="harmed", by=holding.lead.id)
    else:
        outcomes.wish_news(holding.hana, by=holding.me("hana"), choice=how)


@pytest.mark.parametrize("how", ["barred", "shuttle", "end", "wrong", "none"])
def test_where_nothing_may_be_shown_each_reads_their_own_sum_and_day(holding, money, rami, hana, how):
    apart(holding, how)
    today = timezone.localdate()
    theirs, hers = today - timedelta(days=5), today - timedelta(days=1)
    actions.say_paid(money, by=holding.me("rami"), amount=Decimal(17), paid_on=theirs)
    row = actions.say_came(money, by=holding.me("hana"), amount=Decimal("12.50"), paid_on=hers)
    for said in ("came", "not_come", "came"):
        word(hana, row, said)
        page = told(hana.get(reverse("owed")))
        assert (date_format(hers, "DATE_FORMAT") in page, date_format(theirs, "DATE_FORMAT") in page, "17 USD" in page) == (True, False, False)
    page = told(rami.get(reverse("paid", args=[money.pk])))
    assert (date_format(theirs, "DATE_FORMAT") in page, date_format(hers, "DATE_FORMAT") in page, "12.50" in page) == (True, False, False)
    assert (standing(money), unclear(money)) == ((4_000, 1_250, 0), ["differs"])


def test_whoever_pays_reads_their_own_word_though_it_was_told_of_before(holding, money, rami, village):
    came(holding, money, 20)
    row = paid(holding, money, 20)
    known = queries.book(money.case_id)
    assert [(own.row.pk, own.words, own.may_take_back) for own in queries.told_by(money, holding.rami, known)] == [(row.pk, "20 USD", True)]
    page = told(rami.get(reverse("paid", args=[money.pk])))
    assert ("20 USD" in page, "What you told us" in page) == (True, True)
    assert (standing(money), Payment.objects.count()) == ((4_000, 2_000, 0), 1)
    assert rami.post(reverse("paid_back", args=[money.pk]), {"which": row.pk}).status_code == 302
    assert ([w.amount for w in row.words.filter(side="payer").order_by("turn")], unclear(money)) == ([Decimal(20), Decimal(0)], ["differs"])
    assert paid(holding, money, 20).pk == row.pk
    assert (standing(money), unclear(money)) == ((4_000, 2_000, 0), [])


def test_the_team_reads_whose_word_it_is(promised, at_convened, client, village):
    story = at_convened
    item = promised(100, beside=[story.sol])
    came(story, item, 30)
    paid(story, item, 30, who="sol")
    fadi = village.sign_in(client, "fadi")
    assert "Sol: 30 USD" in told(fadi.get(reverse("payments", args=[item.pk])))
    known = queries.book(item.case_id)
    assert [len(queries.told_by(item, who, known)) for who in (story.rami, story.sol)] == [0, 1]


def test_what_is_not_kept_is_not_thanked_for(holding, money, hana):
    row = paid(holding, money, 20)
    actions.take_back(row, by=holding.me("rami"))
    answer = hana.post(reverse("owed_word"), {"which": row.pk, "word": "not_come"}, follow=True)
    assert ("This is not asked any more" in told(answer), "Thank you." in told(answer)) == (True, False)
    actions.say_ordered(money, by=holding.lead, holds=True)
    answer = hana.post(reverse("owed_came"), {"which": money.pk, "amount": "5", "paid_on": timezone.localdate().isoformat()}, follow=True)
    assert ("This is not asked any more" in told(answer), PaymentWord.objects.filter(side="receiver").count()) == (True, 0)


def test_a_question_is_not_a_way_to_write_to_her(holding, money, village):
    long_ago = timezone.localdate() - timedelta(days=60)
    with pytest.raises(CannotPay, match="since you agreed"):
        actions.say_paid(money, by=holding.me("rami"), amount=Decimal(6), paid_on=long_ago)
    much = paid(holding, money, 666)
    assert ([one.asked for one in queries.owed_to(holding.hana)], on_today(village, "cora")) == (
        [[]], ["Somebody says they paid, and nobody said whether it came"],
    )  # fmt: skip
    with pytest.raises(CannotPay, match="not asked any more"):
        actions.answer(much, by=holding.me("hana"), amount=Decimal(0))
    rows = [paid(holding, money, 1) for _each in range(6)]
    assert [one.row.pk for one in queries.owed_to(holding.hana)[0].asked] == [row.pk for row in rows[:3]]


def test_so_many_wait_and_no_more(holding, money):
    for _each in range(50):
        paid(holding, money, "0.01")
    with pytest.raises(CannotPay, match="many payments"):
        paid(holding, money, "0.01")
    assert PaymentWord.objects.filter(payment=came(holding, money, "0.01")).count() == 2
    paid(holding, money, "0.01")


def test_one_payment_told_by_the_team_too_is_one(holding, money):
    row = paid(holding, money, 20)
    assert noted(holding, money, 20).pk == row.pk
    assert (standing(money), [one.asked for one in queries.owed_to(holding.hana)]) == ((4_000, 2_000, 0), [[]])
    other = came(holding, money, 5)
    assert noted(holding, money, 5, payer=holding.rami.pk).pk == other.pk
    assert (standing(money), Payment.objects.count()) == ((4_000, 2_500, 0), 2)


def test_a_form_that_was_mended_and_sent_again_says_so(holding, money):
    key = "00000000-0000-4000-8000-000000000001"
    paid(holding, money, 30, form_key=key)
    with pytest.raises(CannotPay, match="another sum"):
        paid(holding, money, 20, form_key=key)
    assert standing(money) == (4_000, 0, 3_000)


def test_who_is_kept_apart_afterwards_is_asked_no_more_and_the_team_hears_at_once(holding, money, village):
    paid(holding, money, 20)
    assert on_today(village, "cora") == []
    cases.bar_contact(holding.case, by=holding.coordinator, one=holding.rami, other=holding.hana, by_order=True)
    assert on_today(village, "cora") == ["Somebody says they paid, and nobody said whether it came"]


def test_who_wants_no_news_afterwards_is_asked_no_more_and_the_team_hears_within_the_hour(holding, money, village):
    paid(holding, money, 20)
    outcomes.wish_news(holding.hana, by=holding.me("hana"), choice="end")
    for _twice in range(2):
        look_at_what_waits()
    assert on_today(village, "cora") == ["Somebody says they paid, and nobody said whether it came"]


def test_of_a_case_that_rests_today_says_nothing(holding, money, village):
    actions.answer(paid(holding, money, 20), by=holding.me("hana"), amount=Decimal(0))
    cases.hold(holding.case, by=holding.coordinator, reason="away")
    assert on_today(village, "cora") == []
    cases.lift(holding.case, by=holding.coordinator)
    assert on_today(village, "cora") == ["Two people say different things about a payment"]


def test_what_two_say_differently_outlives_the_version_that_leaves_it_out(holding, money, village):
    row = paid(holding, money, 20)
    actions.answer(row, by=holding.me("hana"), amount=Decimal(0))
    agreement = renewed(holding)
    agreements.strike(next(one for one in agreement.items.all() if one.amount is not None), by=holding.lead)
    agreements.present(agreement, by=holding.lead)
    holding.sign_all()
    assert (unclear(money), on_today(village, "cora")) == (["differs"], ["Two people say different things about a payment"])
    fadi = village.sign_in(Client(), "fadi")
    assert "under an earlier version" in told(fadi.get(reverse("follow_up", args=[holding.case.ref])))
    said = {"amount": "20", "words": "The office has it."}
    assert fadi.post(reverse("payment_settle", args=[row.pk]), said).status_code == 302
    assert (unclear(money), [w.amount for w in row.words.filter(side="team")]) == ([], [Decimal(20)])


def test_what_came_in_another_currency_is_not_forgotten(holding, money):
    row = paid(holding, money, 20)
    actions.answer(row, by=holding.me("hana"), amount=Decimal(5))
    agreement = renewed(holding)
    item = next(one for one in agreement.items.all() if one.amount is not None)
    say_anew(holding, item, what="Pay 30 euros toward the phone.", terms=replace(terms_of(item), amount=Decimal(30), currency="EUR", parts=1))
    agreements.present(agreement, by=holding.lead)
    holding.sign_all()
    now = next(one for one in holding.items() if one.amount is not None)
    known = queries.book(now.case_id)
    assert (standing(now), unclear(now)) == ((3_000, 0, 0), ["differs"])
    assert ("Came under an earlier version", "5 USD") in shown.how_it_stands(now, known)
    assert [one.paid.row.pk for one in shown.heard(now, known)] == [row.pk]
    actions.settle(row, by=holding.lead, amount=Decimal(5), words="We asked.")
    assert unclear(now) == []
