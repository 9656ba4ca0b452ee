"""What each side says of a payment: added up to the coin, and cleared up by people where they differ. Nothing says by itself that it was kept."""

import uuid
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from setfair.agreements import actions as agreements
from setfair.agreements.journey import ItemStage
from setfair.agreements.models import Item
from setfair.agreements.terms import terms_of
from setfair.agreements.tests.renewing import renewed, say_anew
from setfair.cases import actions as cases
from setfair.cases.models import Route
from setfair.desk.needs import needs
from setfair.outcomes import actions as outcomes
from setfair.preparation import actions as preparation
from setfair.restitution import actions, queries
from setfair.restitution.actions import CannotPay
from setfair.restitution.models import Payment, Unclear
from setfair.restitution.tests.conftest import standing
from setfair.village.cast import OTHER
from setfair.village.story import case_at
from setfair.village.time import at

pytestmark = pytest.mark.django_db


def paid(story, item, much, who="rami", **more):
    return actions.say_paid(item, by=story.me(who), amount=Decimal(much), paid_on=timezone.localdate(), **more)


def came(story, item, much, **more):
    return actions.say_came(item, by=story.me("hana"), amount=Decimal(much), paid_on=timezone.localdate(), **more)


def noted(story, item, much, **more):
    return actions.note_payment(item, by=story.lead, amount=Decimal(much), paid_on=timezone.localdate(), **more)


def unclear(item):
    return sorted(Unclear.objects.filter(case=item.case_id, ended_at__isnull=True).values_list("why", flat=True))


def on_today(village, who):
    lines = needs(village.actor(who), village.school).rows
    return [line.sentence for line in lines if "/payments/" in line.url]


@pytest.mark.mission("S2.8")
def test_each_side_says_it_and_then_it_counts(holding, money):
    row = paid(holding, money, 20)
    assert standing(money) == (4_000, 0, 2_000)
    assert [one.row.pk for one in queries.owed_to(holding.hana)[0].asked] == [row.pk]
    actions.answer(row, by=holding.me("hana"), amount=Decimal(20))
    assert (standing(money), unclear(money)) == ((4_000, 2_000, 0), [])
    paid(holding, money, 20)
    came(holding, money, 20)
    assert (standing(money), Payment.objects.count()) == ((4_000, 4_000, 0), 2)
    assert Item.objects.get(pk=money.pk).stage == ItemStage.PROMISED


def test_thirty_three_three_times_leaves_a_cent(promised, at_convened):
    item = promised(100, parts=3)
    for _part in range(3):
        actions.answer(paid(at_convened, item, "33.33"), by=at_convened.me("hana"), amount=Decimal("33.33"))
    stands = queries.book(item.case_id).standing(item)
    assert (stands.came, stands.open, stands.over) == (9_999, 1, 0)
    assert list(queries.open_parts(item, stands.came)) == [(item.due_on, 1)]
    noted(at_convened, item, "0.01", payer=at_convened.rami.pk)
    assert list(queries.open_parts(item, standing(item)[1])) == []


def test_more_than_was_promised_is_seen_and_set_against_nothing(holding, money, village):
    row = paid(holding, money, 50)
    assert [one.asked for one in queries.owed_to(holding.hana)] == [[]]
    assert came(holding, money, 50).pk == row.pk
    stands = queries.book(money.case_id).standing(money)
    assert (stands.open, stands.over, unclear(money)) == (0, 1_000, ["over"])
    assert on_today(village, "cora") == ["More money came than was promised"]


def test_two_say_opposite_things_and_a_person_looks_into_it(holding, money, village):
    row = paid(holding, money, 20)
    actions.answer(row, by=holding.me("hana"), amount=Decimal(0))
    assert (standing(money), unclear(money)) == ((4_000, 0, 0), ["differs"])
    assert on_today(village, "cora") == on_today(village, "fadi") == ["Two people say different things about a payment"]
    assert [on_today(village, who) for who in ("mina", "sven", "ada", "nour")] == [[]] * 4
    with pytest.raises(CannotPay, match="what you found out"):
        actions.settle(row, by=holding.lead, amount=Decimal(20))
    actions.settle(row, by=holding.lead, amount=Decimal(20), words="It lay in the office.")
    assert (standing(money), unclear(money), on_today(village, "cora")) == ((4_000, 2_000, 0), [], [])
    actions.answer(row, by=holding.me("hana"), amount=Decimal("5.5"))
    assert (standing(money), unclear(money)) == ((4_000, 2_000, 0), ["differs"])
    assert [(w.side, w.amount) for w in row.words.all()] == [
        ("payer", Decimal(20)), ("receiver", Decimal(0)), ("team", Decimal(20)), ("receiver", Decimal("5.5")),
    ]  # fmt: skip


def test_what_came_is_what_whoever_it_is_for_says(holding, money):
    row = paid(holding, money, 20)
    actions.answer(row, by=holding.me("hana"), amount=Decimal("12.50"))
    assert (standing(money), unclear(money)) == ((4_000, 1_250, 0), ["differs"])
    actions.answer(row, by=holding.me("hana"), amount=Decimal(20))
    assert (standing(money), unclear(money)) == ((4_000, 2_000, 0), [])


@pytest.mark.bad_case
def test_a_form_that_is_sent_twice_counts_once(holding, money):
    key = uuid.uuid4()
    rows = {paid(holding, money, 20, form_key=key).pk for _twice in range(2)}
    assert (len(rows), Payment.objects.count(), standing(money)) == (1, 1, (4_000, 0, 2_000))
    key = uuid.uuid4()
    rows |= {came(holding, money, 20, form_key=key).pk for _twice in range(2)}
    assert (len(rows), standing(money)) == (1, (4_000, 2_000, 0))
    key = uuid.uuid4()
    assert len({noted(holding, money, 5, form_key=key).pk for _twice in range(2)}) == 1
    assert standing(money) == (4_000, 2_500, 0)


def test_nobody_said_for_a_week_whether_it_came(holding, money, village):
    paid(holding, money, 20)
    assert (unclear(money), on_today(village, "cora")) == (["waits"], [])
    with at(timezone.now() + timedelta(days=8)):
        assert on_today(village, "cora") == ["Somebody says they paid, and nobody said whether it came"]
    came(holding, money, 20)
    assert unclear(money) == []


def test_the_receiver_has_left_and_the_team_asks_at_once(holding, money, village):
    row = paid(holding, money, 20)
    cases.let_go(holding.hana, by=holding.coordinator)
    assert on_today(village, "cora") == ["Somebody says they paid, and nobody said whether it came"]
    with pytest.raises(CannotPay):
        actions.answer(row, by=holding.me("hana"), amount=Decimal(20))
    actions.settle(row, by=holding.lead, amount=Decimal(20))
    assert (standing(money), unclear(money)) == ((4_000, 2_000, 0), [])


def test_a_newer_version_takes_over_what_was_paid(holding, money):
    actions.answer(paid(holding, money, 20), by=holding.me("hana"), amount=Decimal(20))
    row = paid(holding, money, 10)
    agreement = renewed(holding)
    item = next(one for one in agreement.items.all() if one.amount is not None)
    say_anew(holding, item, what="Pay 15 dollars toward the phone.", terms=replace(terms_of(item), amount=Decimal(15), parts=1))
    agreements.present(agreement, by=holding.lead)
    assert standing(money) == (4_000, 2_000, 1_000)
    holding.sign_all()
    now = next(one for one in holding.items() if one.amount is not None)
    assert (now.pk == money.pk, standing(now), unclear(now)) == (False, (1_500, 2_000, 1_000), ["over", "waits"])
    assert [one.asked for one in queries.owed_to(holding.hana)] == [[]]
    assert came(holding, now, 10).pk == row.pk
    assert standing(now) == (1_500, 3_000, 0)
    noted(holding, money, 1)
    assert (standing(now), Payment.objects.get(amount=1).item_id) == ((1_500, 3_100, 0), now.pk)


def test_it_was_mixed_up(holding, money, village):
    row = paid(holding, money, 20)
    actions.take_back(row, by=holding.me("rami"))
    assert (standing(money), unclear(money)) == ((4_000, 0, 0), [])
    other = paid(holding, money, 10)
    actions.settle(other, by=holding.lead, amount=Decimal(10))
    with pytest.raises(CannotPay, match="call us"):
        actions.take_back(other, by=holding.me("rami"))
    assert queries.told_by(money, holding.rami, queries.book(money.case_id))[0].may_take_back is False


def test_only_who_promised_says_that_they_paid_and_only_whom_it_is_for_that_it_came(holding, money, village):
    row = paid(holding, money, 20)
    for who in ("hana", "gail", "sol"):
        with pytest.raises(CannotPay):
            paid(holding, money, 20, who=who)
    for who in ("rami", "gail", "sol"):
        with pytest.raises(CannotPay):
            actions.answer(row, by=holding.me(who), amount=Decimal(20))
        with pytest.raises(CannotPay):
            actions.say_came(money, by=holding.me(who), amount=Decimal(20), paid_on=timezone.localdate())
    with pytest.raises(CannotPay):
        noted(holding, money, 20, payer=holding.gail.pk)
    other = case_at(village, "following_up", circle=OTHER)
    with pytest.raises(CannotPay):
        actions.say_paid(money, by=village.as_participant(other.items()[1].owner), amount=Decimal(1), paid_on=timezone.localdate())


@pytest.mark.parametrize("much", ["0", "-5", "0.001"])
def test_what_cannot_be_paid_is_refused(holding, money, much):
    with pytest.raises(CannotPay):
        paid(holding, money, much)
    with pytest.raises(CannotPay, match="a day before"):
        actions.say_paid(money, by=holding.me("rami"), amount=Decimal(1), paid_on=timezone.localdate() + timedelta(days=2))
    assert Payment.objects.count() == 0


def test_a_currency_without_cents(promised, at_convened):
    item = promised(1_000, currency="JPY", parts=3)
    with pytest.raises(CannotPay, match="no coins"):
        paid(at_convened, item, "0.50")
    actions.answer(row := paid(at_convened, item, 333), by=at_convened.me("hana"), amount=Decimal(333))
    with pytest.raises(CannotPay, match="no coins"):
        actions.settle(row, by=at_convened.lead, amount=Decimal("1.5"))
    assert (standing(item), [many for _day, many in queries.open_parts(item, 333)]) == ((1_000, 333, 0), [333, 334])


def test_an_account_or_a_card_is_turned_away(holding, money):
    for words in ("DE89 3704 0044 0532 0130 00", "card 4111 1111 1111 1111"):
        with pytest.raises(CannotPay, match="an account or a card"):
            noted(holding, money, 5, words=words)
        with pytest.raises(CannotPay, match="an account or a card"):
            actions.settle(paid(holding, money, 1), by=holding.lead, amount=Decimal(1), words=words)


def test_what_a_court_has_ordered_is_not_asked_for_twice(holding, money):
    paid(holding, money, 10)
    actions.say_ordered(money, by=holding.lead, holds=True)
    assert (queries.to_pay(holding.rami), queries.owed_to(holding.hana)) == ([], [])
    for act in (paid, came, noted):
        with pytest.raises(CannotPay, match="A court has ordered"):
            act(holding, money, 10)
    actions.say_ordered(money, by=holding.lead, holds=False)
    paid(holding, money, 10)
    assert Payment.objects.count() == 2


def test_those_who_pay_together_read_only_what_they_said_themselves(promised, at_convened):
    story = at_convened
    item = promised(100, beside=[story.sol])
    one, two = paid(story, item, "33.34"), paid(story, item, "33.33", who="sol")
    known = queries.book(item.case_id)
    assert [own.row.pk for own in queries.told_by(item, story.rami, known)] == [one.pk]
    assert [own.row.pk for own in queries.told_by(item, story.sol, known)] == [two.pk]
    for who in ("gail", "rami", "sol"):
        assert queries.owed_to(story.people[who]) == []


def test_where_they_do_not_meet_neither_reads_a_word_of_the_other(holding, money):
    row = paid(holding, money, 20)
    Route.objects.create(case=holding.case, how="shuttle", why="harmed", by=holding.lead.id)
    assert [(one.asked, one.told) for one in queries.owed_to(holding.hana)] == [([], [])]
    with pytest.raises(CannotPay):
        actions.answer(row, by=holding.me("hana"), amount=Decimal(20))
    came(holding, money, 20)
    assert (standing(money), unclear(money), Payment.objects.count()) == ((4_000, 2_000, 0), [], 1)


def test_those_who_are_kept_apart_read_no_word_of_each_other_either(holding, money, village):
    cases.bar_contact(holding.case, by=holding.coordinator, one=holding.rami, other=holding.hana, by_order=True)
    paid(holding, money, 20)
    assert [one.asked for one in queries.owed_to(holding.hana)] == [[]]
    assert on_today(village, "cora") == ["Somebody says they paid, and nobody said whether it came"]
    came(holding, money, "12.50")
    assert (standing(money), unclear(money)) == ((4_000, 1_250, 0), ["differs"])


def test_whoever_wants_no_news_is_asked_nothing(holding, money):
    paid(holding, money, 20)
    outcomes.tell(holding.case, by=holding.lead, participation=holding.hana, way="not_wanted", told_on=timezone.localdate())
    assert [one.asked for one in queries.owed_to(holding.hana)] == [[]]


@pytest.mark.parametrize(("choice", "asked"), [("each", 1), ("end", 0), ("wrong", 0), ("none", 0)])
def test_they_are_asked_on_the_way_only_if_they_want_news_of_each(holding, money, choice, asked):
    paid(holding, money, 20)
    outcomes.wish_news(holding.hana, by=holding.me("hana"), choice=choice)
    assert [len(one.asked) for one in queries.owed_to(holding.hana)] == [asked]


def test_whoever_takes_a_break_is_let_be(holding, money):
    paid(holding, money, 20)
    for key in ("rami", "hana"):
        preparation.take_a_break(holding.people[key], by=holding.me(key))
    assert (queries.to_pay(holding.rami), queries.owed_to(holding.hana)) == ([], [])


def test_whose_promise_was_let_go_is_asked_nothing(holding, money):
    agreements.waive(money, by=holding.lead)
    assert (queries.to_pay(holding.rami), queries.owed_to(holding.hana)) == ([], [])
    with pytest.raises(CannotPay, match="done already"):
        paid(holding, money, 20)
    with pytest.raises(CannotPay, match="any more"):
        noted(holding, money, 20)
