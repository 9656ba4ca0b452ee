"""Two tabs of one browser: whoever leaves in one has left in the other, and no word stays on the screen."""

from __future__ import annotations

import pytest

from setfair.cases.journey import Stage
from setfair.village.story import case_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEPT = "Promise.all([caches.keys(), indexedDB.databases()]).then(kept => localStorage.length + sessionStorage.length + kept.flat().length)"
WORDS = "They walk home by the mill"


@pytest.fixture
def story(world):
    with world.inside():
        return case_at(world, Stage.PREPARING)


def asked_and_stayed(route):
    """The server hears of it; the page it leads to is outside, and this machine may have no way there."""
    route.fetch(max_redirects=0)
    route.fulfill(body="Light rain.", content_type="text/html")


def test_somebody_of_the_circle_leaves_in_one_tab(world, visit, story):
    hana = visit(js=True, phone=True)
    with world.inside():
        code = world.code_for(story.hana)
    hana.open("/code/").page.get_by_role("textbox").fill(code)
    hana.page.get_by_role("button").last.click()
    hana.page.wait_for_url("**/g/**")
    other = hana.page.context.new_page()
    other.goto(hana.address + "/g/other/")
    other.locator("textarea").first.fill(WORDS)
    shown = []
    for medium in ("screen", "print"):
        other.emulate_media(media=medium)
        shown.append((other.locator("a.exit").first.is_visible(), other.locator("a.skip").first.is_visible()))
    other.emulate_media(media="screen")
    assert shown == [(True, True), (False, False)]
    hana.page.context.route("**/exit/**", asked_and_stayed)
    hana.page.locator("a.exit").first.click(no_wait_after=True)
    for page in (hana.page, other):
        page.get_by_text("Light rain.").wait_for(timeout=10_000)
    other.goto(hana.address + "/g/other/")
    assert (other.url.endswith("/code/"), WORDS in other.content(), other.evaluate(KEPT)) == (True, False, 0)


def test_somebody_of_the_team_signs_out_in_one_tab_and_both_their_pages_are_neutral(world, visit, story):
    cora = visit(js=True).sign_in("cora@school.example")
    cora.open("/today/")
    other, third = cora.page.context.new_page(), cora.page.context.new_page()
    other.goto(f"{cora.address}/cases/{story.case.ref}/people/")
    third.goto(f"{cora.address}/account/sessions/")
    assert story.case.ref in other.content()
    cora.page.locator(".menu summary").last.click()
    cora.page.get_by_role("button", name="Sign out").click(no_wait_after=True)
    for page in (cora.page, other, third):
        page.wait_for_url(cora.address + "/", timeout=10_000)
        assert [word for word in (story.case.ref, "Cora", "Hana") if word in page.content()] == []
    other.goto(f"{cora.address}/cases/{story.case.ref}/people/")
    assert ("/account/login/" in other.url, other.evaluate(KEPT)) == (True, 0)


@pytest.fixture
def half_written(world, visit):
    """Cora with a page on which she wrote half of it, and another tab beside it."""
    cora = visit(js=True).sign_in("cora@school.example")
    cora.open("/requests/new/")
    field = cora.page.locator("main textarea, main input[type=text]").first
    field.fill(WORDS)
    return cora, field, cora.page.context.new_page()


def is_blank(page):
    return page.evaluate("document.documentElement.classList.contains('leaving')")


def test_a_sign_out_that_does_not_happen_takes_no_word(half_written):
    cora, field, other = half_written
    title = cora.page.title()
    other.goto(cora.address + "/account/logout/")
    other.route("**/account/logout/", lambda asked: asked.abort())
    other.locator("main form button").click(no_wait_after=True)
    cora.page.locator("html.leaving").wait_for(state="attached")
    assert cora.page.title() == ""
    cora.page.locator("main").wait_for(timeout=20_000)
    assert (field.is_visible(), field.input_value(), cora.page.title()) == (True, WORDS, title)


def test_a_device_that_is_not_shared_after_all_leaves_the_other_tabs_alone(half_written):
    cora, field, other = half_written
    other.goto(cora.address + "/settings/devices/")
    other.get_by_role("button", name="Sign me out and share this device").click()
    other.locator(".summary").wait_for()
    assert (is_blank(cora.page), field.is_visible(), field.input_value()) == (False, True, WORDS)


def test_a_sign_out_that_happens_takes_the_words_with_it(half_written):
    cora, _field, other = half_written
    other.goto(cora.address + "/account/logout/")
    other.locator("main form button").click(no_wait_after=True)
    cora.page.wait_for_url(cora.address + "/", timeout=10_000)
    cora.page.go_back()
    assert ("/account/login/" in cora.page.url, WORDS in cora.page.content()) == (True, False)


def test_a_device_that_is_shared_takes_them_with_it(half_written):
    cora, _field, other = half_written
    other.goto(cora.address + "/settings/devices/")
    other.get_by_label("Where does it stand?").fill("Waiting room")
    other.get_by_role("button", name="Sign me out and share this device").click()
    for page in (other, cora.page):
        page.wait_for_url("**/rest/", timeout=10_000)
        assert WORDS not in page.content()


def test_who_had_wanted_to_sign_in_does_not_stand_there_after_back(world, visit):
    cora = visit(js=True)
    cora.open("/code/").open("/account/login/")
    login = cora.page.locator("main input[type=email], main input[name=login]")
    login.fill("cora@school.example")
    cora.page.go_back()
    cora.page.go_forward()
    cora.page.wait_for_load_state()
    assert (cora.page.url.endswith("/account/login/"), login.input_value()) == (True, "")


def test_the_page_with_one_button_leads_away_too(world, visit):
    """An answer to a form leads to no other site by itself."""
    cora = visit(js=False).sign_in("cora@school.example")
    cora.open("/exit/")
    assert "Do you want to leave?" in cora.text()
    with cora.page.expect_request(lambda asked: not asked.url.startswith(cora.address)):
        cora.page.locator("main button").click(no_wait_after=True)
    cora.page = cora.page.context.new_page()
    cora.open("/today/").page.wait_for_url("**/account/login/**")
