"""Random programmes are counted and said as the house says them; somebody takes everything that is said from one another.

Each is read three times: when two years are over, once more after one case was written
down late, changed or forgotten, and a year later. Asked for is every combination of
filters, in every table, of each year and of all, and what is beside it. Who asks knows that each
accepted case has one person harmed and one responsible, that each agreement has a promise, and that what
was not kept has one that was not done.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from typing import Any

from bench.differencing import Attack
from bench.figure import FULL, SEED, Figure, Plant, Result, Trial, trials
from bench.ledger import Ledger
from setfair.core.protect import Block, Fact, Said, cut
from setfair.tallies import tables
from setfair.tallies.tables import Counted, Release

PARTS, EACH, FEW = 40, 50, 30
"""A full run is 40 parts of 50 programmes."""
YEARS, NEXT = (2024, 2025), 2026
ALL_YEARS = (*YEARS, NEXT)
FEWEST = 5
LINES = {line.name: line.values for line in tables.LINES}
BY_US, ANYBODY = ("programme", "law"), LINES["decider"]
POSSIBLE = {
    "screened_out": BY_US,
    "withdrawn": tuple(one for one in ANYBODY if one not in (*BY_US, "together")),
    "not_met": ANYBODY[1:],
    "met": ANYBODY,
    "ended_early": ANYBODY,
    "not_kept": ANYBODY,
    "part": ANYBODY[:1],
    "kept": ANYBODY[:1],
}
"""Whose decision each way of ending can be: whoever asks knows that the others are empty."""
CELLS = [cell for cell in product(*LINES.values()) if cell[1] in POSSIBLE[cell[0]]]
PROMISES = {"state": tables.STATE.values, "kind": tables.KIND.values}
OF_PROMISES = list(product(*PROMISES.values()))
OWN = ("affected", "supporter")
"""Roles of which a case has any number; of the others it has one, and their table is the cases' own."""
PLANTS = tuple(
    Plant(name, sign)
    for name, sign in {
        "only-primary": "found out", "total-said": "found out", "one-filter-free": "found out", "correction-at-once": "changed by",
        "people-table-unlinked": "found out",
    }.items()
)  # fmt: skip


def _case(chance: random.Random, year: int, key: int, likely: dict[str, list[float]]) -> Counted:
    ended, decider, quarter, source = (chance.choices(values, likely[name])[0] for name, values in LINES.items())
    if decider not in POSSIBLE[ended]:
        decider = chance.choice(POSSIBLE[ended])
    people, promises = {}, []
    if ended in tables.ACCEPTED:
        people = {"harmed": 1, "responsible": 1, "affected": chance.choice((0, 0, 1)), "supporter": chance.choice((0, 1, 1, 2, 3))}
    if ended in tables.AGREED:
        kinds = chance.choices(tables.KIND.values, likely["kind"], k=chance.randint(1, 4))
        settled = ("done", "done", "done", "waived") if ended in ("kept", "ended_early") else ("done", "not_done")
        promises = [(chance.choice(settled), kind) for kind in kinds]
        if ended in ("not_kept", "part"):
            promises[0] = ("not_done", kinds[0])
    return Counted(key, year, ended, decider, quarter, source, people, promises)


def _world(seed: int) -> tuple[random.Random, dict[str, list[float]], list[Counted]]:
    """A programme of 9 to 400 cases, each kind of which is common here and rare there."""
    chance = random.Random(seed)
    many = round(9 * (400 / 9) ** chance.random())
    likely = {name: [chance.random() ** 3 + 0.01 for _value in values] for name, values in {**LINES, "kind": tables.KIND.values}.items()}
    return chance, likely, [_case(chance, chance.choices(ALL_YEARS, (4, 4, 3))[0], key, likely) for key in range(many)]


def _readings(seed: int, plant: str) -> list[tuple[int, Release, list[Counted]]]:
    """Every release with the number of the reading in which it was made, and the cases as they were then."""
    chance, likely, before = _world(seed)
    after, late = list(before), chance.choice(("late", "changed", "forgotten"))
    place = chance.choice([n for n, one in enumerate(before) if one.year in YEARS] or [0])
    if late == "late":
        after.append(_case(chance, chance.choice(YEARS), len(before), likely))
    elif late == "changed":
        after[place] = _case(chance, before[place].year, before[place].key, likely)
    else:
        del after[place]
    first = tables.releases(before, YEARS[0], YEARS[-1])
    third = tables.releases(after, YEARS[0], NEXT, first)
    found = [(1, one, before) for one in first] + [(2, one, after) for one in third[len(first) :]]
    if plant == "correction-at-once":
        found += [
            (2, one, after) for one in tables.releases(after, YEARS[0], YEARS[-1]) if (one.first, one.last) in {(o.first, o.last) for o in first}
        ]
    return [(reading, _spoilt(one, cases, plant), cases) for reading, one, cases in found]


def _spoilt(one: Release, every: list[Counted], plant: str) -> Release:
    counted = [case for case in every if one.first <= case.year <= one.last]
    match plant:
        case "one-filter-free":
            return replace(one, cases=Said(one.cases.lines, tuple(part for block in one.cases.blocks for part in _by_source(block, counted))))
        case "people-table-unlinked":
            alone = {role: [Fact((c.key, n), c.at) for c in counted for n in range(c.people.get(role, 0))] for role in tables.ROLES}
            return replace(one, people={role: cut(tables.LINES, facts) for role, facts in alone.items()})
    return one


def _by_source(block: Block, counted: list[Counted]) -> Iterator[Block]:
    first, end = block.spans[3]
    for n in range(first, end):
        spans = (*block.spans[:3], (n, n + 1))
        inside = [c for c in counted if all(a <= v.index(x) < b for (a, b), v, x in zip(spans, LINES.values(), c.at, strict=True))]
        yield Block(spans, len(inside))


Box = dict[str, tuple[str, ...]]


def _choices(name: str, values: tuple[str, ...]) -> list[tuple[str, ...]]:
    """What a filter offers: all, each, and of the funnel who came at least so far."""
    return [values, *((value,) for value in values), *(tables.FUNNEL[step] for step in ("accepted", "met", "agreed") if name == "ended")]


def _boxes(lines: dict[str, tuple[str, ...]]) -> list[Box]:
    return [dict(zip(lines, chosen, strict=True)) for chosen in product(*(_choices(name, values) for name, values in lines.items()))]


BOXES, PROMISE_BOXES = _boxes(LINES), _boxes(PROMISES)


class Places:
    """Which bit stands for which cell of which table, year and reading."""

    def __init__(self, years: tuple[int, ...]) -> None:
        self.at, where = {}, 0
        for year, reading, table in product(years, (1, 2), ("cases", *OWN, "promises", "slack")):
            self.at[year, reading, table] = where
            where += {"promises": len(OF_PROMISES), "slack": 2}.get(table, len(CELLS))
        self.cells = where

    def mask(self, table: str, box: Box, years: tuple[int, ...], reading: int) -> int:
        """Whoever is one in each case is counted where the cases are."""
        if table in tables.ROLES and table not in OWN:
            table, box = "cases", {**box, "ended": tuple(value for value in box["ended"] if value in tables.ACCEPTED)}
        bits = _bits(table == "promises", tuple(box.values()))
        return sum(bits << self.at[year, reading, table] for year in years)

    def slack(self, year: int, reading: int, which: int) -> int:
        """How many more there are than there have to be."""
        return 1 << self.at[year, reading, "slack"] + which


PLACES = Places(ALL_YEARS)


@cache
def _bits(of_promises: bool, box: tuple[tuple[str, ...], ...]) -> int:
    cells = OF_PROMISES if of_promises else CELLS
    return sum(1 << n for n, cell in enumerate(cells) if all(value in of for value, of in zip(cell, box, strict=True)))


def _said(one: Release, plant: str, counted: list[Counted]) -> Iterator[tuple[str, Box, int]]:
    """Everything that a reader of these years can bring on a screen: each filter, and each table along a line beneath it."""
    known = {"cases": (one.cases, BOXES), "promises": (one.promises, PROMISE_BOXES), **{role: (said, BOXES) for role, said in one.people.items()}}
    for table, (said, boxes) in known.items():
        names = LINES if table != "promises" else PROMISES
        for box in boxes:
            number = said.number(**box)
            if plant == "only-primary" and table == "cases":
                true = sum(all(v in of for v, of in zip(c.at, box.values(), strict=True)) for c in counted if one.first <= c.year <= one.last)
                number = true if true >= FEWEST else None
            if plant == "total-said" and table == "cases" and number is None and sum(box[n] != LINES[n] for n in LINES) == 1:
                true = sum(all(v in of for v, of in zip(c.at, box.values(), strict=True)) for c in counted if one.first <= c.year <= one.last)
                number = true if true >= FEWEST else None
            if number is not None:
                yield table, box, number
                for name in (name for name in names if box[name] == names[name]):
                    yield from ((table, {**box, name: values}, part) for values, part in said.along(name, **box))


def _attack(seed: int, plant: str = "") -> tuple[int, list[str]]:
    """How many were asked for, and those that were found out."""
    readings = _readings(seed, plant)
    attack = Attack(PLACES.cells)
    for reading, one, cases in readings:
        for table, box, number in _said(one, plant, cases):
            attack.told(PLACES.mask(table, box, tuple(range(one.first, one.last + 1)), reading), number)
    for year, reading in product(ALL_YEARS, (1, 2)):
        for slack, (state, ended) in enumerate((({}, tables.AGREED), ({"state": ("not_done",)}, ("not_kept", "part")))):
            tied = PLACES.mask("cases", {**LINES, "ended": ended}, (year,), reading) | PLACES.slack(year, reading, slack)
            attack.told(PLACES.mask("promises", {**PROMISES, **state}, (year,), reading), 0, tied)
    first, second = ({y for made, one, _c in readings if made == n for y in range(one.first, one.last + 1)} for n in (1, 2))
    asked, found = _asked((tuple(sorted(first)), tuple(sorted(second)))), []
    for plus, minus, number in attack.found(asked):
        words = _in_words(*asked[plus, minus])
        if not minus and number < FEWEST:
            found.append(f"{seed}: found out: {number} in {words}")
        elif minus and 0 < abs(number) < FEWEST:
            found.append(f"{seed}: changed by {number} between two readings: {words}")
    return len(asked), found


@cache
def _asked(said: tuple[tuple[int, ...], tuple[int, ...]]) -> dict[tuple[int, int], tuple[str, tuple[int, ...], Box]]:
    """Each filter and what is beside it along each line, of each year and of all that one reading is of; and by how much it changed."""
    wanted: dict[tuple[int, int], tuple[str, tuple[int, ...], Box]] = {}
    for reading, years in enumerate(said, 1):
        for span, table in product({(year,) for year in years} | ({years} if years else set()), ("cases", *OWN, "promises")):
            wanted |= {(PLACES.mask(table, box, span, reading), 0): (table, span, box) for box in _with_beside(table)}
    for year, box in product(set(said[0]) & set(YEARS), BOXES):
        wanted[PLACES.mask("cases", box, (year,), 2), PLACES.mask("cases", box, (year,), 1)] = ("cases", (year,), box)
    return {pair: what for pair, what in wanted.items() if pair[0]}


@cache
def _with_beside(table: str) -> list[Box]:
    lines, boxes = (PROMISES, PROMISE_BOXES) if table == "promises" else (LINES, BOXES)
    found = {tuple(box.values()) for box in boxes}
    for box in boxes:
        for name, values in lines.items():
            beside = tuple(value for value in values if value not in box[name])
            found.add(tuple(beside if n == name else box[n] for n in lines))
    possible = [dict(zip(lines, chosen, strict=True)) for chosen in found if all(chosen)]
    return [box for box in possible if table not in OWN or set(box["ended"]) <= set(tables.ACCEPTED)]


def _in_words(table: str, span: tuple[int, ...], box: Box) -> str:
    lines = PROMISES if table == "promises" else LINES
    return f"{table} {span} " + (" ".join(f"{name}={'+'.join(values)}" for name, values in box.items() if values != lines[name]) or "all")


def _part(first: int, many: int) -> dict[str, Any]:
    asked, found = 0, []
    for seed in range(first, first + many):
        more, these = _attack(seed)
        asked, found = asked + more, found + these
    return {"asked": asked, "found": found}


def _measure() -> Result:
    ledger = Ledger("suppression")
    many, parts = (EACH, PARTS) if FULL else (FEW // 5, 5)
    for part in range(parts):
        if str(part) not in ledger.found:
            ledger.put(str(part), _part(SEED * 10_000 * (not FULL) + part * many, many))
            print(f"part {part + 1} of {parts}: {len(ledger.found[str(part)]['found'])} found out", flush=True)
    told = [ledger.found[str(part)] for part in range(parts)]
    found = [words for one in told for words in one["found"]]
    for words in found[:10]:
        print(words)
    asked = sum(one["asked"] for one in told)
    n = f"{many * parts:,} programmes of 9 to 400 cases, three readings each"
    return Result(str(len(found)), f"cells recovered of {asked:,} asked", not found and asked > 0, n=n, seed=None if FULL else SEED)


def _canary() -> Iterator[Trial]:
    """On programmes of some twenty cases: a fault may say so much that more would take long to work out."""
    yield from trials(PLANTS, lambda plant: [words for seed in (1, 3, 4) for words in _attack(seed, plant)[1][:20]])


FIGURE = Figure(
    name="suppression",
    says="cells from 0 to 4 that follow from what is said of outcomes, by adding and subtracting whatever any filter shows, in three readings",
    goal="0",
    measure=_measure,
    canary=_canary,
)
