"""The tablet in the waiting room: one person after another, and the second sees nothing of the first."""

import re

import pytest

from setfair.cases.journey import Stage
from setfair.village.story import case_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
VALUES = "[...document.querySelectorAll('textarea, input:not([type=hidden])')].map(field => field.value).join('')"
KEPT = "Promise.all([caches.keys(), indexedDB.databases()]).then(kept => localStorage.length + sessionStorage.length + kept.flat().length)"
WORDS = "They walk home by the mill"


@pytest.fixture
def codes(world):
    with world.inside():
        story = case_at(world, Stage.PREPARING)
        return {name: world.code_for(getattr(story, name)) for name in ("hana", "rami")}


def shared(visitor):
    visitor.sign_in("cora@school.example").open("/settings/devices/").fill("Where does it stand?", "Waiting room")
    visitor.press("Sign me out and share this device").page.wait_for_url("**/rest/")
    return visitor


def come_in(who, code):
    who.page.get_by_role("textbox").fill(code)
    who.press("Go in").page.wait_for_url("**/g/**")


def all_behind(page):
    """What Back and Forward show, as often as they can be pressed."""
    shown = []
    for step in (page.go_back, page.go_forward):
        for _ in range(page.evaluate("history.length")):
            step()
            page.wait_for_load_state()
            page.wait_for_timeout(100)
            if page.url.startswith("http"):
                shown.append(page.locator("body").inner_text() + page.evaluate(VALUES))
    return shown


@pytest.mark.parametrize("js", [True, False])
def test_two_people_one_after_the_other(world, visit, codes, js):
    tablet = shared(visit(js=js))
    come_in(tablet, codes["hana"])
    assert "Hana" in tablet.page.content()
    tablet.open("/g/other/")
    tablet.page.locator("textarea").first.fill(WORDS)
    tablet.press(re.compile("^Exit"), nth=0).page.wait_for_url("**/rest/")
    for shown in all_behind(tablet.page):
        assert [word for word in ("Hana", WORDS, "Cora", "Settings", codes["hana"]) if word in shown] == []

    tablet.open("/rest/")
    assert tablet.page.evaluate(VALUES) == ""
    come_in(tablet, codes["rami"])
    assert ("Rami" in tablet.page.content(), "Hana" in tablet.page.content()) == (True, False)
    tablet.open("/g/other/")
    assert tablet.page.evaluate(VALUES) == ""
    for shown in all_behind(tablet.page):
        assert [word for word in ("Hana", WORDS) if word in shown] == []
    tablet.open("/account/login/").page.wait_for_url("**/rest/")
    assert tablet.page.locator("input[type=password]").count() == 0
    if js:
        assert tablet.page.evaluate(KEPT) == 0
    assert [cookie["name"] for cookie in tablet.page.context.cookies() if cookie["expires"] > 0] == ["device"]


def test_left_alone_it_counts_down_and_rests_and_one_can_stop_it(world, visit, codes):
    tablet = shared(visit(js=True))
    page = tablet.page
    page.clock.install()
    tablet.open("/rest/")
    come_in(tablet, codes["hana"])
    page.clock.run_for(80_000)
    assert page.is_visible(".idle") is False
    page.clock.run_for(12_000)
    assert page.inner_text(".idle-left") == "It closes in 28 seconds."
    page.get_by_role("button", name="Keep it open").click()
    assert page.is_visible(".idle") is False
    page.clock.run_for(121_000)
    page.wait_for_url("**/rest/")
    assert "Hana" not in page.content()
    assert tablet.open("/g/").page.url.endswith("/rest/")


def test_a_code_half_typed_goes_with_whoever_typed_it(world, visit):
    tablet = shared(visit(js=True))
    tablet.page.clock.install()
    tablet.open("/rest/").page.get_by_role("textbox").fill("7F3K")
    tablet.page.clock.run_for(61_000)
    assert tablet.page.evaluate(VALUES) == ""
