"""Whole coins: whatever is divided adds up again, and whatever is said of a payment is counted once. The test counts by itself."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from setfair.agreements.amounts import CENT, in_parts, smallest
from setfair.core.clock import now
from setfair.restitution import cents
from setfair.restitution.cents import PAYER, RECEIVER, TEAM, NotPayable, Said, Standing

SUMS = some.integers(0, 999_999_999)


def test_a_hundred_three_ways():
    assert cents.split(10_000, [1, 1, 1]) == [3_334, 3_333, 3_333]
    assert cents.parts(10_000, 3) == [3_333, 3_333, 3_334]


@given(SUMS, some.lists(some.integers(0, 10_000), min_size=1, max_size=12).filter(any))
def test_a_sum_that_is_divided_is_the_same_sum(total, weights):
    shares = cents.split(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - Fraction(total * weight, sum(weights))) < 1
    assert [share for share, weight in zip(shares, weights, strict=True) if not weight] == [0] * weights.count(0)


@given(some.integers(24, 999_999_999), some.integers(1, 24), some.sampled_from(["USD", "JPY"]))
def test_parts_are_those_that_everyone_signed(total, many, currency):
    amount = cents.amount_of(total, smallest(currency))
    signed = [part.amount for part in in_parts(amount, currency, many, 2, now().date())]
    assert [cents.amount_of(part, smallest(currency)) for part in cents.parts(total, many)] == signed
    assert sum(signed) == amount


@given(SUMS)
def test_an_amount_and_its_coins_are_one_thing(many):
    assert cents.coins(cents.amount_of(many, CENT), CENT) == many
    assert cents.coins(Decimal(many), Decimal(1)) == many


@pytest.mark.parametrize(("amount", "coin"), [("0.005", CENT), ("33.333", CENT), ("12.50", Decimal(1))])
def test_there_are_no_half_coins(amount, coin):
    with pytest.raises(NotPayable):
        cents.coins(Decimal(amount), coin)


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_nothing_is_divided_among_nobody(weights):
    with pytest.raises(ValueError):
        cents.split(100, weights)


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


@given(some.dictionaries(some.sampled_from("abcdef"), SUMS, min_size=1), some.dictionaries(some.sampled_from("abcdefg"), SUMS))
def test_what_one_pays_over_theirs_lowers_nobody_elses(shares, came):
    left = cents.still_to_pay(shares, came)
    assert left == {who: max(share - came.get(who, 0), 0) for who, share in shares.items()}
