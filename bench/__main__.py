from __future__ import annotations

import sys
from importlib import import_module

from . import house
from .figure import FULL, KEPT, Figure, keep, kept
from .ledger import Ledger

NAMES = (
    "mission",
    "matrix",
    "absence",
    "axe",
    "weights",
    "invariants",
    "asvs",
    "outgoing",
    "calendar",
    "preparation-cases",
    "reading",
    "taps",
    "enumeration",
    "leaving",
    "readiness",
    "today-5000",
    "pages",
    "walls-cost",
    "cold-run",
    "cold-test",
    "shredding",
    "pdf",
    "isolation",
    "fuzz",
    "booking-race",
    "signing-race",
    "suggest",
    "suppression",
    "batch",
    "solver-check",
    "blockers",
    "circle",
    "live-500",
    "offline",
    "money",
)
"""In the order in which a newcomer would ask."""


def load(name: str) -> Figure:
    return import_module(f"bench.figures.{name.replace('-', '_')}").FIGURE


def figures() -> int:
    for name in NAMES:
        figure, latest = load(name), kept(name)
        print(f"{name:<10} goal {figure.goal}\n           {figure.says}")
        print(f"           latest full run: {latest['value']} {latest['unit']} at {latest['commit']}" if latest else "           no full run yet")
    return 0


def measure(name: str) -> int:
    figure = load(name)
    result = figure.measure()
    if FULL:
        keep(figure, result)
        Ledger(name).close()
    else:
        latest = kept(name)
        if latest is None:
            print(f"(no full run is kept in {KEPT.name}/; FULL=1 makes one)")
        elif not latest["met"]:
            print(f"(the latest full run, at {latest['commit']}, did not meet the goal: {latest['value']} {latest['unit']})")
    if result.n:
        print(f"n: {result.n}" + (f", seed {result.seed}" if result.seed is not None else ""))
    print(figure.line(result))
    return 0 if result.met else 1


def canary(name: str) -> int:
    """A fault of which the figure tells anyhow, planted or not, proves as little as one that it misses."""
    tried = []
    for trial in load(name).canary():
        print(trial, flush=True)
        tried.append(trial.caught)
    print(f"{name} canary: {sum(tried)} of {len(tried)} planted faults caught (goal all)")
    return 0 if tried and all(tried) else 1


def main() -> int:
    house.stand_apart()
    verbs = {"figure": measure, "canary": canary}
    match sys.argv[1:]:
        case ["figures"]:
            return figures()
        case [verb, name] if verb in verbs and name in NAMES:
            return verbs[verb](name)
        case _:
            print(f"Say: figures, figure NAME or canary NAME. The names are {', '.join(NAMES)}.")
            return 2


if __name__ == "__main__":
    sys.exit(main())
