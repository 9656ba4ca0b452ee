"""The end of a circle: it is written down, and everyone signs, or somebody leaves before."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date, timedelta

from bench.three_screens import LEAD, LED_HOME, TABLE, Screens
from setfair.agreements import actions as agreements
from setfair.agreements.journey import Stage
from setfair.agreements.models import Agreement, Signature
from setfair.conferences import actions as conferences
from setfair.village.story import Story


def sign_or_leave(screens: Screens, chance: random.Random) -> list[str]:
    """Everyone but one signs beside the screens, and that one on her own phone, or not at all."""
    story, leaves = screens.story, chance.random() < 0.5
    if screens.asleep is not None:
        screens.open[TABLE], screens.asleep = screens.asleep, None
        screens.open[TABLE].reload()
    if LEAD not in screens.open:
        screens.come(LEAD)
    with story.village.inside():
        _all_are_here(story)
        conferences.conclude(story.conference, by=story.lead)
    told = [f"end: {said}" for said in screens.disagreements(LED_HOME)]
    if leaves:
        screens.leave(TABLE)
    with story.village.inside():
        _written(story)
        for key, person in story.people.items():
            if key != "hana":
                agreements.sign(
                    story.agreement, by=story.me(key), participation=person, method=Signature.Method.OWN_DEVICE, typed_name=person.person.shown
                )
    if not leaves:
        _signs(screens)
    return told + [f"sign: {said}" for said in _wrong(screens, leaves)]


def _all_are_here(story: Story) -> None:
    for person in story.people.values():
        conferences.welcome(story.conference, person, by=story.lead)


def _written(story: Story) -> None:
    draft = Agreement.objects.filter(conference=story.conference).first() or agreements.draft(story.case, by=story.lead, conference=story.conference)
    if not draft.items.exists():
        day = date.today() + timedelta(days=7)
        agreements.promise(
            draft, by=story.lead, owner=story.rami, owed_to=story.hana, what="I will write a letter.", due_on=day, proof_wanted="Handed over."
        )
    agreements.present(draft, by=story.lead)
    story.find_fair()


def _signs(screens: Screens) -> None:
    page = screens.open[TABLE]
    with screens.story.village.inside():
        name = screens.story.hana.person.shown
    page.goto("/g/")
    page.get_by_role("link", name=re.compile("what everyone said|agree", re.IGNORECASE)).first.click()
    for box in page.locator('form[action$="/signatures/"] input[type=checkbox]').all():
        box.check()
    page.locator('form[action$="/signatures/"] input[name=typed_name]').fill(name)
    screens.press(TABLE, page.locator('form[action$="/signatures/"] button').last)


def _wrong(screens: Screens, left: bool) -> Iterator[str]:
    """In the rows, on the console and on the phone, also of whoever comes back later."""
    story = screens.story
    with story.village.inside():
        agreement = story.agreement
        signed = Signature.objects.filter(agreement=agreement).count()
    stage = agreement.stage
    if (stage, signed) != ((Stage.SIGNING, 3) if left else (Stage.IN_FORCE, 4)):
        yield f"the rows say {stage} with {signed} signatures"
    console = screens.open[LEAD]
    console.goto(f"/cases/{story.case.ref}/agreement/")
    if console.get_by_text("Everyone has signed.").first.is_visible() == left:
        yield f"{LEAD} says otherwise"
    if left:
        screens.come(TABLE)
    phone = screens.open[TABLE]
    phone.goto(f"/g/agreement/{agreement.pk}/")
    if phone.locator('form[action$="/signatures/"]').count() != int(left):
        yield f"{TABLE} {'cannot sign any more' if left else 'is asked to sign again'}"
