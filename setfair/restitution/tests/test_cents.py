"""Whole coins: whatever is divided adds up again, and whatever is said of a payment is counted once. The test counts by itself."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from setfair.agreements.amounts import CENT, in_parts, smallest
from setfair.core.clock import now
from setfair.restitution import cents
from setfair.restitution.cents import PAYER, RECEIVER, TEAM, NotPayable, Said, Standing

SUMS = some.integers(0, 999_999_999)


def test_a_hundred_in_three_parts():
    signed = in_parts(Decimal(100), "USD", 3, 2, now().date())
    assert [cents.coins(part.amount, CENT) for part in signed] == [3_333, 3_333, 3_334]


@given(some.integers(24, 999_999_999), some.integers(1, 24), some.sampled_from(["USD", "JPY"]))
def test_parts_that_everyone_signed_add_up(total, many, currency):
    signed = in_parts(cents.amount_of(total, smallest(currency)), currency, many, 2, now().date())
    assert sum(cents.coins(part.amount, smallest(currency)) for part in signed) == total


@given(SUMS)
def test_an_amount_and_its_coins_are_one_thing(many):
    assert cents.coins(cents.amount_of(many, CENT), CENT) == many
    assert cents.coins(Decimal(many), Decimal(1)) == many


@pytest.mark.parametrize(("amount", "coin"), [("0.005", CENT), ("33.333", CENT), ("12.50", Decimal(1))])
def test_there_are_no_half_coins(amount, coin):
    with pytest.raises(NotPayable):
        cents.coins(Decimal(amount), coin)


@pytest.mark.parametrize(
    ("words", "came", "waits", "differs"),
    [
        ([(PAYER, 50)], 0, 50, False),
        ([(PAYER, 50), (RECEIVER, 50)], 50, 0, False),
        ([(PAYER, 50), (RECEIVER, 0)], 0, 0, True),
        ([(PAYER, 50), (RECEIVER, 30)], 30, 0, True),
        ([(PAYER, 50), (RECEIVER, 0), (RECEIVER, 50)], 50, 0, False),
        ([(PAYER, 50), (RECEIVER, 0), (TEAM, 50)], 50, 0, False),
        ([(PAYER, 50), (RECEIVER, 0), (TEAM, 50), (RECEIVER, 0)], 50, 0, True),
        ([(PAYER, 50), (PAYER, 0)], 0, 0, False),
        ([(RECEIVER, 20)], 20, 0, False),
        ([(TEAM, 20)], 20, 0, False),
        ([], 0, 0, False),
    ],
)
def test_what_counts_of_one_payment(words, came, waits, differs):
    said = Said(tuple(words))
    assert (said.came, said.waits, said.differs) == (came, waits, differs)


@given(SUMS, some.lists(SUMS, max_size=20))
def test_what_was_promised_is_what_came_and_what_is_open(promised, came):
    stands = cents.standing(promised, [Said(((TEAM, many),)) for many in came])
    assert stands == Standing(promised, sum(came), 0)
    assert stands.promised == stands.came + stands.open - stands.over
    assert 0 in (stands.open, stands.over)


@given(some.lists(some.integers(1, 9_999), min_size=1, max_size=24), SUMS)
def test_what_comes_fills_the_parts_in_turn(due, came):
    first = cents.next_part(due, came)
    if came >= sum(due):
        assert first is None
    else:
        n, lacking = first
        assert 0 < lacking <= due[n]
        assert sum(due[:n]) + due[n] - lacking == came


@pytest.mark.parametrize(
    ("words", "told", "claimed"),
    [
        ([(PAYER, 50)], 50, 50),
        ([(RECEIVER, 50)], 50, 0),
        ([(PAYER, 50), (RECEIVER, 0)], 50, 50),
        ([(PAYER, 20), (RECEIVER, 50)], 50, 20),
        ([(PAYER, 50), (PAYER, 0)], 0, 0),
        ([(PAYER, 50), (RECEIVER, 50), (TEAM, 30)], 30, 30),
    ],
)
def test_of_what_nobody_is_asked_meanwhile(words, told, claimed):
    said = Said(tuple(words))
    assert (said.told, said.claimed) == (told, claimed)
