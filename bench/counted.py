"""The whole server, and how often it put a circle into words, which it says at `/counted/`, beside the pages."""

from __future__ import annotations

import json
import os
from collections import Counter
from typing import Any

import pytest

from config.asgi import application as house
from setfair.conferences.live import said
from setfair.conferences.live.state import State
from tests.plants import PLANTS

WORDED: Counter[str] = Counter()
"""By circle, beat, kind of seat and language."""
_told_to = said.told_to


def _counting(state: State, seat: tuple[str, str]) -> bytes:
    WORDED[f"{state.conference.pk} {state.conference.beat} {' '.join(seat)}"] += 1
    return _told_to(state, seat)


said.told_to = _counting
if "SETFAIR_PLANT" in os.environ:
    PLANTS[os.environ["SETFAIR_PLANT"]](pytest.MonkeyPatch())


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http" or scope["path"] != "/counted/":
        return await house(scope, receive, send)
    body = json.dumps(WORDED).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", str(len(body)).encode())]})
    await send({"type": "http.response.body", "body": body})
