"""Faults in the lines that stay open: what they cost, and who is told nothing."""

from __future__ import annotations

import asyncio

import pytest

from config.live import Circle, Hub, Line


def said_for_each_line(patch: pytest.MonkeyPatch) -> None:
    """Each page that lies open is gathered and put into words for by itself."""

    async def tell(hub: Hub, circle: Circle) -> None:
        for line in list(hub.lines.get(circle, ())):
            said = await asyncio.get_running_loop().run_in_executor(hub.thread, hub.say, circle, [line.seat])
            line.tell(said[line.seat])

    patch.setattr(Hub, "_tell", tell)


def waits_for_the_slowest(patch: pytest.MonkeyPatch) -> None:
    """Nobody is told anything before everybody of the circle has read what was said last."""
    told, following, telling = Line.tell, Line.next, Hub._tell

    def tell(line: Line, words: bytes) -> None:
        line.reads = False  # type: ignore[attr-defined]
        told(line, words)

    async def follow(line: Line, within: float) -> bytes:
        line.reads = not line.told.is_set()  # type: ignore[attr-defined]
        return await following(line, within)

    async def wait(hub: Hub, circle: Circle) -> None:
        while not all(line.reads for line in hub.lines.get(circle, ())):  # type: ignore[attr-defined]
            await asyncio.sleep(0.01)
        await telling(hub, circle)

    patch.setattr(Line, "reads", True, raising=False)
    patch.setattr(Line, "tell", tell)
    patch.setattr(Line, "next", follow)
    patch.setattr(Hub, "_tell", wait)


def beat_lost(patch: pytest.MonkeyPatch) -> None:
    """Every fourth beat that the database tells of is not heard."""
    told = Hub._told

    def hear(hub: Hub, payload: str) -> None:
        last = payload.rpartition(" ")[2]
        if not last.isdigit() or int(last) % 4:
            told(hub, payload)

    patch.setattr(Hub, "_told", hear)


PLANTS = {"said-for-each-line": said_for_each_line, "waits-for-the-slowest": waits_for_the_slowest, "beat-lost": beat_lost}
