"""What a page costs somebody who opens it for the first time, in bytes that really went over the line."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from playwright.sync_api import Page

from bench import walk
from bench.figure import Figure, Plant, Result
from bench.ledger import Ledger
from bench.screen import Screen

KB = 1024
LIGHT = {"all": 100 * KB, "Script": 25 * KB, "requests": 12, "fonts": 2}
"""For anyone and for participants: an old phone on a slow line (screens.md 0, decision 18)."""
STAFF = {"all": 300 * KB, "Script": 90 * KB, "requests": 30, "fonts": 3}
FRAMES = ("sign in", "home, guardian", "cases", "script")
PLANTS = tuple(
    Plant(name, f"{part} over", len(FRAMES))
    for name, part in (("heavy-page", "all"), ("heavy-script", "Script"), ("many-things", "requests"), ("many-fonts", "fonts"))
)
"""One for each part of the budget, on a screen of each frame."""


@dataclass
class Weighed:
    """What one visit on an empty cache took, by kind of thing."""

    staff: bool
    kinds: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def of(self, kind: str) -> int:
        return sum(size for key, size in self.sizes.items() if self.kinds.get(key) == kind)

    @property
    def cost(self) -> dict[str, int]:
        fonts = sum(kind == "Font" for kind in self.kinds.values())
        return {"all": sum(self.sizes.values()), "Script": self.of("Script"), "requests": len(self.sizes), "fonts": fonts}

    @property
    def over(self) -> list[str]:
        budget = STAFF if self.staff else LIGHT
        return [f"{name} over" for name, most in budget.items() if self.cost[name] > most]


def _weigh(page: Page, screen: Screen) -> Weighed:
    """Come once more, by the same address, with nothing kept."""
    found, line = Weighed(screen.staff), page.context.new_cdp_session(page)
    line.on("Network.responseReceived", lambda said: found.kinds.__setitem__(said["requestId"], said["type"]))
    line.on("Network.loadingFinished", lambda said: _add(found, said))
    address = page.url
    page.goto("about:blank")
    line.send("Network.enable")
    line.send("Network.clearBrowserCache")
    page.goto(address, wait_until="networkidle")
    line.detach()
    return found


def _add(found: Weighed, said: dict[str, Any]) -> None:
    if said["requestId"] in found.kinds:
        found.sizes[said["requestId"]] = int(said["encodedDataLength"])


def _measure() -> Result:
    found = walk.walked(lambda page, screen: asdict(_weigh(page, screen)), Ledger("weights"), screens=_weighed())
    seen = {name: Weighed(**facts) for name, facts in found.items()}
    over = {name: weighed for name, weighed in seen.items() if weighed.over}
    for staff in (False, True):
        _tell({name: weighed for name, weighed in seen.items() if weighed.staff is staff}, staff)
    return Result(str(len(over)), f"of {len(seen)} screens over budget", not over, n=f"{len(seen)} screens")


def _weighed() -> tuple[Screen, ...]:
    """Each screen by its address; what a form answers is the same page with a few words more."""
    return tuple(screen for screen in walk.EVERY if screen.act is None and not screen.template)


def _tell(seen: dict[str, Weighed], staff: bool) -> None:
    budget = STAFF if staff else LIGHT
    print(f"{'For the team' if staff else 'For anyone'}: " + ", ".join(f"{name} <= {_said(name, most)}" for name, most in budget.items()))
    heaviest = sorted(seen.items(), key=lambda item: -item[1].cost["all"])
    shown = [item for item in heaviest if item[1].over] or heaviest[:3]
    for name, weighed in shown:
        cost = ", ".join(f"{part} {_said(part, size)}" for part, size in weighed.cost.items())
        print(f"  {'OVER' if weighed.over else 'ok  '} {name:<28} {cost}; the page itself {weighed.of('Document') / KB:.1f} KB")


def _said(name: str, amount: int) -> str:
    return str(amount) if name in ("requests", "fonts") else f"{amount / KB:.1f} KB"


FIGURE = Figure(
    name="weights",
    says="no page costs more on a cold cache than an old phone on a slow line can bear: 100 KB, 25 KB of it script, 12 requests",
    goal="0 screens over",
    measure=_measure,
    canary=lambda: walk.tried(PLANTS, FRAMES, lambda page, screen: _weigh(page, screen).over),
)
"""For the team the budget is 300 KB, 90 KB of it script."""
