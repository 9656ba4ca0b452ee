"""A page of ours beside another one that the same process serves in the same minute: what it costs is a ratio, never milliseconds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench import house, seed
from bench.errands import Errand
from tests import pgcluster

WARM_UP = 8


@dataclass
class Found:
    page: Errand
    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    queries: int = 0

    @property
    def ratio(self) -> float:
        """Of the quieter quarter of each: a neighbour on the machine must not decide."""
        return _quiet(self.ours) / _quiet(self.bare)

    @property
    def over(self) -> list[str]:
        dear = ["ratio over"] if self.ratio > self.page.ratio else []
        return dear + (["queries over"] if self.page.queries and self.queries > self.page.queries else [])


@contextmanager
def seeded(many: int, plant: str = "") -> Iterator[house.House]:
    """Our pages and the bare ones, served on a database with so many cases that is left as it was found."""
    surroundings = {"DJANGO_SETTINGS_MODULE": "bench.floor.settings", "SETFAIR_PROXIES": "1"}
    pgcluster.join()
    try:
        name = seed.ready(many)
        with seed.tidied(name), house.served(plant, "bench.floor.server:application", **surroundings) as home:
            yield home
    finally:
        pgcluster.leave()


def compare(errands: Sequence[Errand], times: int, heading: str) -> list[Found]:
    """Each of them `times` times, told as a table; a fixed loop between them says how noisy the machine was."""
    loops, found = [loop()], []
    for errand in errands:
        found.append(_of(errand, times))
        loops.append(loop())
    _tell(heading, found, max(loops) / min(loops))
    return found


def _of(page: Errand, times: int) -> Found:
    """Ours and the other one, turn and turn about, so that both meet the same noise; how many statements ours takes is asked apart."""
    found = Found(page)
    for n in range(WARM_UP + times):
        ours, bare = page.ask(), page.bare()
        if ours.status != page.answers or bare.status not in (200, 302):
            raise SystemExit(f"{page.name} answered {ours.status}, the other {bare.status}.")
        if n >= WARM_UP:
            found.ours.append(ours.took)
            found.bare.append(bare.took)
    found.queries = page.ask(X_Count="1").queries
    return found


def _tell(heading: str, found: list[Found], noise: float) -> None:
    print(
        f"\n{heading}; milliseconds p50 / p95; a fixed loop took {noise:.2f} times as long at its slowest"
        + (", so the machine was noisy" if noise > 1.2 else "")
    )
    print(f"  {'page':<22}{'ours':>16}{'other':>16}{'ratio':>8}{'goal':>7}{'queries':>9}{'goal':>6}")
    for f in found:
        line = f"  {f.page.name:<22}{_said(f.ours):>16}{_said(f.bare):>16}{f.ratio:>8.2f}{f.page.ratio:>7}{f.queries:>9}{f.page.queries or '':>6}"
        print(line + ("  OVER" if f.over else ""), flush=True)


def _quiet(times: list[float]) -> float:
    return statistics.quantiles(times, n=4)[0]


def _said(times: list[float]) -> str:
    ordered = sorted(times)
    return f"{statistics.median(ordered) * 1000:.1f} / {ordered[int(len(ordered) * 0.95)] * 1000:.1f}"


def loop() -> float:
    """The same work each time: how long it takes says how busy the machine is."""
    began = time.perf_counter()
    sum(n * n % 7 for n in range(1_500_000))
    return time.perf_counter() - began
