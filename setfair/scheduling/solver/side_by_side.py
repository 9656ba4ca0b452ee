"""A term in several processes: meetings that share nobody and nothing are planned apart, and so at the same time."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context

from .batch import Plan, batch, heaps
from .problem import Instance


def side_by_side(
    instance: Instance, *, processes: int = 2, seconds: float = 10.0, seed: int = 1, clock: Callable[[], float] = time.monotonic
) -> Plan:
    """What `batch` finds when each process has so many seconds. What hangs together stays together: one heap of meetings is one process."""
    parts = shares(instance, processes)
    plan = partial(batch, seconds=seconds, seed=seed, clock=clock)
    if len(parts) < 2:
        return plan(instance)
    with ProcessPoolExecutor(len(parts), mp_context=get_context("spawn")) as pool:
        plans = list(pool.map(plan, parts))
    placed = [one for some in plans for one in some.placed]
    return Plan(placed, sum(one.cost for one in plans), sum(one.rounds for one in plans), max(one.seconds for one in plans))


def shares(instance: Instance, number: int) -> list[Instance]:
    """The same in up to so many parts, each about as large as the others; no two of them share anybody or anything."""
    bins: list[list[str]] = [[] for _part in range(max(1, number))]
    for heap in heaps(instance):
        min(bins, key=len).extend(one.id for one in heap)
    return [_only(instance, set(names)) for names in bins if names]


def _only(instance: Instance, names: set[str]) -> Instance:
    meetings = {name: one for name, one in instance.meetings.items() if name in names}
    people = {who for one in meetings.values() for who in one.people}
    return replace(
        instance,
        meetings=meetings,
        people={who: one for who, one in instance.people.items() if who in people},
        placed=[one for one in instance.placed if one.meeting in names],
        _tables={},
        _known={},
    )
