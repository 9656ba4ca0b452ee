"""Histories of money made up at random, and what is left of them counted by the test itself, in whole coins and in no other way."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from setfair.agreements.amounts import in_parts, smallest
from setfair.core import clock
from setfair.restitution import cents

TOP = 999_999_999


@dataclass
class Told:
    """One payment as the test keeps it: three numbers, and in which order they were said."""

    words: list[tuple[str, int]] = field(default_factory=list)
    paid: int | None = None
    heard: int | None = None
    found: int | None = None

    def say(self, side: str, many: int) -> None:
        self.words.append((side, many))
        if side == "payer":
            self.paid = many
        elif side == "receiver":
            self.heard = many
        else:
            self.found = many

    def came(self) -> int:
        if self.found is not None:
            return self.found
        return 0 if self.heard is None else self.heard

    def waits(self) -> int:
        return self.paid if self.paid is not None and self.heard is None and self.found is None else 0


def a_sum(chance: random.Random) -> int:
    """Round sums, odd ones, tiny ones and the largest."""
    return chance.choice([10_000, 100, 1, chance.randint(1, 99), chance.randint(1, 99_999), chance.randint(1, TOP), TOP])


def told_at_random(chance: random.Random, total: int) -> list[Told]:
    """Parts, the whole and too much; said by one side or by both, alike or not, and looked into by the team."""
    found = []
    for _payment in range(chance.randint(0, 8)):
        one = Told()
        much = chance.choice([max(total // 3, 1), total, chance.randint(1, 2 * total), 1])
        one.say(chance.choice(["payer", "payer", "payer", "receiver", "team"]), much)
        for _word in range(chance.randint(0, 3)):
            one.say(chance.choice(["payer", "receiver", "receiver", "team"]), chance.choice([much, much, 0, chance.randint(0, 2 * much)]))
        found.append(one)
    return found


def faults(number: int) -> Iterator[tuple[int, str]]:
    """Of one history: how many coins were lost or made, and where."""
    chance = random.Random(number)
    total, currency = a_sum(chance), chance.choice(["USD", "EUR", "JPY"])
    each = smallest(currency)
    signed = in_parts(cents.amount_of(total, each), currency, chance.randint(1, min(24, total)), 2, clock.now().date())
    due = [cents.coins(part.amount, each) for part in signed]
    yield abs(sum(due) - total), "the parts are not the sum"
    yield abs(cents.coins(cents.amount_of(total, each), each) - total), "an amount is not its coins"
    told = told_at_random(chance, total)
    came, waits = sum(one.came() for one in told), sum(one.waits() for one in told)
    stands = cents.standing(total, [cents.Said(tuple(one.words)) for one in told])
    yield abs(stands.came - came), "what came is not what was said to come"
    yield abs(stands.waits - waits), "what nobody has confirmed is not what was said"
    yield abs(stands.open - (total - came if came < total else 0)), "what is open is not what is lacking"
    yield abs(stands.over - (came - total if came > total else 0)), "what came over it is not seen"
    first = cents.next_part(due, came)
    lacking = 0 if first is None else first[1] + sum(due[first[0] + 1 :])
    yield abs(lacking - max(total - came, 0)), "the parts that are left are not what is open"
