"""Takes the pictures that `bench.pictures` was asked for, once Django is ready."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page

from . import looks, walk
from .ledger import Ledger
from .looks import LOOKS
from .screen import Screen

TALLEST = 4000


def take(folder: str, words: str) -> None:
    """Each screen, phone and desktop, light and dark, as `<screen>.<look>.png`."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)

    def picture(page: Page, screen: Screen) -> int:
        for how in LOOKS:
            looks.look(page, how)
            height = min(max(how.height, page.evaluate("document.documentElement.scrollHeight")), TALLEST)
            page.screenshot(
                path=place / f"{slug(screen.name)}.{how.name}.png", clip={"x": 0, "y": 0, "width": how.width, "height": height}, full_page=True
            )
        return len(LOOKS)

    taken = walk.walked(picture, Ledger("pictures"), screens=[screen for screen in walk.EVERY if words in screen.name])
    print(f"{sum(taken.values())} pictures of {len(taken)} screens in {place}")


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
