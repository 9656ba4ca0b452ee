"""Pages that lie open by the hundred, each a socket of its own, and what is pressed and asked for meanwhile: in one loop, by one clock."""

from __future__ import annotations

import asyncio
import re
import secrets
import socket
import time
from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings

from bench.halls import Chair
from config.lines import LASTS

BEAT = re.compile(rb"id: (\d+)\ndata: ([^\n]*)\n\n")
OPENING = 4
"""So many come to the door at once."""
NARROW = 536
"""Bytes that the slow reader takes in a packet: what the kernel keeps for it is soon full, and the server has to wait."""


def head(verb: str, path: str, chair: Chair, body: bytes = b"", **more: str) -> bytes:
    held = "; ".join(f"{name}={value}" for name, value in {**chair.cookies, **more}.items())
    said = [f"{verb} {path} HTTP/1.1", "Host: localhost", f"Cookie: {held}", f"Accept-Language: {chair.language}"]
    said += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"] if body else []
    return "\r\n".join([*said, "", ""]).encode() + body


class Line(asyncio.Protocol):
    """One open page. `heard` has each beat with the moment at which all of its message was there."""

    def __init__(self, chair: Chair, beat: int) -> None:
        self.chair, self.beat = chair, beat
        self.heard: dict[int, float] = {}
        self.words: dict[int, int] = {}
        self.head = self.rest = b""
        self.open = asyncio.get_running_loop().create_future()
        self.born, self.ended, self.length = time.perf_counter(), False, 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        assert isinstance(transport, asyncio.WriteTransport)
        transport.write(head("GET", f"{self.chair.live}?heard={self.beat}", self.chair))

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        self.rest += data
        if not self.open.done():
            self.head, found, _rest = self.rest.partition(b"\r\n\r\n")
            if found:
                self.open.set_result(self.head)
        end = 0
        for told in BEAT.finditer(self.rest):
            end = told.end()
            self.heard.setdefault(int(told[1]), now)
            self.words[int(told[1])], self.length = hash(told[2]), len(told[2])
        self.rest = self.rest[end:] if end else self.rest

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended = True
        if not self.open.done():
            self.open.set_result(b"")

    @property
    def is_held(self) -> bool:
        return self.head.startswith(b"HTTP/1.1 200") and b"content-length" not in self.head.lower() and not self.ended

    @property
    def is_over(self) -> bool:
        """Its time was over: a browser comes through the door again."""
        return self.ended and time.perf_counter() - self.born >= LASTS

    def since(self, beat: int) -> float | None:
        """When it first knew of this beat or a later one."""
        return min((at for number, at in self.heard.items() if number >= beat), default=None)


async def dial(port: int, chairs: list[Chair], beats: dict[UUID, int]) -> list[Line]:
    """A line for each, through the door; a server that has just begun to listen sends some away, as it does a browser."""
    door = asyncio.Semaphore(OPENING)

    async def one(chair: Chair) -> Line:
        async with door:
            for _try in range(20):
                _transport, line = await asyncio.get_running_loop().create_connection(lambda: Line(chair, beats[chair.circle]), "localhost", port)
                await line.open
                if line.is_held:
                    return line
                line.transport.close()
                await asyncio.sleep(0.5)
        raise SystemExit(f"No line is held at {chair.live}{' by the lead' if chair.lead else ''}: {line.head.decode(errors='replace')[:300]}")

    return list(await asyncio.gather(*map(one, chairs)))


def sleeper(port: int, chair: Chair, beat: int) -> socket.socket:
    """A line that is asked for and never read."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, NARROW)
    line.connect(("127.0.0.1", port))
    line.sendall(head("GET", f"{chair.live}?heard={beat}", chair))
    return line


@dataclass
class Browser:
    """One connection that is kept open, for pages and presses."""

    port: int
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    _ways: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, name: str, chair: Chair, path: str) -> None:
        began = time.perf_counter()
        status = await self._ask(head("GET", path, chair))
        self.took[name].append(time.perf_counter() - began)
        if status != 200:
            raise SystemExit(f"{name}, {path}, answered {status}.")

    async def press(self, chair: Chair, path: str, said: dict[str, str]) -> float:
        """A form sent; answers with the moment at which it was pressed."""
        mark = secrets.token_hex(16)
        body = urlencode({**said, "csrfmiddlewaretoken": mark}).encode()
        began = time.perf_counter()
        status = await self._ask(head("POST", path, chair, body, **{settings.CSRF_COOKIE_NAME: mark}))
        self.took["press"].append(time.perf_counter() - began)
        if status != 302:
            raise SystemExit(f"{path} answered {status}.")
        return began

    async def _ask(self, words: bytes) -> int:
        for _try in range(2):
            if self._ways is None:
                self._ways = await asyncio.open_connection("localhost", self.port, limit=2**22)
            reader, writer = self._ways
            try:
                writer.write(words)
                return await _status(reader)
            except (asyncio.IncompleteReadError, ConnectionError):
                self._ways = None  # a line that was quiet for some seconds is hung up by the server
        raise SystemExit("The server hung up.")

    def close(self) -> None:
        if self._ways is not None:
            self._ways[1].close()


async def _status(reader: asyncio.StreamReader) -> int:
    """The status of an answer that was read to its end."""
    start = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", start, re.IGNORECASE)
    if length:
        await reader.readexactly(int(length[1]))
    else:
        while size := int(await reader.readuntil(b"\r\n"), 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    return int(start[9:12])
