"""Who had the machine while something was measured: the house, its database, whoever measures, and all else."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.spent import connected, spent
from tests import pgcluster

Clocks = dict[str, dict[int, float]]
"""Seconds of processor time by what they are for, and by process."""
SERVER, LINES, DATABASE, ITSELF, ELSE = "the server", "the lines that lie open", "its database", "whoever measures", "all else, browsers among it"
IDLE = (3, 4)
"""Of the machine's own count, what it did not work in: it had nothing to do, or waited for a disk."""


class Shares:
    """What of the machine's cores each had, over all the times that were watched."""

    def __init__(self, server: int) -> None:
        self.server, self.seconds = server, 0.0
        self.spent: Counter[str] = Counter()

    @contextmanager
    def watched(self) -> Iterator[None]:
        before, began = self._clocks(), time.perf_counter()
        try:
            yield
        finally:
            self.seconds += time.perf_counter() - began
            self.spent.update(between(before, self._clocks()))

    def __str__(self) -> str:
        """In hundredths of all cores together."""
        whole = self.seconds * (os.cpu_count() or 1)
        return ", ".join(f"{what} {spent / whole * 100:.0f} %" for what, spent in self.spent.items()) if whole else ""

    def _clocks(self) -> Clocks:
        with pgcluster.superuser() as server:
            asks = connected(server, "setfair")
        whose = {SERVER: [self.server], LINES: started_by(self.server), DATABASE: asks, ITSELF: [os.getpid()]}
        return {what: {process: _of(process) for process in processes} for what, processes in whose.items()} | {ELSE: {0: _machine()}}


def started_by(process: int) -> list[int]:
    """The processes that this one started and that still run."""
    return [int(child) for task in Path(f"/proc/{process}/task").iterdir() for child in (task / "children").read_text().split()]


def between(before: Clocks, after: Clocks) -> dict[str, float]:
    """What each spent from one reading to the next. A process that is new spent all it has; of the whole machine it is what the others left."""
    took = {what: sum(clock - before.get(what, {}).get(process, 0.0) for process, clock in clocks.items()) for what, clocks in after.items()}
    return {**took, ELSE: max(0.0, took[ELSE] - sum(spent for what, spent in took.items() if what != ELSE))}


def _of(process: int) -> float:
    try:
        return spent([process])
    except OSError:  # it has just ended
        return 0.0


def _machine() -> float:
    """Seconds for which its cores worked, for whomever."""
    ticks = [int(number) for number in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return sum(tick for place, tick in enumerate(ticks) if place not in IDLE) / os.sysconf("SC_CLK_TCK")
