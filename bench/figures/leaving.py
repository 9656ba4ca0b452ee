"""Leaving fast, on every public and participant page, in a real browser: what is found afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench import acts, house, leaving
from bench.figure import FULL, SEED, Figure, Plant, Result, Trial, trials
from bench.ledger import Ledger
from bench.screen import Screen
from bench.screens import SCREENS
from bench.states import World, settle
from setfair.programmes.models import Programme
from setfair.village.build import Village, build

SHARE = 6
"""A default run takes one screen in so many, another part each day; each in all three ways."""
FEW = ("ask what", "home, guardian", "code")
PLANTS = (
    Plant("exit-removed", "no way out", 2 * len(leaving.WAYS)),
    Plant("page-kept", "may be kept", 2 * len(leaving.WAYS)),
    Plant("stay-goes-on", "the stay goes on", len(leaving.WAYS)),
    Plant("draft-kept", "words are back", len(leaving.WAYS)),
    Plant("history-kept", "after Forward a page of ours is back", 2),
)


def for_people(screen: Screen) -> bool:
    """Made for whoever has no account, or stands before the door: the tablet and the pages of sign-in included.

    A shared device leads to its own rest and not elsewhere: of it tells `tests/stories/test_shared.py`. The way out has no way out.
    """
    return screen.before is not acts.on_a_shared_device and screen.route != "exit" and (not screen.staff or screen.route.startswith("handed"))


def ways_of(screen: Screen) -> tuple[str, ...]:
    """What is pressed to come to some screens needs a script, and an answer that is shown by its template is no address."""
    return leaving.WAYS if screen.act is None and not screen.template else (leaving.BUTTON, leaving.SHIFT)


EVERY = tuple(screen for screen in SCREENS if for_people(screen))


def visits(screens: Sequence[Screen]) -> list[tuple[Screen, str]]:
    return [(screen, way) for screen in screens for way in ways_of(screen)]


def _village(elsewhere: str) -> World:
    village: Village = build(with_passwords=True)
    world = settle(village)
    for programme in (village.school, village.county, world.empty):
        with village.inside(programme):
            Programme.objects.filter(pk=programme.pk).update(exit_site=elsewhere)
    return world


def _measure() -> Result:
    chosen = EVERY if FULL else [screen for place, screen in enumerate(EVERY) if place % SHARE == SEED % SHARE]
    ledger, wanted = Ledger("leaving"), visits(chosen)
    left = [(screen, way) for screen, way in wanted if f"{screen.name}, {way}" not in ledger.found]
    if left:
        with house.fresh_database(), leaving.somewhere_else() as elsewhere, house.served() as home:
            world = _village(elsewhere)
            for start in range(0, len(left), 30):
                for name, found in leaving.left(left[start : start + 30], world, home.address).items():
                    ledger.put(name, found)
    found = {name: traces for screen, way in wanted if (traces := ledger.found[name := f"{screen.name}, {way}"])}
    for name, traces in sorted(found.items()):
        print(name, *(f"   {trace}" for trace in traces), sep="\n")
    count = sum(len(traces) for traces in found.values())
    unit = f"traces on {len(chosen)} pages x {len(leaving.WAYS)} ways"
    return Result(str(count), unit, count == 0, n=f"{len(chosen)} of {len(EVERY)} pages, {len(wanted)} visits", seed=None if FULL else SEED)


def _canary() -> Iterator[Trial]:
    few = [screen for screen in SCREENS if screen.name in FEW]
    with house.fresh_database(), leaving.somewhere_else() as elsewhere:
        world = _village(elsewhere)

        def told(plant: str) -> list[str]:
            with house.served(plant) as home:
                seen = leaving.left(visits(few), world, home.address)
            return [f"{name}: {trace}" for name, found in seen.items() for trace in found]

        yield from trials(PLANTS, told)


FIGURE = Figure(
    name="leaving",
    says="by button, by Shift three times and without JavaScript: nothing behind Back, Forward, a reload or the address, in the cache or the storage",
    goal="0 traces",
    measure=_measure,
    canary=_canary,
)
