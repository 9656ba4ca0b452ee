"""A page that staff left open: they are told before their stay ends, and nothing that they typed is lost."""

from __future__ import annotations

import re

import pytest

from config import settings as configured

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MINUTE = 60_000
STORY = "It was at lunch, and nobody had said a word since."


def test_staff_are_told_and_go_on_with_what_they_typed(world, visit, settings):
    """Away for 25 minutes they are asked; for 30 the page is covered; signed in again on another page they send what is still there."""
    cora = visit(js=True).sign_in(world.cora.email)
    page = cora.page
    page.clock.install()
    cora.open("/requests/new/")
    box, words = page.locator(".idle"), page.locator("main textarea, main input[type=text]").first
    words.fill(STORY)
    page.clock.run_for(24 * MINUTE)
    assert not box.is_visible()
    page.clock.run_for(2 * MINUTE)
    assert (box.is_visible(), page.evaluate("document.activeElement.textContent")) == (True, "I am here")
    with page.expect_response(re.compile("/still-in/")) as told:
        box.get_by_role("button", name="I am here").click()
    assert told.value.status == 204
    box.wait_for(state="hidden")

    page.clock.run_for(10 * MINUTE)
    with page.expect_response(re.compile("/still-in/")):
        words.press("End")
    page.evaluate("fetch('/still-in/', { redirect: 'manual' }).then(() => 0)")  # so that the page has taken the first answer in, not only the line
    page.clock.run_for(22 * MINUTE)
    assert not box.is_visible(), "who types is here"

    page.clock.run_for(10 * MINUTE)
    assert (page.locator("main, .bar, textarea").count(), "You are signed out" in box.inner_text()) == (0, True)
    settings.STAYS = {**configured.STAYS, "staff": (-1, -1)}
    with page.expect_response(re.compile("/still-in/")) as told:
        box.get_by_role("button", name="I am in again").click()
    assert told.value.status == 401
    settings.STAYS = configured.STAYS
    with page.context.expect_page() as opened:
        box.get_by_role("link", name="Sign in").click()
    again = opened.value
    again.locator("input[type=email], input[name=login]").fill(world.cora.email)
    again.locator("input[type=password]").fill("a calm and open door")
    again.get_by_role("button", name="Sign in", exact=True).click()
    again.wait_for_url("**/today/")
    box.get_by_role("button", name="I am in again").click()
    box.wait_for(state="hidden")
    assert words.input_value() == STORY


def test_a_page_on_which_nothing_was_typed_is_left(world, visit, settings):
    cora = visit(js=True).sign_in(world.cora.email)
    page = cora.page
    page.clock.install()
    cora.open("/requests/new/")
    settings.STAYS = {**configured.STAYS, "staff": (-1, -1)}
    page.clock.run_for(31 * MINUTE)
    page.wait_for_url(re.compile(r"/login/\?next=%2Frequests%2Fnew%2F"))
    assert page.locator("input[name=login]").is_visible()


def test_before_the_eight_hours_are_over_it_is_said(world, visit, settings):
    settings.STAYS = {**configured.STAYS, "staff": (30 * 60, 9 * 60)}
    cora = visit(js=True).sign_in(world.cora.email)
    cora.page.clock.install()
    cora.open("/requests/new/")
    cora.page.clock.run_for(1_100)
    cora.page.locator("main textarea, main input[type=text]").first.fill(STORY)
    assert "You are signed out in a few minutes" in cora.page.locator(".idle").inner_text()
    cora.page.locator(".idle").get_by_role("button", name="All right").click()
    assert cora.page.locator("main").is_visible()
    assert not cora.page.locator(".idle").is_visible()
    cora.page.clock.run_for(9 * MINUTE)
    assert "You are signed out" in cora.page.locator(".idle").inner_text()


def test_a_colleague_who_signs_in_on_the_same_device_uncovers_nothing(world, visit):
    cora = visit(js=True).sign_in(world.cora.email)
    page = cora.page
    page.clock.install()
    cora.open("/requests/new/")
    words = page.locator("main textarea, main input[type=text]").first
    words.fill(STORY)
    page.clock.run_for(31 * MINUTE)
    assert not page.locator("main").is_visible()
    page.context.clear_cookies()
    with page.context.expect_page() as opened:
        page.locator(".idle").get_by_role("link", name="Sign in").click()
    again = opened.value
    again.locator("input[type=email], input[name=login]").fill(world.sven.email)
    again.locator("input[type=password]").fill("a calm and open door")
    again.get_by_role("button", name="Sign in", exact=True).click()
    again.wait_for_url("**/today/")
    with page.expect_navigation(), page.expect_response(re.compile("/still-in/")) as told:
        page.get_by_role("button", name="I am in again").click()
    assert told.value.status == 409
    assert STORY not in "".join(page.locator("textarea, input").evaluate_all("all => all.map(one => one.value)"))


def test_after_the_eight_hours_the_same_person_goes_on_with_what_they_typed(world, visit, settings):
    settings.STAYS = {**configured.STAYS, "staff": (30 * 60, 9 * 60)}
    cora = visit(js=True).sign_in(world.cora.email)
    page = cora.page
    page.clock.install()
    cora.open("/requests/new/")
    words = page.locator("main textarea, main input[type=text]").first
    words.fill(STORY)
    page.clock.run_for(10 * MINUTE)
    assert not page.locator("main").is_visible()
    settings.STAYS = configured.STAYS
    page.get_by_role("button", name="I am in again").click()
    page.locator(".idle").wait_for(state="hidden")
    page.clock.run_for(2 * MINUTE)
    assert (words.input_value(), page.locator("main").is_visible()) == (STORY, True)
