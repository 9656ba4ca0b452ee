"""What the pages people wait for cost, against bare Django pages that the same process serves in the same minute."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench import house, seed
from bench.errands import Errand, errands
from bench.figure import FULL, Figure, Plant, Result, Trial, trials
from tests import pgcluster

SIZES = (1_000, 100_000, 1_000_000) if FULL else (1_000, 100_000)
TIMES, WARM_UP = (120, 15) if FULL else (40, 8)
FLAT = 1.5
"""How much dearer a page may be with the most cases than with the fewest."""
TRIED = {
    (1_000,): (Plant("query-for-each-row", "case list at 1,000: queries over"), Plant("slow-door", "sign-in page at 1,000: ratio over")),
    (1_000, 10_000): (Plant("every-case-read", "case list grows"),),
}
IN_THESE = ("sign-in page", "case list")
"""The faults, by the numbers of cases at which they are tried, in two pages."""


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


def _measure() -> Result:
    found = _at_each(SIZES, "", TIMES)
    every = [f for rows in found.values() for f in rows]
    faults, steep, met = _faults(found), _steep(found), sum(not f.over for f in every)
    if faults:
        print("\nOver: " + "; ".join(faults))
    sizes = " and ".join(f"{many:,}" for many in SIZES)
    return Result(
        f"{met} of {len(every)}", f"pages within their goal, {len(steep)} not flat", not faults, n=f"{sizes} cases, {TIMES} times each", seed=7
    )


def _canary() -> Iterator[Trial]:
    for sizes, plants in TRIED.items():
        yield from trials(plants, lambda plant, sizes=sizes: _faults(_at_each(sizes, plant, 20, IN_THESE)))


def _faults(found: dict[int, list[Found]]) -> list[str]:
    return [f"{f.page.name} at {many:,}: {fault}" for many, rows in found.items() for f in rows for fault in f.over] + _steep(found)


def _at_each(sizes: tuple[int, ...], plant: str, times: int, pages: tuple[str, ...] = ()) -> dict[int, list[Found]]:
    pgcluster.join()
    try:
        return {many: _at(many, plant, times, pages) for many in sizes}
    finally:
        pgcluster.leave()


def _at(many: int, plant: str, times: int, pages: tuple[str, ...]) -> list[Found]:
    """The pages of these names; all of them, if none is named."""
    name = seed.ready(many)
    surroundings = {"DJANGO_SETTINGS_MODULE": "bench.floor.settings", "SETFAIR_PROXIES": "1"}
    with seed.tidied(name), house.served(plant, "bench.floor.server:application", **surroundings) as home:
        loops, found = [_loop()], []
        for errand in (errand for errand in errands(home.port) if not pages or errand.name in pages):
            found.append(_of(errand, times))
            loops.append(_loop())
        _tell(many, found, max(loops) / min(loops))
    return found


def _of(page: Errand, times: int) -> Found:
    """Ours and the bare one, turn and turn about, so that both meet the same noise; how many statements ours takes is asked apart."""
    found = Found(page)
    for n in range(WARM_UP + times):
        ours, bare = page.ask(), page.bare()
        if ours.status != page.answers or bare.status not in (200, 302):
            raise SystemExit(f"{page.name} answered {ours.status}, its floor {bare.status}.")
        if n >= WARM_UP:
            found.ours.append(ours.took)
            found.bare.append(bare.took)
    found.queries = page.ask(X_Count="1").queries
    return found


def _steep(found: dict[int, list[Found]]) -> list[str]:
    """Pages that cost more the more cases there are, beyond what their floor does."""
    fewest, most = found[min(found)], found[max(found)]
    grown = {few.page.name: many.ratio / few.ratio for few, many in zip(fewest, most, strict=True)}
    return [f"{name} grows {times:.1f} times" for name, times in grown.items() if times > FLAT]


def _tell(many: int, found: list[Found], noise: float) -> None:
    print(
        f"\n{many:,} cases; milliseconds p50 / p95; a fixed loop took {noise:.2f} times as long at its slowest"
        + (", so the machine was noisy" if noise > 1.2 else "")
    )
    print(f"  {'page':<22}{'ours':>16}{'bare':>16}{'ratio':>8}{'goal':>7}{'queries':>9}{'goal':>6}")
    for f in found:
        line = f"  {f.page.name:<22}{_said(f.ours):>16}{_said(f.bare):>16}{f.ratio:>8.2f}{f.page.ratio:>7}{f.queries:>9}{f.page.queries or '':>6}"
        print(line + ("  OVER" if f.over else ""), flush=True)


def _quiet(times: list[float]) -> float:
    return statistics.quantiles(times, n=4)[0]


def _said(times: list[float]) -> str:
    ordered = sorted(times)
    return f"{statistics.median(ordered) * 1000:.1f} / {ordered[int(len(ordered) * 0.95)] * 1000:.1f}"


def _loop() -> float:
    """The same work each time: how long it takes says how busy the machine is."""
    began = time.perf_counter()
    sum(n * n % 7 for n in range(1_500_000))
    return time.perf_counter() - began


FIGURE = Figure(
    name="pages",
    says="sign-in, Today, the case list, a case of twelve and a sent request cost a small multiple of bare Django pages, at any number of cases",
    goal="all within, all flat",
    measure=_measure,
    canary=_canary,
)
