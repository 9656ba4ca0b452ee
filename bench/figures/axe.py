"""Accessibility as far as a machine can tell, on every screen of the house."""

from __future__ import annotations

from collections import Counter

from bench import axe, walk
from bench.figure import FULL, Figure, Plant, Result
from bench.ledger import Ledger
from bench.looks import DARK_DESKTOP, DARK_PHONE, DESKTOP, LOOKS, NARROW, PHONE, Look
from bench.screen import Screen

LANGUAGES = ("en", "ar") if FULL else ("en",)
FRAMES = ("sign in", "home, guardian", "cases", "script", "ready, errors")
"""A screen of each frame, and one that answers a form: what the faults are planted in."""
PLANTS = (
    Plant("image-without-words", "image-alt", 2 * len(FRAMES)),
    Plant("button-without-name", "button-name", 2 * len(FRAMES)),
    Plant("pale-words", "color-contrast", 2 * len(FRAMES)),
    Plant("inline-script", "a script in the page itself", len(FRAMES)),
)
"""In each look that the default run takes of a screen."""


def _looks(screen: Screen) -> tuple[Look, ...]:
    """All of them in a full run; else two that differ in both size and light, turn and turn about."""
    if FULL:
        return LOOKS + NARROW
    return (PHONE, DARK_DESKTOP) if sum(screen.name.encode()) % 2 else (DESKTOP, DARK_PHONE)


def _measure() -> Result:
    taken, found, ledger = 0, {}, Ledger("axe")
    for language in LANGUAGES:
        seen = walk.walked(lambda page, screen: axe.faults(page, _looks(screen)), ledger, language=language)
        taken += len(seen)
        found |= {f"{name} [{language}]": faults for name, faults in seen.items() if faults}
    _tell(found)
    count = sum(len(faults) for faults in found.values())
    per = len(LOOKS + NARROW) if FULL else 2
    return Result(str(count), f"places on {len(found)} of {taken} screens", count == 0, n=f"{taken} screens x {per} looks")


def _tell(found: dict[str, list[str]]) -> None:
    for name, faults in sorted(found.items()):
        print(name)
        for fault, times in Counter(faults).items():
            print(f"   {fault}" + (f" x {times}" if times > 1 else ""))


FIGURE = Figure(
    name="axe",
    says="axe finds nothing on any screen, phone and desktop, light and dark (FULL=1: 320 px and Arabic too)",
    goal="0 places",
    measure=_measure,
    canary=lambda: walk.tried(PLANTS, FRAMES, lambda page, screen: axe.faults(page, _looks(screen))),
)
