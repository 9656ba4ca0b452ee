"""The whole server, how often it put a circle into words and how long it took over each beat, which it says at `/counted/`, beside the pages."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest

from config.asgi import application as house
from setfair.conferences.live import said
from setfair.conferences.live.state import State
from tests.plants import PLANTS

WORDED: Counter[str] = Counter()
"""By circle, beat, kind of seat and language."""
TOOK: list[float] = []
"""Seconds for each beat, from its first question to its last word."""
_told_to, _say = said.told_to, said.say


def _counting(state: State, seat: tuple[str, str]) -> bytes:
    WORDED[f"{state.conference.pk} {state.conference.beat} {' '.join(seat)}"] += 1
    return _told_to(state, seat)


def _timing(circle: tuple[str, str], seats: Iterable[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
    began = time.perf_counter()
    try:
        return _say(circle, seats)
    finally:
        TOOK.append(time.perf_counter() - began)


said.told_to, said.say = _counting, _timing
if "SETFAIR_PLANT" in os.environ:
    PLANTS[os.environ["SETFAIR_PLANT"]](pytest.MonkeyPatch())


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http" or scope["path"] != "/counted/":
        return await house(scope, receive, send)
    body = json.dumps({"worded": WORDED, "took": TOOK}).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", str(len(body)).encode())]})
    await send({"type": "http.response.body", "body": body})
