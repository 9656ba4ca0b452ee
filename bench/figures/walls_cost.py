"""What it costs that words are sealed and that the database has a wall of its own: the same pages with and without, in one run.

Four houses are served on one database: as it is, with words that lie open, as a role that the wall does not bind, and with
neither. What counts is the processor time of each and of its connections to the database, so that a neighbour on the machine
decides little. All four must answer with the same page.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from random import Random

import psycopg
from django.urls import reverse
from psycopg import sql

from bench import house, seed
from bench.database import leave, work_on
from bench.errands import Ask, Sender, known, signed_in
from bench.figure import FULL, SEED, Figure, Plant, Result, Trial, tried
from bench.ledger import Ledger
from bench.line import Line
from bench.spent import connected, spent
from setfair.accounts.models import User
from tests import pgcluster

SIZES = (1_000, 100_000) if FULL else (1_000,)
TIMES, WARM_UP = (200, 20) if FULL else (40, 8)
HOUSES = {"as it is": "", "words open": "words", "no wall": "wall", "neither": "words wall"}
MOST = {"both": 1.5, "sealing": 1.3, "second wall": 1.3}
"""How many times as much processor time a page may take with both, or with the one, as it takes without."""
PAGES = ("case page of twelve", "case list", "request sent")
OF_THE_MOMENT = re.compile(rb'value="[A-Za-z0-9]{64}"|data-(idle|whole)-left="[0-9]+"')
"""The key of a form, and how many seconds the stay still lasts."""
TRIED = ("case list",)
"""The page on which faults are tried: it opens the most words and reads the most rows."""
PLANTS = (Plant("key-for-each-word", "sealing over"), Plant("wall-counts-for-each-row", "second wall over"))
UNBOUND = "measured_unbound"
"""The role that the wall does not bind, made for the measurement and dropped after it."""


@dataclass
class Found:
    """Processor seconds of one page at one number of cases, turn by turn, in each house."""

    page: str
    many: int
    took: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in HOUSES})

    def told(self) -> dict[str, float]:
        """What a turn took, in times of what it took without."""
        took = {which: self.quiet(which) for which in HOUSES}
        without = {"both": "neither", "sealing": "words open", "second wall": "no wall"}
        return {what: round(took["as it is"] / took[other], 3) for what, other in without.items()}

    def quiet(self, which: str) -> float:
        """Of the quieter quarter: even processor time grows while a neighbour takes the caches."""
        return statistics.quantiles(self.took[which], n=4)[0]


Told = tuple[str, int, dict[str, float]]


def _measure() -> Result:
    ledger = Ledger("walls-cost")
    pgcluster.join()
    try:
        for many in SIZES:
            if str(many) not in ledger.found:
                name = seed.ready(many)
                with seed.tidied(name):
                    ledger.put(str(many), _at(name, many, TIMES))
    finally:
        pgcluster.leave()
    every = [told for rows in ledger.found.values() for told in rows]
    faults = _over(every)
    if faults:
        print("Over: " + "; ".join(faults))
    dearest = {what: max(told[what] for _page, _many, told in every) for what in MOST}
    alone = f"times without at the dearest of {len(every)} pages (sealing {dearest['sealing']:.2f}, second wall {dearest['second wall']:.2f})"
    sizes = " and ".join(f"{many:,}" for many in SIZES)
    return Result(f"{dearest['both']:.2f}", alone, not faults, n=f"{sizes} cases, {TIMES} turns of each page in each house", seed=SEED)


def _canary() -> Iterator[Trial]:
    pgcluster.join()
    try:
        name = seed.ready(SIZES[0])
        sound = _tried(name, "")
        for plant in PLANTS:
            yield tried(plant, sound, _tried(name, plant.name))
    finally:
        pgcluster.leave()


def _tried(name: str, plant: str) -> list[str]:
    """What is over with this fault, on a copy: one of them is planted in the database itself."""
    with _copied(name) as copy:
        return _over(_at(copy, SIZES[0], 20, plant, TRIED))


def _over(every: Iterable[Told]) -> list[str]:
    return [f"{page} at {many:,}: {what} over, {told[what]:.2f} times" for page, many, told in every for what in MOST if told[what] > MOST[what]]


@contextmanager
def _copied(name: str) -> Iterator[str]:
    copy = f"{name[:40]}_tried"
    leave()
    pgcluster.drop(copy)
    with pgcluster.superuser() as server:
        made = "create database {} template {} owner setfair_owner strategy file_copy"
        server.execute(sql.SQL(made).format(sql.Identifier(copy), sql.Identifier(name)))
    work_on(copy)
    try:
        yield copy
    finally:
        leave()
        pgcluster.drop(copy)


def _at(name: str, many: int, times: int, plant: str = "", pages: tuple[str, ...] = PAGES) -> list[Told]:
    found = [Found(page, many) for page in pages]
    with pgcluster.superuser(name) as server, _unbound(server), _served(plant) as homes:
        asks = {which: _asks(home.port, place) for place, (which, home) in enumerate(homes.items())}
        for one in found:
            _take_turns(one, {which: asks[which][one.page] for which in HOUSES}, homes, server, times)
            took = ", ".join(f"{which} {one.quiet(which) * 1000:.1f}" for which in HOUSES)
            times_without = ", ".join(f"{what} {times:.2f}" for what, times in one.told().items())
            print(f"{one.page} at {many:,}: {times_without} (ms of processor time: {took})", flush=True)
    return [(one.page, one.many, one.told()) for one in found]


@contextmanager
def _unbound(server: psycopg.Connection) -> Iterator[None]:
    role = sql.Identifier(UNBOUND)
    with pgcluster.locked("unbound"):
        server.execute(sql.SQL("drop role if exists {}").format(role))
        server.execute(sql.SQL("create role {} nologin nosuperuser bypassrls in role setfair_app").format(role))
        try:
            yield
        finally:
            server.execute(sql.SQL("drop role {}").format(role))


@contextmanager
def _served(plant: str) -> Iterator[dict[str, house.House]]:
    with ExitStack() as all_of_them:
        homes = {}
        for which, without in HOUSES.items():
            around = {"MEASURED_WITHOUT": without, "MEASURED_UNBOUND": UNBOUND, "MEASURED_AS": which, "SETFAIR_PROXIES": "1"}
            homes[which] = all_of_them.enter_context(house.served(plant, "bench.unwalled:application", **around))
        yield homes


def _asks(port: int, place: int) -> dict[str, Ask]:
    """The pages of one house; requests are sent to each from networks of its own."""
    programme, case, _name = known()
    staff = Line(port, signed_in(User.objects.get(email="nour@county.example"), programme))
    sender = Sender(Line(port), programme, number=place * 15_000)
    page, listed = reverse("case", args=[case.ref]), reverse("cases")
    return dict(zip(PAGES, (lambda: staff.get(page), lambda: staff.get(listed), sender.send), strict=True))


def _take_turns(found: Found, asks: dict[str, Ask], homes: dict[str, house.House], server: psycopg.Connection, times: int) -> None:
    """Each house once in each turn, in another order each time, and all with the same page."""
    chance, order = Random(SEED), list(HOUSES)
    for turn in range(WARM_UP + times):
        chance.shuffle(order)
        said = set()
        for which in order:
            processes = [homes[which].server.pid, *connected(server, which)]
            before = spent(processes)
            answer = asks[which]()
            took = spent(processes) - before
            said.add((answer.status, OF_THE_MOMENT.sub(b"", answer.content)))
            if turn >= WARM_UP:
                found.took[which].append(took)
        if turn and len(said) > 1:
            raise SystemExit(f"{found.page}: the houses do not answer with the same page, so there is nothing to compare.")


FIGURE = Figure(
    name="walls-cost",
    says="the case page, the case list and a sent request, with words sealed and the database's own wall, against the same without",
    goal=f"at most {MOST['both']} times, and {MOST['sealing']} for each alone",
    measure=_measure,
    canary=_canary,
)
