"""The page kit in a real browser: nobody is shut out by a screen, a theme, a language, or a keyboard; and leaving leaves nothing."""

from __future__ import annotations

import gzip
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from setfair.ui.views import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
SCREENS = [(320, "light", "en"), (320, "dark", "ar"), (390, "dark", "en"), (390, "light", "ar"), (1280, "light", "en"), (1280, "dark", "ar")]
"""Each width meets each theme and each direction."""
LEAST = [(320, "light", "en"), (1280, "dark", "ar")]


@pytest.fixture
def page_at(chromium, live_server):
    """`page_at("/ui/", 320, "dark", "ar")`: a new browser of that kind at that page, and what it complained of."""
    opened = []

    def go(path, width, theme="light", language="en"):
        context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=theme, locale=language)
        opened.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(live_server.url.replace("127.0.0.1", "localhost") + path, wait_until="load")
        return page

    yield go
    for context in opened:
        context.close()


def shut_out(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found]


def too_wide(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize(("width", "theme", "language"), SCREENS)
def test_every_component_is_open_to_everyone(page_at, width, theme, language):
    """Nothing runs over at any width; axe looks at the two that differ most, and `FULL=1 make figure NAME=axe` at all of them."""
    page = page_at("/ui/", width, theme, language)
    assert (too_wide(page), page.complaints) == (False, [])
    assert (width, theme, language) not in LEAST or shut_out(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_kind_of_page_is_open_to_everyone(page_at, name):
    for width, theme, language in LEAST:
        page = page_at(f"/ui/{name}/", width, theme, language)
        assert (shut_out(page), too_wide(page), page.complaints) == ([], False, []), (width, theme, language)
        assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")


def test_every_target_is_big_enough_for_a_thumb(page_at):
    page = page_at("/ui/", 390)
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, summary, .button, .exit, .option label, .tabs a, .bar-nav a, input[type=text], select")]
            .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 43.5).map((one) => one.outerHTML.slice(0, 80))"""
    )
    assert small == []


def test_the_exit_leaves_no_step_behind(page_at):
    """From the third page of ours, with one more behind Forward: what stays in the history is the way out alone."""
    page = page_at("/ui/choice/", 390)
    for name in ("home", "sign", "resting"):
        page.goto(re.sub(r"/ui/\w+/", f"/ui/{name}/", page.url))
    page.go_back()
    page.route("**/exit/**", lambda route: route.fulfill(body="<title>out</title>", content_type="text/html"))
    page.click(".exit")
    page.wait_for_url("**/exit/?on=1")
    assert page.evaluate("navigation.entries().map(one => new URL(one.url).pathname)") == ["/exit/", "/exit/"]


def test_left_in_one_tab_it_is_left_in_all(page_at):
    page = page_at("/ui/choice/", 390)
    other = page.context.new_page()
    other.goto(page.url)
    page.context.route("**/exit/**", lambda route: route.fulfill(body="out", content_type="text/html"))
    page.click(".exit")
    other.wait_for_url("**/exit/**")
    assert other.content().count("<h1") == 0


def test_three_presses_of_shift_leave_and_writing_does_not(page_at):
    page = page_at("/ui/sign/", 390)
    page.route("**/exit/**", lambda route: route.fulfill(body="out", content_type="text/html"))
    page.keyboard.press("Shift")
    assert page.inner_text("[data-exit-said]") == "Press Shift two more times to leave."
    for letter in "ABC":
        page.keyboard.press("Shift")
        page.keyboard.press(letter)
    assert page.url.endswith("/ui/sign/")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/exit/**")


def test_a_page_left_open_asks_then_closes(page_at):
    page = page_at("/ui/resting/", 390)
    page.clock.install()
    page.route("**/exit/**", lambda route: route.fulfill(body="out", content_type="text/html"))
    page.goto(page.url.replace("resting", "choice"))
    page.clock.run_for(7 * 60_000)
    assert page.is_visible(".idle") is False
    page.clock.run_for(70_000)
    assert (page.is_visible(".idle"), page.evaluate("document.activeElement.textContent")) == (True, "Keep it open")
    page.evaluate("document.querySelector('[data-stay]').dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}))")
    assert page.is_visible(".idle") is False
    page.clock.run_for(10 * 60_000 + 2_000)
    page.wait_for_url("**/exit/?idle=1**")


def test_what_a_phone_has_to_load(page_at):
    """Everything a participant's page brings, compressed as a server sends it: under 100 kB, 25 kB of it script, in at most 12 requests."""
    page, asked = page_at("/ui/resting/", 390), set()
    page.on("request", lambda request: asked.add(request.url))
    page.goto(page.url.replace("resting", "choice"), wait_until="networkidle")
    loaded = {url: page.request.get(url).body() for url in asked}
    weight = {url: len(body) if url.endswith(".woff2") else len(gzip.compress(body)) for url, body in loaded.items()}
    script = sum(size for url, size in weight.items() if url.endswith(".js"))
    fonts = sum(url.endswith(".woff2") for url in weight)
    assert (sum(weight.values()) < 100_000, script < 25_000, fonts, len(weight) <= 12) == (True, True, 2, True), weight
