"""What axe finds on a page as it stands open in a browser, and whether it carries a script of its own."""

from __future__ import annotations

from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from . import acts, looks
from .looks import Look

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
INLINE = """[...document.querySelectorAll('script:not([src], [type="application/json"])')].map(script => script.outerHTML.slice(0, 60))"""
AXE = Axe().axe_script
ASKED = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "preload": {"assets": ["media"]}}
"""The one rule of these that wants anything beforehand listens to what plays; reading every style sheet anew is for a rule that is not asked."""
THERE = "typeof axe !== 'undefined'"


def bring(context: BrowserContext) -> None:
    """Let every page of this browser have axe from the start. Half a megabyte is then carried there once, and not for each page."""
    context.add_init_script(AXE)


def faults(page: Page, seen: Sequence[Look]) -> list[str]:
    """One line for each place where a rule is broken, with every part of the page lying open, in each of the looks."""
    found = [f"a script in the page itself: {each}" for each in page.evaluate(INLINE)]
    acts.open_everything(page)
    if not page.evaluate(THERE):
        page.evaluate(AXE)
    for how in seen:
        looks.look(page, how)
        for broken in page.evaluate("asked => axe.run(asked).then(found => found.violations)", ASKED):
            places = [" ".join(str(part) for part in node["target"]) for node in broken["nodes"]]
            found += [f"{how.name}: {broken['id']} ({broken['impact']}) at {place}" for place in places]
    return found
