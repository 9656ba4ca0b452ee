"""A real browser at the real doors: one Chromium for the run, one context for each person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from setfair.village.build import Village, build
from setfair.village.cast import PASSWORD
from tests import browser as machine

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=machine.executable(), args=[*machine.arguments(), *QUIET])
        yield started
        started.close()


@dataclass
class Visitor:
    """One person with their own browser: what they do is what a person can do, by the words they see."""

    page: Page
    address: str
    scope: Locator | None = None
    """The part of the page that they look at; None for all of it."""

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
        """Press the button or follow the link with this name."""
        self.here.get_by_role("button", name=name).or_(self.here.get_by_role("link", name=name)).nth(nth).click()
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
def visit(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Visitor]]:
    """`visit(js=False, phone=True)` gives a new person at the door. JavaScript is off unless asked for: nothing here may need it."""
    address = live_server.url.replace("127.0.0.1", "localhost")
    settings.SITE_ADDRESS = address
    contexts: list[BrowserContext] = []

    def come(*, js: bool = False, phone: bool = False, dark: bool = False, language: str = "en") -> Visitor:
        context = chromium.new_context(
            viewport=PHONE if phone else DESKTOP, java_script_enabled=js, color_scheme="dark" if dark else "light", locale=language
        )
        context.set_default_timeout(8_000)
        contexts.append(context)
        return Visitor(context.new_page(), address)

    yield come
    for context in contexts:
        for page in context.pages:
            print(f"--- {page.url}\n{page.locator('body').inner_text()[:3000]}")
        context.close()
