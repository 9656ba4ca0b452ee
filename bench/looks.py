"""A browser before the screens of a house: one context for each visit, and the ways in which a screen is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Response, Route, sync_playwright

from tests import browser as machine

from .screen import Screen
from .states import World

PAUSE = {
    "sentence": "We could not save that just now. Your words are still here. Please try again in a minute.",
    "words": [{"name": "words", "label": "Words", "value": "They walk home the same way."}],
    "again": "/",
}
"""What the kept-words page is given when the database is away."""


LED_AWAY = 302
"""The status of a screen whose address leads to another one."""


@dataclass(frozen=True)
class Look:
    """One way of looking at a page that is open already."""

    name: str
    width: int
    height: int
    dark: bool = False


PHONE, DESKTOP = Look("phone", 390, 844), Look("desktop", 1280, 900)
DARK_PHONE, DARK_DESKTOP = Look("phone-dark", 390, 844, dark=True), Look("desktop-dark", 1280, 900, dark=True)
LOOKS = (PHONE, DESKTOP, DARK_PHONE, DARK_DESKTOP)
NARROW = (Look("narrow", 320, 640), Look("narrow-dark", 320, 640, dark=True))


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=machine.executable(), args=machine.arguments())
        try:
            yield started
        finally:
            started.close()


@contextmanager
def visitor(browser: Browser, address: str, *, language: str = "en") -> Iterator[Page]:
    """Somebody's browser. It keeps what it has fetched, as browsers do; who sits before it changes with each `come`."""
    size: Any = {"width": PHONE.width, "height": PHONE.height}
    context = browser.new_context(viewport=size, locale=language, reduced_motion="reduce", base_url=address)
    context.set_default_timeout(10_000)
    try:
        yield context.new_page()
    finally:
        context.close()


def come(page: Page, screen: Screen, world: World | None, address: str) -> int:
    """Come to the screen as whoever stands before it, and do there what it asks for; answers with the status of the page shown in the end."""
    page.context.clear_cookies()
    page.context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies(screen, world).items()])
    if screen.template:
        page.route(f"{address}/shown/", lambda route: _answer(route, screen))
        return _status(page.goto("/shown/"))
    wanted = screen.path(world)
    found = page.goto(wanted)
    if screen.act is None:
        return _status(found) if page.url == address + wanted else LED_AWAY
    with page.expect_navigation() as after:
        screen.act(page)
    return _status(after.value)


def _status(answer: Response | None) -> int:
    return answer.status if answer is not None else 0


def cookies(screen: Screen, world: World | None) -> dict[str, str]:
    """What a browser holds of somebody who did what comes before this screen."""
    if world is None:
        return {}
    client = world.client(screen.who)
    if screen.before is not None:
        screen.before(client, world)
    return {morsel.key: morsel.value for morsel in client.cookies.values() if morsel.value}


def look(page: Page, how: Look) -> None:
    page.set_viewport_size({"width": how.width, "height": how.height})
    page.emulate_media(color_scheme="dark" if how.dark else "light")


def _answer(route: Route, screen: Screen) -> None:
    given = {**PAUSE, "csrf_token": "0" * 64, "LANGUAGES": settings.LANGUAGES, "request": None}
    route.fulfill(status=screen.status, content_type="text/html; charset=utf-8", body=render_to_string(screen.template, given))
