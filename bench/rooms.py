"""Circles in rooms without network: each lead's own device has its console along, is cut off, and comes back.

What is pressed is chosen by chance from what stands on the page. Some answers are lost on their way back, so that a
device sends again what has arrived. In every second circle somebody else of the team marks a person otherwise meanwhile, and in
every fourth the page is put away before there is a network again: nothing may be read there then, and nothing be lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from django.urls import reverse
from playwright.sync_api import Browser, Error, Page, Route, TimeoutError, sync_playwright

from setfair.cases.journey import Stage
from setfair.conferences import actions, queries
from setfair.conferences.models import Attendance, Brought, Conference, Heading, PageTurn, Pause, PauseEnd
from setfair.facilitators.models import Facilitator
from setfair.village.build import Village
from setfair.village.cast import PASSWORD
from setfair.village.story import Story, case_at
from tests import browser as machine

LONG, SOON = 60_000, 20_000
FACTS = {
    "came": Attendance, "turned": PageTurn, "paused": Pause, "went_on": PauseEnd, "noted": Heading,
}  # fmt: skip
"""Which fact of the hour a press becomes: one for one."""


@dataclass
class Room:
    """One circle, how long its device is away, and what was pressed there."""

    story: Story
    whole: bool
    contested: bool
    left: bool = False
    pressed: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    asked: int = 0

    @property
    def conference(self) -> Conference:
        return self.story.conference


def rooms(village: Village, many: int) -> list[Room]:
    """A few minutes and a whole conference, turn and turn about; something is contested in every second one of each."""
    with village.inside():
        Facilitator.objects.update(a_week=20, a_term=200)
        return [Room(case_at(village, Stage.SCHEDULED, began=timedelta(days=6), matter=n), n % 2 == 1, n % 4 < 2, n % 4 == 2) for n in range(many)]


def played(village: Village, circles: Sequence[Room], address: str, seed: int) -> None:
    """Each in a browser context of its own, one after the other."""
    with _browser() as started:
        for number, room in enumerate(circles):
            try:
                _away_and_back(village, room, started, address, Random(seed * 1000 + number))
            except TimeoutError as late:
                room.faults.append(f"lost: the device stood still: {str(late).splitlines()[0]}")
            _compare(village, room)


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=machine.executable(), args=machine.arguments())
        try:
            yield started
        finally:
            started.close()


def _away_and_back(village: Village, room: Room, started: Browser, address: str, chance: Random) -> None:
    context = started.new_context(base_url=address, locale="en", viewport={"width": 390, "height": 844})
    context.set_default_timeout(SOON)
    page = context.new_page()
    with village.inside():
        path = reverse("conference", args=[room.conference.pk])
        if not room.whole:
            room.story.begin()
    _ready(page, path)
    context.set_offline(True)
    page.goto(path)
    page.get_by_text("No network. Nothing is lost.").wait_for()
    _press_some(page, room, chance)
    if room.contested:
        _contest(village, room)
    lost = [chance.random() < 0.5, chance.random() < 0.5]
    context.route("**/bring/", lambda route: _lose(route, lost))
    if room.left:
        _leave(page, room, path)
    context.set_offline(False)
    if room.left:
        _sign_in(page)
        page.goto(path)
        page.get_by_text("Ready without network").wait_for(timeout=LONG)
    page.locator("[data-kept]").wait_for(state="detached", timeout=LONG)
    context.close()


def _leave(page: Page, room: Room, path: str) -> None:
    """The page is put away, and somebody opens it by its address: without network, and then with the cookies of the stay."""
    page.get_by_text("Put this away").click()
    page.get_by_role("button", name="Put it away").click(no_wait_after=True)
    page.wait_for_url("about:blank")
    with suppress(Error):
        page.goto(path)
    if page.get_by_text("No network. Nothing is lost.").is_visible():
        room.faults.append("shown: the page was put away and opens all the same")


def _lose(route: Route, lost: list[bool]) -> None:
    """It has arrived, and the answer does not come back."""
    if lost and lost.pop():
        route.fetch()
        route.abort()
    else:
        route.continue_()


def _sign_in(page: Page) -> None:
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.locator("input[type=email]").fill("fadi@school.example")
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("^sign in$", re.IGNORECASE)).first.click()
    page.wait_for_url("**/today/")


def _ready(page: Page, path: str) -> None:
    _sign_in(page)
    page.goto(f"{path}ready/")
    page.get_by_role("button", name="Get ready").click()
    page.get_by_text("All of it lies on this device.").wait_for()


def _press_some(page: Page, room: Room, chance: Random) -> None:
    names = [person.person.first for person in room.story.people.values()]
    if room.whole:
        for name in names:
            _press(page, room, "came", page.locator("li.task:visible").filter(has_text=name).first.get_by_role("button", name=re.compile("^Came")))
        _press(page, room, "began", page.get_by_role("button", name="Begin"))
    else:
        page.locator("summary:visible").filter(has_text="Who has come").click()
        line = page.locator("li.task:visible").filter(has_text=names[0]).first
        _press(page, room, "came", line.get_by_role("button", name=re.compile("^Came")))
    for _time in range(12 if room.whole else 6):
        _press(page, room, *_any(page, room, chance))
    if room.whole:
        page.get_by_text("Stop safely").first.click()
        page.get_by_label("there was not enough time").check()
        _press(page, room, "adjourned", page.get_by_role("button", name="Go on another day"))


def _any(page: Page, room: Room, chance: Random) -> tuple[str, Any]:
    paused = page.get_by_role("button", name="Go on", exact=True)
    if paused.first.is_visible():
        return "went_on", paused.first
    what = chance.choice(("turned", "turned", "paused", "noted"))
    notes = page.locator("summary:visible", has_text="Note a heading")
    if what == "noted" and notes.count():
        notes.click()
        page.get_by_label("What is needed").check()
        page.get_by_label("Whose is it?").select_option("all")
        page.get_by_label("In a few words").fill(f"Heading {len(room.pressed)}")
        return what, page.get_by_role("button", name="Note it")
    what = "turned" if what == "noted" else what
    return what, page.get_by_role("button", name={"turned": "Next", "paused": "Pause"}[what]).first


def _press(page: Page, room: Room, what: str, button: Any) -> None:
    with page.expect_navigation():
        button.click()
    room.pressed.append(what)
    page.locator("[data-kept]:not([hidden])").wait_for()


def _contest(village: Village, room: Room) -> None:
    """Somebody else of the team marks the first one as not here."""
    with village.inside():
        first = next(iter(room.story.people.values()))
        actions.mark_attendance(room.conference, first, by=room.story.coordinator, came=False)


def _compare(village: Village, room: Room) -> None:
    """What was pressed against what stands here, fact by fact."""
    with village.inside():
        conference, lead = room.conference, room.story.lead
        rows = list(Brought.objects.filter(conference=conference).order_by("number"))
        room.asked = sum(row.became == Brought.Became.ASKED for row in rows)
        came = [row.what for row in rows]
        for what in sorted(set(room.pressed)):
            if came.count(what) != room.pressed.count(what):
                kind = "lost" if came.count(what) < room.pressed.count(what) else "doubled"
                room.faults.append(f"{kind}: {what} was pressed {room.pressed.count(what)} times and came in {came.count(what)} times")
        room.faults += [f"lost: {row.what} was refused" for row in rows if row.became == Brought.Became.REFUSED and not room.contested]
        for what, model in FACTS.items():
            done = sum(row.what == what and row.became == Brought.Became.DONE for row in rows)
            facts = model.objects.filter(conference=conference, by=lead.id).count()
            if facts > done:
                room.faults.append(f"doubled: {facts} facts for {done} presses of {what}")
        first = next(iter(room.story.people.values()))
        if room.contested and queries.came(conference).get(first.pk) is not False:
            room.faults.append("overwritten: what somebody else had marked")
