"""What axe finds on a page as it stands open in a browser, and whether it carries a script of its own."""

from __future__ import annotations

from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from . import acts, looks
from .looks import Look

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
INLINE = """[...document.querySelectorAll('script:not([src], [type="application/json"])')].map(script => script.outerHTML.slice(0, 60))"""
AXE = Axe().axe_script
ASKED = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}


def faults(page: Page, seen: Sequence[Look]) -> list[str]:
    """One line for each place where a rule is broken, with every part of the page lying open, in each of the looks."""
    found = [f"a script in the page itself: {each}" for each in page.evaluate(INLINE)]
    acts.open_everything(page)
    page.evaluate(AXE)
    for how in seen:
        looks.look(page, how)
        for broken in page.evaluate("asked => axe.run(asked).then(found => found.violations)", ASKED):
            places = [" ".join(str(part) for part in node["target"]) for node in broken["nodes"]]
            found += [f"{how.name}: {broken['id']} ({broken['impact']}) at {place}" for place in places]
    return found
