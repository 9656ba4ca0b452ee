"""A walk through the house, by two at once: every screen is come to, and something is done there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection
from playwright.sync_api import Error, Page

from setfair.village.build import build

from . import house, looks
from .figure import Plant, Trial, trials
from .ledger import Ledger
from .screen import Screen
from .screens import FIRST_RUN, SCREENS
from .states import World, settle

Seen = TypeVar("Seen")
AT_ONCE = 2
EVERY = (*FIRST_RUN, *SCREENS)


def walked(look_at: Callable[[Page, Screen], Seen], ledger: Ledger, *, screens: Sequence[Screen] = EVERY, language: str = "en") -> dict[str, Seen]:
    """What `look_at` found on each of these screens, by its name. What the ledger knows already is not looked at again."""

    def part(screen: Screen) -> str:
        return f"{screen.name} [{language}]"

    left = [screen for screen in screens if part(screen) not in ledger.found]
    if left:
        with house.fresh_database(), house.served() as home:
            walk([screen for screen in left if screen in FIRST_RUN], None, home.address, _noted(look_at, ledger, part), language)
            rest = [screen for screen in left if screen not in FIRST_RUN]
            world = settle(build(with_passwords=True)) if rest else None
            walk(rest, world, home.address, _noted(look_at, ledger, part), language)
    return {screen.name: ledger.found[part(screen)] for screen in screens}


def _noted(look_at: Callable[[Page, Screen], Seen], ledger: Ledger, part: Callable[[Screen], str]) -> Callable[[Page, Screen], Seen]:
    return lambda page, screen: ledger.put(part(screen), look_at(page, screen))


def tried(plants: Sequence[Plant], screens: Sequence[str], faults: Callable[[Page, Screen], list[str]]) -> Iterator[Trial]:
    """The same few screens of one village, as they are and with each of the faults in turn."""
    chosen = [screen for screen in SCREENS if screen.name in screens]
    with house.fresh_database():
        world = settle(build(with_passwords=True))

        def told(plant: str) -> list[str]:
            with house.served(plant) as home:
                seen = walk(chosen, world, home.address, faults)
            return [f"{name}: {fault}" for name, found in seen.items() for fault in found]

        yield from trials(plants, told)


def walk(
    screens: Sequence[Screen], world: World | None, address: str, look_at: Callable[[Page, Screen], Seen], language: str = "en"
) -> dict[str, Seen]:
    """The whole walk is made even when a screen is not there; then `NotThere` names each of those."""

    if not screens:
        return {}

    def some(first: int) -> list[tuple[str, Seen | NotThere]]:
        try:
            with looks.chromium() as browser, looks.visitor(browser, address, language=language) as page:
                return [(screen.name, _at(page, screen, world, address, look_at)) for screen in screens[first::AT_ONCE]]
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as two:
        found = {name: seen for part in two.map(some, range(AT_ONCE)) for name, seen in part}
    missing = [str(seen) for seen in found.values() if isinstance(seen, NotThere)]
    if missing:
        raise NotThere("\n".join(missing))
    return found  # type: ignore[return-value]


def _at(page: Page, screen: Screen, world: World | None, address: str, look_at: Callable[[Page, Screen], Seen]) -> Seen | NotThere:
    try:
        status = looks.come(page, screen, world, address)
    except Error as fault:
        return NotThere(f"“{screen.name}” cannot be come to: {str(fault).splitlines()[0]}")
    return look_at(page, screen) if status == screen.status else NotThere(f"“{screen.name}” answered {status}, not {screen.status}.")


class NotThere(SystemExit):
    """A screen of the catalogue is not what the catalogue says."""
