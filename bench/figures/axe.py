"""Accessibility as far as a machine can tell, on every screen of the house."""

from __future__ import annotations

from collections import Counter

from bench import axe, walk
from bench.figure import FULL, Figure, Result
from bench.looks import DARK_DESKTOP, DARK_PHONE, DESKTOP, LOOKS, NARROW, PHONE, Look
from bench.screen import Screen

LANGUAGES = ("en", "ar") if FULL else ("en",)
PLANTS = ("image-without-words", "button-without-name", "pale-words", "inline-script")


def _looks(screen: Screen) -> tuple[Look, ...]:
    """All of them in a full run; else two that differ in both size and light, turn and turn about."""
    if FULL:
        return LOOKS + NARROW
    return (PHONE, DARK_DESKTOP) if sum(screen.name.encode()) % 2 else (DESKTOP, DARK_PHONE)


def _measure(plant: str = "", every: int = 1) -> Result:
    taken, found = 0, {}
    for language in LANGUAGES:
        with walk.walked(lambda page, screen: axe.faults(page, _looks(screen)), plant=plant, screens=walk.EVERY[::every], language=language) as seen:
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


def _plant() -> Result:
    """Each of the faults must be seen; one that is missed makes the whole figure prove nothing."""
    missed = [plant for plant in PLANTS if _measure(plant, every=40).met]
    return Result(f"{len(PLANTS) - len(missed)} of {len(PLANTS)}", "planted faults seen", bool(missed))


FIGURE = Figure(
    name="axe",
    says="axe finds nothing on any screen, phone and desktop, light and dark (FULL=1: 320 px and Arabic too)",
    goal="0 places",
    measure=_measure,
    plant=_plant,
)
