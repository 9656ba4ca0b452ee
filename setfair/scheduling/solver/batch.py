"""A term at once: all meetings together, as many as can be, at the least cost that the time allows."""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .component import Component
from .problem import Instance, Meeting, Placed
from .recreate import Search


@dataclass(frozen=True)
class Plan:
    """What is placed, the cost of all of it together, and how many rounds of repair it took."""

    placed: list[Placed]
    cost: int
    rounds: int
    seconds: float

    def left_out(self, instance: Instance) -> list[str]:
        done = {one.meeting for one in self.placed}
        return [name for name in instance.meetings if name not in done]


def batch(
    instance: Instance,
    *,
    seconds: float = 10.0,
    rounds: int | None = None,
    seed: int = 1,
    clock: Callable[[], float] = time.monotonic,
    told: Callable[[float, int], bool] | None = None,
) -> Plan:
    """The best plan found until the time, or so many rounds, are over. What `instance.placed` pins stays as it is.

    `told` hears now and then how far it is (0 to 1) and how many are placed, and ends it by answering false;
    whenever it ends, the best so far is what is returned.
    """
    began = clock()
    parts = components(instance)
    chance = random.Random(seed)  # noqa: S311 - dice, and no secret
    searches = [Search(part, random.Random(chance.random())) for part in parts]  # noqa: S311
    for search in searches:
        search.greedy()
    live = [search for search in searches if search.worth_it]
    sizes = sum(search.size for search in live)
    done = 0
    for turn, turns in _turns(seconds, rounds):
        spent = clock() - began
        if told is not None and not told(turn / turns, sum(len(search.part.placed()) for search in searches)):
            break
        for search in live:
            if rounds is None and clock() - began >= seconds:
                break
            share = search.size / sizes
            if rounds is not None:
                done += search.repair(turn / turns, (turn + 1) / turns, count=max(1, round(rounds * share / turns)))
            else:
                left = (seconds - spent) / (turns - turn) * share
                done += search.repair(turn / turns, (turn + 1) / turns, until=clock() + left, clock=clock)
    placed, cost = [], 0
    for search in searches:
        search.settle()
        placed += search.part.placed()
        cost += search.part.cost
    return Plan(placed, cost, done, clock() - began)


def components(instance: Instance) -> list[Component]:
    """The meetings in heaps that share nobody and nothing, the largest first."""
    pinned, shared = {one.meeting: one for one in instance.placed}, _shared(instance)
    return [Component(instance, heap, shared, pinned) for heap in heaps(instance)]


def heaps(instance: Instance) -> list[list[Meeting]]:
    """The same, before anything is worked out about them."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while above.setdefault(name, name) != name:
            above[name] = above[above[name]]
            name = above[name]
        return name

    shared = _shared(instance)
    for one in instance.meetings.values():
        for what in (*one.helpers, *one.rooms, *(who for who in one.people if who in shared)):
            above[top(what)] = top(one.id)
    found: defaultdict[str, list[Meeting]] = defaultdict(list)
    for one in instance.meetings.values():
        found[top(one.id)].append(one)
    return sorted(found.values(), key=len, reverse=True)


def _shared(instance: Instance) -> set[str]:
    """Who is needed at more than one meeting."""
    seats = Counter(who for one in instance.meetings.values() for who in one.people)
    return {who for who, number in seats.items() if number > 1}


def _turns(seconds: float, rounds: int | None) -> Iterator[tuple[int, int]]:
    turns = 8 if rounds is not None else max(2, min(24, round(seconds)))
    yield from ((turn, turns) for turn in range(turns))


def stay(before: Sequence[Placed], plan: Plan) -> bool:
    """Whether everything that was placed before is where it was."""
    return set(before) <= set(plan.placed)
