"""What the pages people wait for cost, against bare Django pages that the same process serves in the same minute."""

from __future__ import annotations

from collections.abc import Iterator

from bench.beside import Found, compare, seeded
from bench.errands import errands
from bench.figure import FULL, Figure, Plant, Result, Trial, trials

SIZES = (1_000, 100_000, 1_000_000) if FULL else (1_000, 100_000)
TIMES = 120 if FULL else 40
FLAT = 1.5
"""How much dearer a page may be with the most cases than with the fewest."""
TRIED = {
    (1_000,): (Plant("query-for-each-row", "case list at 1,000: queries over"), Plant("slow-door", "sign-in page at 1,000: ratio over")),
    (1_000, 10_000): (Plant("every-case-read", "case list grows"),),
}
IN_THESE = ("sign-in page", "case list")
"""The faults, by the numbers of cases at which they are tried, in two pages."""


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
    return {many: _at(many, plant, times, pages) for many in sizes}


def _at(many: int, plant: str, times: int, pages: tuple[str, ...]) -> list[Found]:
    """The pages of these names; all of them, if none is named."""
    with seeded(many, plant) as home:
        chosen = [errand for errand in errands(home.port) if not pages or errand.name in pages]
        return compare(chosen, times, f"{many:,} cases")


def _steep(found: dict[int, list[Found]]) -> list[str]:
    """Pages that cost more the more cases there are, beyond what their floor does."""
    fewest, most = found[min(found)], found[max(found)]
    grown = {few.page.name: many.ratio / few.ratio for few, many in zip(fewest, most, strict=True)}
    return [f"{name} grows {times:.1f} times" for name, times in grown.items() if times > FLAT]


FIGURE = Figure(
    name="pages",
    says="sign-in, Today, the case list, a case of twelve and a sent request cost a small multiple of bare Django pages, at any number of cases",
    goal="all within, all flat",
    measure=_measure,
    canary=_canary,
)
