"""The process that keeps the open lines: sockets and words, no database, no key and no page.

The web server hands each line over once its door has been passed (`config/keeper.py`),
and says what is told to which. Two hundred are told in one go here; beside the pages'
threads each single write would wait for its turn among them (decision 159). It ends
with the server that started it, and every line with it.
"""

from __future__ import annotations

import asyncio
import json
import resource
import signal
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import suppress
from secrets import randbelow
from typing import Any, cast

LASTS, SPREAD = 270, 60
"""Seconds after which a line ends, so that whoever holds it comes through the door again; not all at once."""
BREATH = 15
"""Seconds after which a line says that it is still there: to what lies between, and to the page (`live.js`)."""

HEAD = struct.Struct("!cI")
HOLD, TELL, END, GONE, PULSE = b"H", b"T", b"E", b"G", b"P"
"""What is said between the two: a line that came, words for a kind of seat, that a circle's lines end, the numbers of lines that went, and
whether one still answers, which is said back."""
AT_ONCE, SOCKETS = 1 << 16, 64
NOTHING, OVER = b"17\r\nevent: breath\ndata: .\n\n\r\n", b"0\r\n\r\n"

Circle = tuple[str, str]
Seat = tuple[str, str]


def message(kind: bytes, said: Any, words: bytes = b"") -> bytes:
    body = json.dumps(said).encode() + b"\n" + words
    return HEAD.pack(kind, len(body)) + body


def messages(had: bytearray) -> Iterator[tuple[bytes, Any, bytes]]:
    """Takes out of what has come so far whatever is whole."""
    while len(had) >= HEAD.size:
        kind, length = HEAD.unpack_from(had)
        if len(had) < HEAD.size + length:
            return
        said, _, words = bytes(had[HEAD.size : HEAD.size + length]).partition(b"\n")
        del had[: HEAD.size + length]
        yield kind, json.loads(said), words


class Line(asyncio.Protocol):
    """One page that lies open. While it reads slowly, what it has not been sent is overwritten by what is newer."""

    def __init__(self, lines: Lines, number: int, circle: Circle, seat: Seat) -> None:
        self.lines, self.number, self.circle, self.seat = lines, number, circle, seat
        self.transport: asyncio.Transport | None = None
        self.waits, self.is_full, self.ends = b"", False, False
        self.timers: list[asyncio.TimerHandle] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.set_write_buffer_limits(high=0)
        loop = asyncio.get_running_loop()
        self.timers = [loop.call_later(LASTS + randbelow(SPREAD), self.end), loop.call_later(BREATH, self._breathe)]
        if self.ends:
            self.end()
        elif self.waits:
            self.resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in self.timers:
            timer.cancel()
        self.lines.leave(self)

    def tell(self, framed: bytes) -> None:
        if self.is_full or self.transport is None:
            self.waits = framed
        else:
            self.transport.write(framed)

    def pause_writing(self) -> None:
        self.is_full = True

    def resume_writing(self) -> None:
        self.is_full, framed, self.waits = False, self.waits, b""
        if framed:
            self.tell(framed)

    def end(self) -> None:
        """Whoever has not yet read what they were sent is hung up, and hears no more of it."""
        self.ends = True
        if self.transport is None:
            return
        if self.transport.get_write_buffer_size():
            self.transport.abort()
        elif not self.transport.is_closing():
            self.transport.write(OVER)
            self.transport.close()

    def _breathe(self) -> None:
        if not self.is_full and self.transport is not None:
            self.transport.write(NOTHING)
        self.timers[1] = asyncio.get_running_loop().call_later(BREATH, self._breathe)


class Lines:
    """All that are open, by circle and kind of seat, and the pipe on which it is said what they are told."""

    def __init__(self, pipe: socket.socket) -> None:
        self.pipe = pipe
        self.open: dict[Circle, dict[Seat, set[Line]]] = {}
        self.came: list[int] = []
        self.went: list[int] = []
        self.had, self.to_say = bytearray(), bytearray()
        self.starting: set[asyncio.Task[Any]] = set()
        self.is_over = asyncio.Event()

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        self.pipe.setblocking(False)
        loop.add_reader(self.pipe, self._read)
        loop.add_signal_handler(signal.SIGTERM, self.is_over.set)
        await self.is_over.wait()
        loop.remove_reader(self.pipe)
        loop.remove_writer(self.pipe)
        for circle in list(self.open):
            self.end(circle)
        await asyncio.sleep(0)

    def hold(self, number: int, circle: Circle, seat: Seat, line: socket.socket) -> None:
        held = Line(self, number, circle, seat)
        self.open.setdefault(circle, {}).setdefault(seat, set()).add(held)
        task = asyncio.get_running_loop().create_task(self._begin(held, line))
        self.starting.add(task)
        task.add_done_callback(self.starting.discard)

    def tell(self, circle: Circle, seat: Seat, words: bytes) -> None:
        framed = b"%x\r\n%b\r\n" % (len(words), words)
        for line in self.open.get(circle, {}).get(seat, ()):
            line.tell(framed)

    def end(self, circle: Circle, seat: Seat | None = None) -> None:
        for each, lines in self.open.get(circle, {}).items():
            for line in list(lines) if seat in (None, each) else ():
                line.end()

    def leave(self, line: Line) -> None:
        seats = self.open[line.circle]
        seats[line.seat].discard(line)
        if not any(seats.values()):
            del self.open[line.circle]
        if not self.went:
            asyncio.get_running_loop().call_soon(self._say_who_went)
        self.went.append(line.number)

    def _say_who_went(self) -> None:
        """All that went together are said together: a hall that ends would fill the pipe line by line."""
        self.to_say += message(GONE, self.went)
        self.went = []
        self._speak()

    def _speak(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            del self.to_say[: self.pipe.send(self.to_say)]
        except BlockingIOError:
            pass
        except OSError:  # whoever started this is gone
            self.to_say.clear()
            self.is_over.set()
        if self.to_say:
            loop.add_writer(self.pipe, self._speak)
        else:
            loop.remove_writer(self.pipe)

    async def _begin(self, held: Line, line: socket.socket) -> None:
        try:
            await asyncio.get_running_loop().connect_accepted_socket(lambda: held, line)
        except OSError:
            line.close()
            self.leave(held)

    def _read(self) -> None:
        try:
            data, sockets, flags, _from = socket.recv_fds(self.pipe, AT_ONCE, SOCKETS)
        except BlockingIOError:
            return
        except OSError:
            data, sockets, flags = b"", [], 0
        self.came += sockets
        if not data or flags & socket.MSG_CTRUNC:  # a line got lost on its way: none may be taken for another one
            self.is_over.set()
            return
        self.had += data
        for kind, said, words in messages(self.had):
            if kind == HOLD:
                number, circle, seat = said
                self.hold(number, tuple(circle), tuple(seat), socket.socket(fileno=self.came.pop(0)))
            elif kind == TELL:
                self.tell(tuple(said[0]), tuple(said[1]), words)
            elif kind == END:
                self.end(tuple(said[0]), tuple(said[1]) if said[1] else None)
            elif kind == PULSE:
                self.to_say += message(PULSE, None)
                self._speak()


def main() -> None:
    with suppress(OSError, ValueError):  # the usual thousand files would be fewer than the lines of a server
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    asyncio.run(Lines(socket.socket(fileno=int(sys.argv[1]))).run())


if __name__ == "__main__":
    main()
