"""Ruin and recreate: take a few meetings out that stand in each other's way, put them back in another order, keep what is better."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from math import exp

from .component import Component, Put

HOT, COLD = 20.0, 0.3
"""A round may make a plan dearer by about so much, in the beginning and in the end."""


class Search:
    """The plan of one component, and the best that it has been."""

    def __init__(self, part: Component, chance: random.Random) -> None:
        self.part, self.chance = part, chance
        self.size = len(part.open)
        self.best_cost, self.best = part.cost, list(part.plan)

    @property
    def worth_it(self) -> bool:
        return self.size > 1

    def greedy(self) -> None:
        """Those with the fewest times first; what is worth more comes before."""
        part = self.part
        for number in sorted(part.open, key=lambda number: (-part.left_out[number], len(part.options[number]))):
            place = part.best(number)
            if place is not None:
                part.put(place)
        self._remember()

    def repair(self, heat: float, heat_after: float, *, count: int = 0, until: float = 0.0, clock: Callable[[], float] = time.monotonic) -> int:
        """Some rounds, by number or until a moment; `heat` and `heat_after` say how much of the whole search is over before and after."""
        part, chance, done = self.part, self.chance, 0
        began = clock() if not count else 0.0
        far = heat
        while True:
            if count:
                if done >= count:
                    break
                far = heat + (heat_after - heat) * done / count
            elif not done & 7:
                now = clock()
                if now >= until:
                    break
                far = heat + (heat_after - heat) * (now - began) / (until - began)
            done += 1
            before = part.cost
            out, back = self._round()
            worse = part.cost - before
            if worse > 0 and chance.random() >= exp(-worse / (HOT * (COLD / HOT) ** far)):
                for one in back:
                    part.take(one)
                for one in out:
                    part.put(one)
            elif part.cost < self.best_cost:
                self._remember()
        return done

    def settle(self) -> None:
        """Back to the best that it has been."""
        part = self.part
        for now, then in zip(list(part.plan), self.best, strict=True):
            if now is not None and now != then:
                part.take(now)
        for now, then in zip(list(part.plan), self.best, strict=True):
            if then is not None and now is None:
                part.put(then)

    def _remember(self) -> None:
        self.best_cost, self.best = self.part.cost, list(self.part.plan)

    def _round(self) -> tuple[list[Put], list[Put]]:
        part, chance = self.part, self.chance
        missing = [number for number in part.open if part.plan[number] is None]
        seed = chance.choice(missing) if missing and chance.random() < 0.5 else chance.choice(part.open)
        out = self._ruin(seed)
        for one in out:
            part.take(one)
        wanting = [one.meeting for one in out]
        wanting += missing if len(missing) < 4 else chance.sample(missing, 4)
        if seed not in wanting:
            wanting.append(seed)
        self._order(wanting, seed)
        back = []
        for number in wanting:
            place = part.best(number, chance, 0.04)
            if place is not None:
                part.put(place)
                back.append(place)
        return out, back

    def _ruin(self, seed: int) -> list[Put]:
        """Those nearest to the seed: in a window that it could have, and sharing helpers or a room with it."""
        part, chance = self.part, self.chance
        own = part.plan[seed]
        if own is None:
            options = part.options[seed]
            start = options[min(int(chance.expovariate(0.15)), len(options) - 1)][1]
            mask = 0
        else:
            start, mask = own.start, own.mask
        many = chance.choice((1, 2, 2, 3, 3, 4, 5, 6, 8))
        by_team = chance.random() < 0.4
        near = []
        for one in part.plan:
            if one is None or one is own or one.meeting in part.pinned:
                continue
            apart = float(abs(one.start - start))
            if by_team:
                apart = chance.random() * 100 if one.mask & mask else 200 + chance.random() * 800
            near.append((apart + chance.random() * 40, one.meeting, one))
        near.sort()
        return [one for _apart, _number, one in near[:many]] + ([own] if own is not None and seed not in part.pinned else [])

    def _order(self, wanting: list[int], seed: int) -> None:
        part, chance = self.part, self.chance
        chance.shuffle(wanting)
        how = chance.random()
        if how < 0.3:
            wanting.sort(key=lambda number: len(part.options[number]))
        elif how < 0.5:
            wanting.sort(key=lambda number: -part.left_out[number])
        elif how < 0.75:
            wanting.remove(seed)
            wanting.insert(0, seed)
