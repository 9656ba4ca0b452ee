"""One evening of circles whose pages lie open: turned twice a second, with other pages asked for meanwhile."""

from __future__ import annotations

import asyncio
import http.client
import json
import socket
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from uuid import UUID

from django.test import Client
from django.urls import reverse
from playwright.async_api import Page, async_playwright

from bench.halls import Chair, Hall
from bench.house import House
from bench.open_lines import Browser, Line, dial, sleeper
from bench.shares import Shares, started_by
from setfair.conferences.models import Conference
from setfair.programmes.models import ScriptPage
from setfair.village.build import Village
from tests import browser as machine

EVERY = 0.5
NET = 3.0
"""Seconds in which a page that has no line asks again: what is told later than that is lost."""
QUIET = 0.3
"""Seconds for which the database is not asked which beat it was: whoever asks takes what a page is told with."""
FILLS = 200_000
"""Bytes after which the server waits for whoever reads nothing."""
PAINTS = """
addEventListener("DOMContentLoaded", () => {
  const root = document.querySelector("[data-live]");
  window.painted = [];
  const after = (beat) => requestAnimationFrame(() => setTimeout(() => window.painted.push([beat, performance.timeOrigin + performance.now()])));
  if (root) new MutationObserver(() => after(+root.dataset.heard)).observe(root, { attributeFilter: ["data-heard"] });
});
"""
"""When a page has painted what it heard: in the frame after the words were put into their places."""


@dataclass
class Found:
    """Times in seconds. `pages`: by name, alone and meanwhile. `memory`: MB of the server, without a line and with all."""

    heard: list[float] = field(default_factory=list)
    in_the_hall: list[float] = field(default_factory=list)
    painted: list[float] = field(default_factory=list)
    presses: list[float] = field(default_factory=list)
    gathered: list[float] = field(default_factory=list)
    pages: dict[str, tuple[list[float], list[float]]] = field(default_factory=lambda: defaultdict(lambda: ([], [])))
    memory: tuple[int, int] = (0, 0)
    lost: int = 0
    ended: int = 0
    torn: int = 0
    open: int = 0
    worded: int = 0
    wordings: int = 0
    beats: int = 0
    shares: str = ""

    @property
    def ratio(self) -> float:
        """Of the page that suffers most."""
        return max((_middle(meanwhile) / _middle(alone) for alone, meanwhile in self.pages.values() if alone and meanwhile), default=0.0)


class Evening:
    def __init__(self, home: House, village: Village, circles: Sequence[Hall], asked: int) -> None:
        self.home, self.village, self.circles, self.times = home, village, circles, asked
        self.found, self.press, self.shares = Found(), Browser(home.port), Shares(home.server.pid)
        self.lines: dict[UUID, list[Line]] = defaultdict(list)
        self.windows: dict[UUID, list[tuple[Page, float]]] = defaultdict(list)
        with village.inside():
            self.beats = dict(Conference.objects.values_list("pk", "beat"))
            scripts = {c.pk: c.script_id for c in Conference.objects.all()}
            pages = {script: list(ScriptPage.objects.filter(script=script).values_list("order", flat=True)) for script in set(scripts.values())}
            self.next = {circle: cycle(pages[script]) for circle, script in scripts.items()}
        office = {morsel.key: morsel.value for morsel in village.sign_in(Client(HTTP_HOST="localhost"), "cora").cookies.values()}
        first = circles[0]
        self.asked = (
            ("Today", Chair(first.circle, "", "", office), reverse("today")),
            ("a page in the circle", first.chairs[-1], first.chairs[-1].page),
            ("the script", first.lead, first.lead.page),
        )

    async def open(self, circles: Sequence[Hall]) -> None:
        chairs = [chair for hall in circles for chair in hall.chairs]
        for line in await dial(self.home.port, chairs, self.beats):
            self.lines[line.chair.circle].append(line)
        self.found.open = sum(map(len, self.lines.values()))

    async def renew(self, hall: Hall) -> None:
        lines = self.lines[hall.circle]
        over = [line for line in lines if line.is_over]
        self.lines[hall.circle] = [line for line in lines if not line.is_over]
        self.lines[hall.circle] += await dial(self.home.port, [line.chair for line in over], self.beats)

    async def turn(self, hall: Hall) -> None:
        """One page turned, and who heard of it when."""
        await self.renew(hall)
        page = str(next(self.next[hall.circle]))
        at_clock, beat = time.time(), self.beats[hall.circle]
        began = await self.press.press(hall.lead, hall.turns, {"page": page})
        lines = self.lines[hall.circle]
        await all_told(lines, beat + 1, began + QUIET)
        self.beats[hall.circle] = now = await asyncio.to_thread(self._beat, hall.circle)
        if now == beat:
            return  # it lay open there already
        await all_told(lines, now, began + NET)
        times = [at - began for line in lines if (at := line.since(now)) is not None]
        self.found.heard += times
        self.found.in_the_hall += times if hall is self.circles[-1] else []
        self.found.lost += sum(line.since(now) is None and not line.is_over for line in lines)
        self.found.torn += torn(lines, now)
        for window, ahead in self.windows[hall.circle]:
            await self._painted(window, now, at_clock + ahead)

    async def _painted(self, window: Page, beat: int, began: float) -> None:
        until = time.perf_counter() + NET
        while time.perf_counter() < until:
            if painted := [at for number, at in await window.evaluate("window.painted") if number >= beat]:
                return self.found.painted.append(min(painted) / 1000 - began)
            await asyncio.sleep(0.02)
        self.found.lost += 1

    def _beat(self, circle: UUID) -> int:
        with self.village.inside():
            return Conference.objects.values_list("beat", flat=True).get(pk=circle)

    async def turns(self, halls: Sequence[Hall], many: int) -> None:
        """In one after the other, at a steady pace."""
        begun = time.perf_counter()
        for number in range(many):
            await asyncio.sleep(max(0.0, begun + number * EVERY - time.perf_counter()))
            await self.turn(halls[number % len(halls)])

    async def ask(self, which: int, until: asyncio.Event | None = None) -> None:
        """Pages, one after the other, as often as was said or until something is over."""
        asking = Browser(self.home.port)
        while not until.is_set() if until else len(asking.took["Today"]) < self.times:
            for name, chair, path in self.asked:
                await asking.get(name, chair, path)
                await asyncio.sleep(0.05)
        for name, took in asking.took.items():
            self.found.pages[name][which].extend(took)
        asking.close()

    async def meanwhile(self, halls: Sequence[Hall], many: int) -> None:
        over = asyncio.Event()
        with self.shares.watched():
            asking = asyncio.create_task(self.ask(1, over))
            await self.turns(halls, many)
            over.set()
            await asking

    async def fill(self, hall: Hall) -> socket.socket:
        """Somebody whose phone reads nothing, until the server can send it no more."""
        phone = sleeper(self.home.port, hall.lead, self.beats[hall.circle])
        sent, lead = 0, next(line for line in self.lines[hall.circle] if line.chair.lead)
        while sent < FILLS:
            page = str(next(self.next[hall.circle]))
            await self.press.press(hall.lead, hall.turns, {"page": page})
            await asyncio.sleep(0.03)
            sent += max(lead.length, 1000)
        self.beats[hall.circle] = await asyncio.to_thread(self._beat, hall.circle)
        return phone

    def memory(self) -> int:
        """Of the server and of the process that keeps its lines."""
        both = [self.home.server.pid, *started_by(self.home.server.pid)]
        return round(sum(int(Path(f"/proc/{pid}/status").read_text().partition("VmRSS:")[2].split()[0]) for pid in both) / 1024)

    def count(self) -> None:
        """How often it was put into words. What was opened meanwhile is not in it: each page says what it shows."""
        connection = http.client.HTTPConnection("localhost", self.home.port)
        connection.request("GET", "/counted/")
        told = json.loads(connection.getresponse().read())
        connection.close()
        worded, self.found.gathered = told["worded"], told["took"]
        self.found.worded, self.found.wordings = max(worded.values(), default=0), sum(worded.values())
        self.found.beats = len({tuple(key.split()[:2]) for key in worded})


async def play(home: House, village: Village, circles: Sequence[Hall], turns: int, browsers: int, asked: int = 20) -> Found:
    """Rooms first, then the hall beside them; before and after, the same pages with no line open."""
    evening = Evening(home, village, circles, asked)
    found, rooms, hall = evening.found, circles[:-1], circles[-1]
    await evening.ask(0)
    found.pages.clear()  # the first time everything is new
    await evening.ask(0)
    alone = evening.memory()
    async with _windows(evening, browsers):
        await evening.open(rooms)
        await evening.meanwhile(rooms, turns)
        await evening.open([hall])
        phone = await evening.fill(hall)
        await evening.meanwhile([hall, *rooms], turns)
        found.memory = alone, evening.memory()
        found.ended = sum(line.ended and not line.is_over for lines in evening.lines.values() for line in lines)
        for lines in evening.lines.values():
            for line in lines:
                line.transport.close()
        phone.close()
    await asyncio.sleep(0.5)
    await evening.ask(0)
    found.presses, found.shares = evening.press.took["press"], str(evening.shares)
    evening.press.close()
    evening.count()
    return found


@asynccontextmanager
async def _windows(evening: Evening, many: int) -> AsyncIterator[None]:
    """Real browsers, in turn in the first room and in the hall: the lead's, and one of somebody who sits there."""
    async with AsyncExitStack() as stack:
        if many:
            playwright = await stack.enter_async_context(async_playwright())
            chromium = await playwright.chromium.launch(executable_path=machine.executable(), args=machine.arguments())
            stack.push_async_callback(chromium.close)
            seats = [hall.chairs[place] for place in (-1, 0) for hall in (evening.circles[0], evening.circles[-1])]
            for chair in seats[:many]:
                context = await chromium.new_context(base_url=evening.home.address, locale=chair.language)
                await context.add_cookies([{"name": name, "value": value, "url": evening.home.address} for name, value in chair.cookies.items()])
                await context.add_init_script(PAINTS)
                window = await context.new_page()
                await window.goto(chair.page)
                evening.windows[chair.circle].append((window, await _ahead(window)))
        yield


async def _ahead(window: Page) -> float:
    """By how many seconds the clock of this page goes before ours: of some askings the quickest."""
    found = []
    for _try in range(8):
        began = time.time()
        told = await window.evaluate("performance.timeOrigin + performance.now()") / 1000
        found.append((time.time() - began, told - (began + time.time()) / 2))
    return min(found)[1]


async def all_told(lines: Sequence[Line], beat: int, until: float) -> None:
    """Until each of them knows of this beat, or the moment is over."""
    while any(line.since(beat) is None for line in lines) and time.perf_counter() < until:
        await asyncio.sleep(0.01)


def torn(lines: Sequence[Line], beat: int) -> int:
    """Seats of which two lines were told other words at one beat."""
    told: dict[tuple[str, str], set[int]] = defaultdict(set)
    for line in lines:
        if beat in line.words:
            told[line.chair.live + str(line.chair.lead), line.chair.language].add(line.words[beat])
    return sum(len(words) > 1 for words in told.values())


def _middle(times: list[float]) -> float:
    return sorted(times)[len(times) // 2]
