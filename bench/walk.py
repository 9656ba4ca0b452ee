"""A walk through the house, by two at once: every screen is come to, and something is done there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection
from playwright.sync_api import Page

from setfair.village.build import build

from . import house, looks
from .screen import Screen
from .screens import FIRST_RUN, SCREENS
from .states import World, settle

Seen = TypeVar("Seen")
AT_ONCE = 2


@contextmanager
def walked(look_at: Callable[[Page, Screen], Seen], *, plant: str = "", every: int = 1, language: str = "en") -> Iterator[dict[str, Seen]]:
    """What `look_at` found on each screen, by its name; `every` third or tenth screen is enough where the house is known to be good."""
    with house.fresh_database(), house.served(plant) as home:
        found = walk(FIRST_RUN, None, home.address, look_at, language)
        world = settle(build(with_passwords=True))
        yield found | walk(SCREENS[::every], world, home.address, look_at, language)


def walk(
    screens: Sequence[Screen], world: World | None, address: str, look_at: Callable[[Page, Screen], Seen], language: str = "en"
) -> dict[str, Seen]:
    def some(first: int) -> dict[str, Seen]:
        try:
            with looks.chromium() as browser, looks.visitor(browser, address, language=language) as page:
                return {screen.name: _at(page, screen, world, address, look_at) for screen in screens[first::AT_ONCE]}
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as two:
        return {name: seen for part in two.map(some, range(AT_ONCE)) for name, seen in part.items()}


def _at(page: Page, screen: Screen, world: World | None, address: str, look_at: Callable[[Page, Screen], Seen]) -> Seen:
    try:
        status = looks.come(page, screen, world, address)
    except Exception as fault:
        raise NotThere(f"“{screen.name}” cannot be come to: {str(fault).splitlines()[0]}") from fault
    if status != screen.status:
        raise NotThere(f"“{screen.name}” answered {status}, not {screen.status}.")
    return look_at(page, screen)


class NotThere(Exception):
    """A screen of the catalogue is not what the catalogue says."""
