"""A walk through the house, by two at once: every screen is come to, and something is done there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection
from playwright.sync_api import Error, Page

from setfair.village.build import build

from . import house, looks
from .screen import Screen
from .screens import FIRST_RUN, SCREENS
from .states import World, settle

Seen = TypeVar("Seen")
AT_ONCE = 2
EVERY = (*FIRST_RUN, *SCREENS)


@contextmanager
def walked(
    look_at: Callable[[Page, Screen], Seen], *, screens: Sequence[Screen] = EVERY, plant: str = "", language: str = "en"
) -> Iterator[dict[str, Seen]]:
    """What `look_at` found on each of these screens, by its name."""
    with house.fresh_database(), house.served(plant) as home:
        found = walk([screen for screen in screens if screen in FIRST_RUN], None, home.address, look_at, language)
        world = settle(build(with_passwords=True))
        yield found | walk([screen for screen in screens if screen not in FIRST_RUN], world, home.address, look_at, language)


def walk(
    screens: Sequence[Screen], world: World | None, address: str, look_at: Callable[[Page, Screen], Seen], language: str = "en"
) -> dict[str, Seen]:
    """The whole walk is made even when a screen is not there; then `NotThere` names each of those."""

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
