"""A whole circle on three real screens at once, many times and by chance: after each act all of them show what is so.

The lead's console, a student's phone and the phone of somebody who sits there, before the server that `make run` starts. Every act is a press on one
of them: pages turned by both in one moment, a battery that dies with the script in its hand, a phone that sleeps, a break that somebody wishes for.
What each has to show is worked out from the rows, beside the words that the server tells. At the end they sign; now and then somebody leaves before.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Browser

from bench import house, looks
from bench.circle_acts import ACTS, EACH_ONCE
from bench.figure import FULL, SEED, Figure, Plant, Result, Trial, trials
from bench.ledger import Ledger
from bench.signing_screens import sign_or_leave
from bench.three_screens import ANSWER, LEAD, NET, STUDENT, TABLE, Screens
from setfair.cases.journey import Stage
from setfair.conferences import actions as conferences
from setfair.village.build import Village, build
from setfair.village.story import Story, case_at

CIRCLES, ACTS_OF_ONE = (30, 40) if FULL else (2, 24)
TRIED = ("turn", "wish", "pause", "go_on", "sleep", "turn", "wake", "take")
"""What the canary plays."""
PLANTS = (
    Plant("break-told-to-no-one", "pause:", 2),
    Plant("team-only-at-the-table", f"{TABLE} is told:"),
    Plant("wakes-to-what-was", f"wake: {TABLE}"),
)


@dataclass
class Played:
    disagreements: list[str] = field(default_factory=list)
    acts: int = 0
    slowest: float = 0.0


def _circle(village: Village) -> Story:
    story = case_at(village, Stage.SCHEDULED)
    story.begin()
    for person in story.people.values():
        conferences.mark_attendance(story.conference, person, by=story.lead, came=True)
    return story


def _play(home: house.House, browser: Browser, village: Village, chance: random.Random, acts: Sequence[str] = ()) -> Played:
    """One circle; without a list of acts they come by chance, and it is played to its end."""
    played = Played()
    with village.inside():
        story = _circle(village)
        circle = story.conference.pk
    screens = Screens(home, browser, story, circle)
    try:
        for who in (LEAD, STUDENT, TABLE):
            screens.come(who)
        for name in acts or _by_chance(chance):
            if ACTS[name][1](screens, chance):
                played.disagreements += [f"{name}: {said}" for said in screens.disagreements()]
                played.acts += 1
        if not acts:
            played.disagreements += sign_or_leave(screens, chance)
            played.acts += 1
    finally:
        screens.close()
    played.slowest = screens.slowest
    return played


def _by_chance(chance: random.Random) -> Iterator[str]:
    """Each once, between others."""
    names, often = list(ACTS), [many for many, _act in ACTS.values()]
    yield from EACH_ONCE
    yield from chance.choices(names, often, k=ACTS_OF_ONE - len(EACH_ONCE)) if ACTS_OF_ONE > len(EACH_ONCE) else ()


def _measure() -> Result:
    ledger, all_of_them = Ledger("circle"), list(range(CIRCLES))
    with house.fresh_database(), looks.chromium() as browser:
        village = build(with_passwords=False)
        with house.served() as home:
            for number in all_of_them:
                if str(number) not in ledger.found:
                    one = _play(home, browser, village, random.Random(f"{SEED} {number}"))
                    ledger.put(str(number), [one.disagreements, one.acts, one.slowest])
                    print(f"  circle {number + 1}: {one.acts} acts, {len(one.disagreements)} disagreements, slowest {one.slowest:.1f} s", flush=True)
    found = [Played(*ledger.found[str(number)]) for number in all_of_them]
    said = [fault for one in found for fault in one.disagreements]
    for fault in said[:20]:
        print(f"  {fault}")
    acts = sum(one.acts for one in found)
    slowest = max(one.slowest for one in found)
    n = f"{CIRCLES} circles, {acts} acts, each looked at on three screens; the slowest {slowest:.1f} s"
    return Result(str(len(said)), "disagreements of a screen with what is so", not said and acts > 0, n=n, seed=SEED)


def _canary() -> Iterator[Trial]:
    with house.fresh_database(), looks.chromium() as browser:
        village = build(with_passwords=False)

        def faults(plant: str) -> list[str]:
            with house.served(plant) as home:
                return _play(home, browser, village, random.Random(1), TRIED).disagreements

        yield from trials(PLANTS, faults)


FIGURE = Figure(
    name="circle",
    says=f"three real screens of one circle after each act: all show what is so, {NET:g} s after it at the latest and {ANSWER:g} to answer",
    goal="0",
    measure=_measure,
    canary=_canary,
)
