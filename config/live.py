"""Lines that stay open: a page of a circle hears of each beat as it is told, and no thread and no connection waits for it.

Each line goes through the pages' own door like any other request. An answer that
carries `X-Hold` is then handed over to the process that keeps lines open (`keeper.py`):
the header says of which circle it is, for which kind of seat and in which language,
and what it has heard. One connection listens to what the database tells of. Each new
beat is gathered once, in one thread, said once for each kind of seat and language, and
written to all lines of that group.

Whoever cannot be told anything is not kept: where nobody listens to the database the
answer ends, and the browser asks again by itself (decision 140).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from secrets import token_hex
from time import monotonic
from typing import Any, NamedTuple

import psycopg

from config import postgres
from config.keeper import Keeper
from config.lines import Circle, Seat
from config.wire import WIRE, Wire

HOLD = b"x-hold"
CHANNEL = "circle"
PULSE, AGAIN = 20.0, 2.0
"""How often the listening connection hears itself, and how long until another is tried."""
MOST, MOST_OF_ONE = 2000, 500
"""Lines of a server, and of one circle: a hall of two hundred with two pages each, and no phone takes them from every other circle."""

Send = Callable[[dict[str, Any]], Awaitable[None]]
Say = Callable[[Circle, Iterable[Seat]], dict[Seat, bytes]]
"""What each kind of seat in each language is told of a circle now. It runs in the one thread."""

log = logging.getLogger(__name__)


class Deaf(Exception):
    """The connection listens and hears nothing, as behind a pooler."""


class Hub:
    """All lines of this server, by circle and by the number under which each is kept."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.keeper = Keeper(self._gone, self._lost)
        self.lines: dict[Circle, dict[int, Seat]] = {}
        self.of: dict[int, Circle] = {}
        self.numbers = count(1)
        self.beats: dict[Circle, int] = {}
        """The last that was told of, also of circles on which no line is open yet: one may have passed between an answer and its line."""
        self.changed: dict[Circle, float] = {}
        """When it was last told that somebody may no longer hear: a door that was passed before that counts no more."""
        self.listens = False
        self.since = 0.0
        """Since when it listens: what was told before that, it may have missed."""
        self.stale: dict[Circle, None] = {}
        self.work = asyncio.Event()
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="live")
        self.tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self.tasks = [asyncio.create_task(each) for each in (self.keeper.run(), self._listen(), self._gather())]

    async def stop(self) -> None:
        self.end_all()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.keeper.stop()
        self.thread.shutdown(wait=False)

    @property
    def holds(self) -> bool:
        """Whether it can: it hears of what happens, and somebody keeps the lines."""
        return self.listens and self.keeper.is_up

    def has_room(self, circle: Circle) -> bool:
        return len(self.of) < MOST and len(self.lines.get(circle, ())) < MOST_OF_ONE

    def hold(self, circle: Circle, seat: Seat, heard: int, asked: float, wire: Wire) -> bool:
        """Whether the line is kept from here on. `asked`: when it came to the door."""
        if max(self.since, self.changed.get(circle, 0.0)) >= asked or not self.holds or not self.has_room(circle):
            return False
        number = next(self.numbers)
        self.keeper.hold(number, circle, seat, wire.let_go())
        self.lines.setdefault(circle, {})[number] = seat
        self.of[number] = circle
        if self.beats.get(circle, 0) > heard:
            self._stale(circle)
        return True

    def _gone(self, number: int) -> None:
        circle = self.of.pop(number, None)
        if circle is not None:
            del self.lines[circle][number]
            if not self.lines[circle]:
                del self.lines[circle]

    def _lost(self) -> None:
        self.lines.clear()
        self.of.clear()

    def end(self, circle: Circle) -> None:
        if circle in self.lines:
            self.keeper.end(circle)

    def end_all(self) -> None:
        for circle in self.lines:
            self.end(circle)

    # What the database tells

    async def _listen(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(postgres.conninfo(postgres.role()), autocommit=True) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    await self._hear(connection)
            except (psycopg.Error, Deaf, OSError) as reason:
                log.warning("Nobody listens to the database: %s. Pages ask again by themselves.", type(reason).__name__)
            finally:
                self.listens = False
                self.end_all()
            await asyncio.sleep(AGAIN)

    async def _hear(self, connection: psycopg.AsyncConnection) -> None:
        """For as long as it hears itself."""
        while True:
            pulse, heard = token_hex(8), False
            await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, pulse))
            async for note in connection.notifies(timeout=PULSE):
                if note.payload == pulse:
                    self.since = self.since if self.listens else monotonic()
                    heard = self.listens = True
                else:
                    self._told(note.payload)
            if not heard:
                raise Deaf

    def _told(self, payload: str) -> None:
        programme, _, rest = payload.partition(" ")
        conference, _, what = rest.partition(" ")
        circle = (programme, conference)
        if what == "who":
            self._newest(self.changed, circle, monotonic())
            self.end(circle)
        elif what.isdigit():
            self._newest(self.beats, circle, int(what))
            self._stale(circle)

    @staticmethod
    def _newest(known: dict[Circle, Any], circle: Circle, what: float) -> None:
        known.pop(circle, None)
        known[circle] = what
        if len(known) > MOST:
            del known[next(iter(known))]

    # What is said of it

    def _stale(self, circle: Circle) -> None:
        self.stale[circle] = None
        self.work.set()

    async def _gather(self) -> None:
        while True:
            await self.work.wait()
            self.work.clear()
            while self.stale:
                circle = next(iter(self.stale))
                del self.stale[circle]
                await self._tell(circle)

    async def _tell(self, circle: Circle) -> None:
        seats = set(self.lines.get(circle, {}).values())
        if not seats:
            return
        try:
            said = await asyncio.get_running_loop().run_in_executor(self.thread, self.say, circle, seats)
        except Exception as reason:  # whatever it is, the pages' own door knows better, and says it
            log.warning("A circle could not be told of: %s.", type(reason).__name__)
            return self.end(circle)
        for seat in seats:
            if seat in said:
                self.keeper.tell(circle, seat, said[seat])
            else:
                self.keeper.end(circle, seat)


class Wish(NamedTuple):
    """What an answer says of the line it wants to be: whose circle, which kind of seat in which language, and what it has heard."""

    circle: Circle
    seat: Seat
    heard: int

    @classmethod
    def said(cls, header: bytes) -> Wish:
        programme, conference, kind, language, beat = header.decode().split()
        return cls((programme, conference), (kind, language), int(beat))


class Answer:
    """The pages' answer on its way out: kept open if it says so and somebody listens, and never with the header that says it."""

    def __init__(self, hub: Hub | None, scope: Any, send: Send) -> None:
        self.hub, self.scope, self._send = hub, scope, send
        self.held: Wish | None = None
        self.asked = monotonic()

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message = self._begun(message)
        elif self.held is not None:
            message = {**message, "more_body": True}
            if not message.get("body"):
                return
        await self._send(message)

    def _begun(self, message: dict[str, Any]) -> dict[str, Any]:
        headers = list(message["headers"])
        said = next((value for name, value in headers if name == HOLD), b"")
        if not said:
            return message
        wish = Wish.said(said)
        kept = [(name, value) for name, value in headers if name != HOLD]
        if self.hub is not None and self.hub.holds and self.hub.has_room(wish.circle) and message["status"] == 200 and WIRE in self.scope:
            self.held = wish
            kept = [*((name, value) for name, value in kept if name != b"content-length"), (b"connection", b"close")]
        return {**message, "headers": kept}

    async def rest(self) -> None:
        """What comes after the pages have answered: the line is let go, or the answer ends."""
        if self.held is None or self.hub is None:
            return
        wire: Wire = self.scope[WIRE]
        if await wire.is_written() and not self.hub.hold(*self.held, self.asked, wire):
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})
