"""A real browser at the real doors: one Chromium for the run, one context for each person."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from setfair.village.build import Village, build
from setfair.village.cast import PASSWORD
from tests import browser as machine

PATIENCE = int(os.environ.get("SETFAIR_PATIENCE", "8000"))
"""Milliseconds until something that should be on a page counts as not there."""
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=machine.executable(), args=machine.arguments())
        yield started
        started.close()


@dataclass
class Visitor:
    """One person with their own browser: what they do is what a person can do, by the words they see."""

    page: Page
    address: str
    scope: Locator | None = None
    """The part of the page that they look at; None for all of it."""
    looked: list[Page] = field(default_factory=list)
    """The pages at which anyone of this story has looked for words, the latest last."""

    @property
    def here(self) -> Page | Locator:
        return self.scope or self.page

    @contextmanager
    def within(self, part: Locator) -> Iterator[Visitor]:
        """Look only at this part of the page."""
        self.scope = part
        try:
            yield self
        finally:
            self.scope = None

    def open(self, path: str) -> Visitor:
        self.page.goto(self.address + path)
        return self

    def press(self, name: str | re.Pattern[str], *, nth: int = 0) -> Visitor:
        """Press the button or follow the link with this name, and wait for the page it leads to."""
        return self.press_this(self.here.get_by_role("button", name=name).or_(self.here.get_by_role("link", name=name)).nth(nth))

    def press_this(self, target: Locator) -> Visitor:
        if target.get_attribute("popovertarget") is not None or target.get_attribute("type") == "button":
            target.click()
            return self
        with self.page.expect_navigation():
            target.click()
        return self

    def fill(self, label: str | re.Pattern[str], words: str) -> Visitor:
        self.here.get_by_label(label).first.fill(words)
        return self

    def choose(self, label: str | re.Pattern[str]) -> Visitor:
        """Tick a box or a round button by its label."""
        self.here.get_by_label(label).first.check()
        return self

    def pick(self, label: str | re.Pattern[str], option: str) -> Visitor:
        self.here.get_by_label(label).first.select_option(label=option)
        return self

    def sees(self, words: str | re.Pattern[str]) -> bool:
        self.looked.append(self.page)
        return self.page.get_by_text(words).first.is_visible()

    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def sign_in(self, email: str) -> Visitor:
        self.page.context.clear_cookies()
        self.open("/account/login/").fill(re.compile("email", re.IGNORECASE), email)
        self.page.locator("input[type=password]").fill(PASSWORD)
        self.page.get_by_role("button", name=re.compile("^sign in$", re.IGNORECASE)).first.click()
        self.page.wait_for_url("**/today/")
        return self


@pytest.fixture
def world(transactional_db: Any, live_server: Any) -> Village:
    """The village, committed, with passwords, and served."""
    return build(with_passwords=True)


@pytest.fixture
def visit(
    chromium: Browser, live_server: Any, request: pytest.FixtureRequest, record_property: Callable[..., None]
) -> Iterator[Callable[..., Visitor]]:
    """`visit(js=False, phone=True)` gives a new person at the door. JavaScript is off unless asked for: nothing here may need it."""
    address = live_server.url.replace("127.0.0.1", "localhost")
    settings.SITE_ADDRESS = address
    contexts: list[BrowserContext] = []
    looked: list[Page] = []

    def come(*, js: bool = False, phone: bool = False, dark: bool = False, language: str = "en") -> Visitor:
        context = chromium.new_context(
            viewport=PHONE if phone else DESKTOP, java_script_enabled=js, color_scheme="dark" if dark else "light", locale=language
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return Visitor(context.new_page(), address, looked=looked)

    yield come
    if "SETFAIR_PICTURES" in os.environ and request.node.get_closest_marker("mission"):
        record_property("picture", _picture(request.node.name, (looked or [contexts[-1].pages[0]])[-1]))
    for context in contexts:
        for page in context.pages:
            print(f"--- {page.url}\n{page.locator('body').inner_text()[:3000]}")
        context.close()


def _picture(name: str, page: Page) -> str:
    """Keep the screen on which a story ended; answers with the name of the file."""
    folder = Path(os.environ["SETFAIR_PICTURES"])
    folder.mkdir(parents=True, exist_ok=True)
    file = re.sub(r"[^a-z0-9]+", "-", name.removeprefix("test_").lower()).strip("-") + ".jpg"
    page.screenshot(path=folder / file, type="jpeg", quality=60)
    return file
