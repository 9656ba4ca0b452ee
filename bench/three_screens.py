"""Three screens of one circle, each in a browser of its own, and what each has to show: read from the page, and worked out from the rows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page

from bench.house import House
from bench.looks import DESKTOP, PHONE
from setfair.agreements.models import Item
from setfair.cases.queries import circle
from setfair.conferences import queries, talking
from setfair.conferences.journey import Stage
from setfair.conferences.models import Conference
from setfair.programmes.models import Phase
from setfair.village.story import Story

LEAD, STUDENT, TABLE = "console", "student", "phone"
NET, ANSWER = 3.0, 2.0
"""Seconds after which a page asks by itself, and those that the answer may take on a machine that draws three browsers."""
LED_HOME = 10.0
"""Whoever is refused a line asks once more, after five seconds, where to go."""
HEARS = {
    LEAD: {"stage", "page", "hand", "wish", "arrived", "came", "missing", "headings", "questions", "room_code", "pause"},
    STUDENT: {"stage", "page", "hand", "wish", "arrived", "headings", "questions", "room_code", "pause"},
    TABLE: {"stage", "turn", "heard", "pause", "draft"},
}
"""What each may be told (decisions 138, 141): said here once more, and not asked of the server. Whoever adds a fact says it in both places."""
LISTENS = """
window.told = [];
window.lines = [];
const Own = window.EventSource;
window.EventSource = class extends Own {
  constructor(...said) {
    super(...said);
    window.lines.push(this);
    this.addEventListener("message", (event) => window.told.push(...Object.keys(JSON.parse(event.data))));
  }
};
"""
READ = """() => {
  const seen = (where) => [...document.querySelectorAll(where)].filter((part) => part.checkVisibility()).map((part) => part.textContent);
  const words = (where) => seen(where).map((said) => said.replace(/\\s+/g, " ").trim()).filter(Boolean);
  return {
    at: location.pathname, told: [...new Set(window.told)],
    title: words('h1[data-says="page.title"]').join(), lines: words('[data-each="page.lines"] > .say'),
    holder: words('[data-says="hand.holds"]').join(), turns: seen('form[data-shows~="mine"][action$="/turns/"]').length > 0,
    wish: seen('[data-shows="wish"]').length > 0, pause: words('[data-says="pause"]').length > 0, arrived: words('[data-says="arrived"]').join(),
    speaks: words('[data-says="page.speaks.words"]').join(), names: words("ul.turn--table > li"), asks: words('[data-each="turn.lines"] > .say'),
    draft: words('ol[data-each="draft"] > li bdi, ol[data-each="draft"] > li [dir]'),
  };
}"""


@dataclass
class Screens:
    """`open` has those that are on and awake. A page of a break stands before whoever called it until they go on."""

    home: House
    browser: Browser
    story: Story
    circle: UUID
    open: dict[str, Page] = field(default_factory=dict)
    told: dict[str, set[str]] = field(default_factory=dict)
    contexts: dict[str, BrowserContext] = field(default_factory=dict)
    asleep: Page | None = None
    slowest: float = 0.0

    def come(self, who: str) -> None:
        """In by their own door, with a new browser."""
        client, village = Client(HTTP_HOST="localhost"), self.story.village
        if who == TABLE:
            village.enter(client, self.story.hana)
        else:
            village.sign_in(client, {LEAD: "fadi", STUDENT: "ines"}[who])
        look = DESKTOP if who == LEAD else PHONE
        context = self.browser.new_context(base_url=self.home.address, viewport={"width": look.width, "height": look.height}, locale="en")
        context.set_default_timeout(20_000)
        cookies: Any = [{"name": m.key, "value": m.value, "url": self.home.address} for m in client.cookies.values() if m.value]
        context.add_cookies(cookies)
        context.add_init_script(LISTENS)
        self.contexts[who], self.open[who] = context, context.new_page()
        self.open[who].goto(self.address(who))

    def address(self, who: str) -> str:
        return "/g/circle/" if who == TABLE else f"/conferences/{self.circle}/"

    def leave(self, who: str) -> None:
        self.open.pop(who, None)
        self.contexts.pop(who).close()

    def close(self) -> None:
        for who in list(self.contexts):
            self.leave(who)

    def press(self, who: str, where: Locator) -> None:
        with self.open[who].expect_navigation():
            where.click()

    def disagreements(self, patience: float = NET + ANSWER) -> list[str]:
        """What is still not as it is when the patience is over; and whatever somebody was told who may not be."""
        began, left = time.monotonic(), [""]
        while left and time.monotonic() - began < patience:
            with self.story.village.inside():
                left = list(self._differ())
            time.sleep(0.02)
        self.slowest = max(self.slowest, time.monotonic() - began) if not left else self.slowest
        return left + [f"{who} is told: {name}" for who, names in self.told.items() for name in sorted(names - HEARS[who])]

    def _differ(self) -> Iterator[str]:
        conference = Conference.objects.select_related("case", "script").get(pk=self.circle)
        for who, page in self.open.items():
            try:
                shown = page.evaluate(READ)
            except Error:  # it is on its way to another page
                yield f"{who} is on its way"
                continue
            self.told.setdefault(who, set()).update(shown["told"])
            expected = self.expected(who, conference)
            yield from (f"{who}, {name}: {shown[name]!r} is shown, and it is {is_so!r}" for name, is_so in expected.items() if shown[name] != is_so)

    def expected(self, who: str, conference: Conference) -> dict[str, Any]:
        people, marks = circle(conference.case), queries.came(conference)
        if who == TABLE and (conference.stage != Stage.LIVE or not marks.get(self.story.hana.pk)):
            return {"at": "/g/"}
        if conference.stage != Stage.LIVE:
            return {"turns": False, "wish": False, "pause": False}
        pages, at, chosen = queries.laid_open(conference, people, marks, queries.page_now(conference))
        page, pause = pages[at], talking.pause_of(conference) is not None
        turns = talking.turns_on(conference, page.order)
        asked = queries.whom(page, people, marks, chosen)
        now = next((voice.participation.person.first for voice in talking.voices(asked, turns) if voice.is_now), "")
        lines = [" ".join(line.split()) for line in page.words.splitlines() if line.strip()]
        if who == TABLE:
            quiet = page.phase == Phase.DEBRIEF
            everyone = ["Everyone"] if page.asks == "everyone" else []
            names = [] if quiet else [now] if now else [p.person.first for p in asked] or everyone
            return {"names": names, "asks": [] if quiet else lines, "pause": pause, "draft": _draft(conference, page.phase)}
        hand = queries.hand(conference)
        mine = hand is None or hand.user_id == self.story.village.users[{LEAD: "fadi", STUDENT: "ines"}[who]].pk
        holder = "" if mine or hand is None else f"{hand.user.get_short_name()} has the script."
        count = sum(marks.values())
        return {
            "title": page.title, "lines": lines, "holder": holder, "turns": mine, "wish": queries.has_wish(conference), "pause": pause,
            "arrived": f"{count} came" if count else "", "speaks": f"{now} speaks now." if now else "",
        }  # fmt: skip


def _draft(conference: Conference, phase: str) -> list[str]:
    """Who and what, one after the other, from the page on which it is spoken of."""
    if phase not in (Phase.DRAFT, Phase.READ_BACK, Phase.SIGN):
        return []
    items = Item.objects.filter(agreement__conference=conference).select_related("owner__person").order_by("order")
    return [words for item in items for words in (item.owner.person.first, item.what)]
