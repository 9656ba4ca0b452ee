"""What people do in a circle, each by a press on a screen of their own; `ACTS` by name, each answers whether it could be done now."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import Locator, Page

from bench.three_screens import LEAD, STUDENT, TABLE, Screens
from setfair.agreements import actions as agreements
from setfair.agreements.models import Agreement
from setfair.conferences.models import ScriptHand

SUBMIT = "(where) => setTimeout(() => { const form = document.querySelector(where); form.requestSubmit(form.querySelector('button')); }, 50)"
NEXT, EARLIER = 'form[data-shows="mine page.later"]', 'form[data-shows="mine page.earlier"]'
TAKE = 'form[data-hides="mine"][action$="/hand/"]'
FEW = 4
"""Promises of one circle."""
Act = Callable[[Screens, random.Random], bool]


def holder(screens: Screens) -> str:
    with screens.story.village.inside():
        hand = ScriptHand.objects.filter(conference=screens.circle).select_related("user").latest("number")
    return STUDENT if hand.user.email.startswith("ines") else LEAD


def _shown(page: Page, where: str) -> list[Locator]:
    return [found for found in page.locator(where).all() if found.is_visible()]


def _press_one(screens: Screens, who: str, where: str, chance: random.Random) -> bool:
    found = _shown(screens.open[who], where) if who in screens.open else []
    if not found:
        return False
    screens.press(who, chance.choice(found))
    return True


def turn(screens: Screens, chance: random.Random) -> bool:
    """On, and now and then back."""
    where = NEXT if chance.random() < 0.75 else EARLIER
    return _press_one(screens, holder(screens), f"{where} button", chance) or _press_one(screens, holder(screens), f"{EARLIER} button", chance)


def jump(screens: Screens, chance: random.Random) -> bool:
    who = holder(screens)
    if who not in screens.open:
        return False
    screens.open[who].locator("summary", has_text="Go to a page").click()
    return _press_one(screens, who, '.disclosure-body form[action$="/turns/"] button', chance)


def take(screens: Screens, chance: random.Random) -> bool:
    """Whoever does not hold the script takes it."""
    return _press_one(screens, STUDENT if holder(screens) == LEAD else LEAD, f"{TAKE} button", chance)


def _both(screens: Screens, lead: str, student: str) -> bool:
    """Pressed in the same moment; whoever comes second may be told so, and goes on from there."""
    if not {LEAD, STUDENT} <= set(screens.open):
        return False
    pressed = ((screens.open[LEAD], lead), (screens.open[STUDENT], student))
    for page, where in pressed:
        page.evaluate("() => { window.before = true; }")
        page.evaluate(SUBMIT, where)
    for page, _where in pressed:
        page.wait_for_function("() => !window.before && document.readyState === 'complete'")
    return True


def both_turn(screens: Screens, _chance: random.Random) -> bool:
    """Also by the one whose button is gone a moment later."""
    return _both(screens, NEXT, NEXT)


def turned_and_taken(screens: Screens, _chance: random.Random) -> bool:
    return _both(screens, *((NEXT, TAKE) if holder(screens) == LEAD else (TAKE, NEXT)))


def speaks(screens: Screens, chance: random.Random) -> bool:
    return _press_one(screens, holder(screens), ".voices button", chance)


def wish(screens: Screens, chance: random.Random) -> bool:
    return _press_one(screens, TABLE, 'form[action$="/break/"] button', chance)


def heard(screens: Screens, chance: random.Random) -> bool:
    return _press_one(screens, chance.choice([LEAD, STUDENT]), 'form[action$="/wish/"] button', chance)


def pause(screens: Screens, chance: random.Random) -> bool:
    """Whoever called it reads the page for a break, and looks back at the script."""
    who = chance.choice([who for who in (LEAD, STUDENT) if who in screens.open])
    pressed = _press_one(screens, who, 'form[action$="/pause/begin/"] button', chance)
    screens.open[who].goto(screens.address(who))
    return pressed


def go_on(screens: Screens, chance: random.Random) -> bool:
    return _press_one(screens, chance.choice([LEAD, STUDENT]), 'form[action$="/pause/end/"] button', chance)


def promise(screens: Screens, _chance: random.Random) -> bool:
    """Written at the table, on a machine of its own."""
    story = screens.story
    with story.village.inside():
        started = Agreement.objects.filter(conference=screens.circle).first()
        draft = started or agreements.draft(story.case, by=story.lead, conference=story.conference)
        number = draft.items.count() + 1
        if number > FEW:
            return False
        what = {"what": f"I will write letter {number}.", "due_on": date.today() + timedelta(days=7 * number), "proof_wanted": "Handed over."}
        agreements.promise(draft, by=story.lead, owner=story.rami, owed_to=story.hana, **what)
    return True


def sleep(screens: Screens, _chance: random.Random) -> bool:
    """The phone goes dark, and its line with it, without a word."""
    if TABLE not in screens.open or screens.asleep is not None:
        return False
    screens.asleep = screens.open.pop(TABLE)
    screens.asleep.evaluate("window.lines.at(-1).close()")
    return True


def wake(screens: Screens, _chance: random.Random) -> bool:
    if screens.asleep is None:
        return False
    screens.open[TABLE], screens.asleep = screens.asleep, None
    screens.open[TABLE].evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    return True


def battery(screens: Screens, chance: random.Random) -> bool:
    """The lead's phone dies with the script in its hand; the student goes on."""
    if LEAD not in screens.open:
        return False
    screens.leave(LEAD)
    return holder(screens) == STUDENT or take(screens, chance)


def charged(screens: Screens, _chance: random.Random) -> bool:
    if LEAD in screens.open:
        return False
    screens.come(LEAD)
    return True


def _marked(screens: Screens, name: str, came: str) -> bool:
    if LEAD not in screens.open:
        return False
    page = screens.open[LEAD]
    arrivals = page.locator("details", has=page.locator('form[action$="/arrivals/"]')).first
    if arrivals.get_attribute("open") is None:
        arrivals.locator("summary").first.click()
    screens.press(LEAD, arrivals.get_by_role("button", name=f"{came} {name}"))
    return True


def steps_out(screens: Screens, _chance: random.Random) -> bool:
    """Whoever came with the person harmed is not here for a while: every line of the circle ends, and is asked for again."""
    return _marked(screens, "Sol", "Not here")


def comes_back(screens: Screens, _chance: random.Random) -> bool:
    return _marked(screens, "Sol", "Came, and still wants to")


ACTS: dict[str, tuple[int, Act]] = {
    "turn": (8, turn), "jump": (3, jump), "take": (3, take), "both_turn": (2, both_turn), "turned_and_taken": (2, turned_and_taken),
    "speaks": (4, speaks), "wish": (2, wish), "heard": (2, heard), "pause": (2, pause), "go_on": (2, go_on), "promise": (2, promise),
    "sleep": (2, sleep), "wake": (3, wake), "battery": (1, battery), "charged": (3, charged),
    "steps_out": (1, steps_out), "comes_back": (1, comes_back),
}  # fmt: skip
"""How often each is done beside the others."""
EACH_ONCE = (
    "turn", "turned_and_taken", "both_turn", "speaks", "wish", "heard", "pause", "sleep", "go_on", "jump", "wake", "promise", "steps_out",
    "comes_back", "battery", "turn", "charged", "take",
)  # fmt: skip
"""In an order in which each can be done."""
