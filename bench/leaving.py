"""Somebody leaves a page in a hurry, and somebody else sits down before the same browser: what is there to find?"""

from __future__ import annotations

import html
import http.client
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from django.db import connection
from django.utils.html import strip_tags
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests import browser as machine

from . import looks
from .screen import Screen
from .states import World

BACK, FORWARD = "Back", "Forward"
BUTTON, SHIFT, PLAIN = "button", "shift", "without JavaScript"
WAYS = (BUTTON, SHIFT, PLAIN)
TYPED = "Quill walks by the mill"
"""What is being written when they leave."""
FIELDS = "main textarea, main input:not([type]), main input[type=text], main input[type=email], main input[type=tel]"
VALUES = "[...document.querySelectorAll('textarea, input:not([type=hidden])')].map(field => field.value).join('\\n')"
KEPT = "Promise.all([caches.keys(), indexedDB.databases()]).then(kept => localStorage.length + sessionStorage.length + kept.flat().length)"
ELSEWHERE = ("--host-resolver-rules=MAP www.weather.gov ~NOTFOUND",)
LONG = 60_000
"""Milliseconds: a page on a machine that has other work comes late, and is no trace."""
SOON = 3000
BEFORE = "data:text/html,<title>Before</title><body>What was here before."
EARLIER = "/code/"
"""They come to the screen from another page of ours, which lies behind Back as well."""
AT_ONCE = 2


@contextmanager
def somewhere_else() -> Iterator[str]:
    """The page of no meaning that the exit leads to."""

    class Weather(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!DOCTYPE html><title>Weather</title><p>Light rain.")

        def log_message(self, *said: Any) -> None:
            """Nobody needs to know."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Weather)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


@contextmanager
def browser() -> Iterator[Browser]:
    """As people have it: it keeps pictures of pages for its Back button."""
    with sync_playwright() as playwright:
        arguments = [*machine.arguments(), *ELSEWHERE]
        started = playwright.chromium.launch(
            executable_path=machine.with_a_window(), args=arguments, ignore_default_args=["--disable-back-forward-cache"]
        )
        try:
            yield started
        finally:
            started.close()


def left(visits: Sequence[tuple[Screen, str]], world: World | None, address: str) -> dict[str, list[str]]:
    """What was found after each of these visits, by screen and way."""

    def some(first: int) -> list[tuple[str, list[str]]]:
        try:
            with browser() as started:
                return [(f"{screen.name}, {way}", _visit(started, screen, way, world, address)) for screen, way in visits[first::AT_ONCE]]
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as two:
        return dict(found for part in two.map(some, range(AT_ONCE)) for found in part)


def _visit(started: Browser, screen: Screen, way: str, world: World | None, address: str) -> list[str]:
    with _context(started, way, address) as context:
        page = context.new_page()
        page.goto(BEFORE)
        page.goto(address + EARLIER)
        answer: list[str] = []
        page.on("response", lambda got: answer.append(got.headers.get("cache-control", "")) if got.request.is_navigation_request() else None)
        looks.come(page, screen, world, address)
        if not page.locator("a.exit[data-exit]").first.is_visible():
            return [f"no way out of {urlsplit(page.url).path}"]
        # A screen that is shown by its template was answered by us here, and not by the house.
        return [*([] if screen.template else _kept_by_caches(answer)), *_search(page, context, way, address, screen)]


@contextmanager
def _context(started: Browser, way: str, address: str) -> Iterator[BrowserContext]:
    context = started.new_context(java_script_enabled=way != PLAIN, locale="en", base_url=address, viewport={"width": 390, "height": 844})
    context.set_default_timeout(LONG)
    try:
        yield context
    finally:
        context.close()


def _kept_by_caches(said: list[str]) -> list[str]:
    return [f"may be kept: {said[-1] or 'nothing forbids it'}"] if said and "no-store" not in said[-1] else []


def _search(page: Page, context: BrowserContext, way: str, address: str, screen: Screen) -> list[str]:
    steps = page.evaluate("history.length")
    where, held = page.url, {str(cookie["name"]): str(cookie["value"]) for cookie in context.cookies(address)}
    shown = [line.strip() for line in f"{page.locator('main').inner_text()}\n{page.evaluate(VALUES)}".splitlines()]
    strange = _words(_asked(where, address, {}) + _asked(address + EARLIER, address, {}))
    secret = [line for line in shown if len(line) > 3 and " ".join(line.split()) not in strange]
    for field in page.locator(FIELDS).all():
        if field.is_visible() and field.is_editable():
            field.fill(TYPED[: int(field.get_attribute("maxlength") or 99)])
    if not _leave(page, way, address):
        return ["it does not leave"]
    found = [f"a cookie is left: {cookie['name']}" for cookie in context.cookies(address) if cookie["name"] in held]
    if any(line in _words(_asked(where, address, held)) for line in [TYPED, *secret]):
        found.append("the stay goes on: its words are back for whoever kept its cookie")
    unwanted = "" if way == PLAIN else address
    for name, step in ((BACK, page.go_back), (FORWARD, page.go_forward)):
        for _ in range(steps):
            found += _after(page, name, partial(step, timeout=SOON), secret, unwanted)
    found += _after(page, "a reload", lambda: page.reload(timeout=SOON), secret, unwanted)
    return found if screen.template else [*found, *_opened_again(context, way, where, address, secret)]


def _opened_again(context: BrowserContext, way: str, where: str, address: str, secret: list[str]) -> list[str]:
    """By its address, from the history of the browser, in a window of its own; and once more while the line is cut."""
    other = context.new_page()
    found = _after(other, "opening it again", lambda: other.goto(where), secret, "")
    if way != PLAIN and _stored(context.new_page(), address):
        found.append("something lies in the storage")
    context.set_offline(True)
    if _answers(context.new_page(), where):
        found.append("it comes from the cache")
    return found


def _read(page: Page) -> str:
    """What stands on the page once it stands still: one that was kept as a picture throws itself away and is asked for again."""
    for _ in range(10):
        page.wait_for_timeout(200)
        try:
            return f"{page.locator('body').inner_text(timeout=2000)}\n{page.evaluate(VALUES)}"
        except Error:
            continue
    return TYPED


def _stored(page: Page, address: str) -> bool:
    """Asked from a page of ours that runs nothing of its own."""
    page.goto(address + "/static/ui/leaf.svg")
    return bool(page.evaluate(KEPT))


def _leave(page: Page, way: str, address: str) -> bool:
    if way == SHIFT:
        page.locator("h1").first.click()
        for _ in range(3):
            page.keyboard.press("Shift")
    else:
        page.locator("a.exit[data-exit]").first.click(no_wait_after=True)
    for _ in range(LONG // 100):
        if not page.url.startswith(address):
            page.wait_for_load_state()
            return True
        page.wait_for_timeout(100)
    return False


def _after(page: Page, name: str, step: Callable[[], Any], secret: list[str], unwanted: str) -> list[str]:
    with suppress(Error):  # where the browser has nothing to go to, or shows a picture of the page, it does not say that it is there
        step()
    words = _read(page)
    found = [f"after {name} words are back: {line[:40]}" for line in [TYPED, *secret] if line in words][:1]
    return [*found, f"after {name} a page of ours is back: {urlsplit(page.url).path}"] if unwanted and page.url.startswith(unwanted) else found


def _answers(page: Page, where: str) -> bool:
    try:
        return page.goto(where) is not None
    except Error:
        return False


def _asked(where: str, address: str, cookies: dict[str, str]) -> str:
    """The page at this address for whoever holds these cookies, where it leads to included."""
    for _ in range(5):
        line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=LONG / 1000)
        path = urlsplit(where).path + (f"?{urlsplit(where).query}" if urlsplit(where).query else "")
        line.request("GET", path, headers={"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), "Accept-Language": "en"})
        got = line.getresponse()
        body = got.read().decode(errors="replace")
        line.close()
        if got.status not in (301, 302):
            return body
        where = address + str(got.headers["Location"]).removeprefix(address)
    return ""


def _words(page: str) -> str:
    values = " ".join(re.findall(r'value="([^"]*)"', page))
    return " ".join(html.unescape(f"{strip_tags(page)} {values}").split())
