"""Plays a case that is told in a file: each step is a method, each check another, and both only do and see what people can.

`then ...` steps are checks. A step that cannot be done, and a check that finds
something else, say in words what was on the screen.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from setfair.core import clock
from setfair.village.time import at, today

from .agreeing import Agreeing
from .asking import ask, refer
from .conftest import Visitor
from .seen import WentOtherwise
from .told import Told

TEAMS = {
    "school": (("Fadi Brandt", "lead"), ("Ines Okafor", "student facilitator"), ("Malik Vane", "student facilitator")),
    "county": (("Lena Marsh", "lead"), ("Cole Whitby", "co-facilitator")),
}


@dataclass
class Played(Agreeing):
    told: Told | None = None
    clocks: ExitStack = field(default_factory=ExitStack)

    @property
    def _told(self) -> Told:
        assert self.told is not None
        return self.told

    def play(self) -> int:
        """Every step in its order; answers with how many checks held."""
        with self.clocks:
            for step, *words in self._told.steps:
                try:
                    self.verb(step)(*words)
                except WentOtherwise:
                    raise
                except Exception as fault:
                    raise WentOtherwise(f"“{step}” {words} could not be done: {fault}") from fault
        return self._told.checks

    def verb(self, step: str) -> Callable[..., object]:
        name = step.replace(" ", "_")
        if not hasattr(self, name):
            raise WentOtherwise(f"No step is called “{step}”.")
        verb: Callable[..., object] = getattr(self, name)
        return verb

    @property
    def slug(self) -> str:
        return str(self.programme.slug)

    # What happens

    def asked(self) -> None:
        hurt, did = (next((one.first for one in self.circle if one.seat == seat), "Somebody") for seat in ("harmed", "responsible"))
        self.asker_code = ask(self.visit(phone=True), self.slug, hurt, did)

    def asked_only_to_talk(self, story: str) -> None:
        """Whoever asks wants to learn more first; the words come in whatever script they are written."""
        self.asker_code = ask(self.visit(phone=True), self.slug, self.circle[0].first, self.circle[1].first, "Talk to someone first", story)

    def talk_offered(self) -> None:
        self.coordinator.open("/requests/R-1001/talk/")
        hour = (today(self.programme) + timedelta(days=3)).isoformat() + "T15:30"
        self.coordinator.fill("First time", hour)
        self.coordinator.page.locator("input[name=holder]").first.check()
        self.coordinator.press("Offer these times")

    def talk_chosen(self) -> None:
        who = self._asker()
        who.page.locator("input[name=time]").first.check()
        who.press("Choose this time")

    def talk_held(self, after: str) -> None:
        self.coordinator.open("/requests/R-1001/talk/").press("Open it").press("Yes, we talked")
        self.coordinator.page.locator(f"input[name=after][value={after}]").check()
        self.coordinator.press("Write it down")

    def referred(self) -> None:
        self.asker_code = refer(self.visit(), next(one.name for one in self.circle if one.seat == "responsible"))

    def accepted(self) -> None:
        self.accept("R-1001")

    def declined(self, reason: str) -> None:
        page = self.coordinator.open("/requests/R-1001/").page
        form = page.locator("form[action$='/decline/']")
        opened = page.locator("details").filter(has=form)
        if opened.count():
            opened.first.locator("summary").first.click()
        form.locator(f"[value={reason}]").first.check()
        with self.coordinator.within(form) as who:
            who.press_this(form.get_by_role("button").last)

    def all_added(self) -> None:
        for someone in self.circle:
            self.add(someone)

    def done_by(self, way: str) -> None:
        page = self.at_case(self.coordinator, "route/").page
        page.locator(f"input[name=how][value={way}]").check()
        page.locator("input[name=why]").first.check()
        self.coordinator.press("Do it this way")

    def writes(self, key: str, words: str) -> None:
        who = self.people[key].open("/g/exchange/write/")
        who.page.locator("input[name=meant]").first.check()
        who.fill("What do you want to say?", words).press("It is ready")

    def given_back(self, key: str, words: str) -> None:
        page = self._piece_of(key).page
        page.locator("summary", has_text="Give it back").click()
        page.locator("input[name=why]").first.check()
        self.lead.fill("A few kind words", words).press("Give it back")

    def written_again(self, key: str, words: str) -> None:
        who = self.people[key].open("/g/exchange/")
        who.press_this(who.page.locator("main .card a").first)
        who.fill("What do you want to say?", words).press("It is ready")

    def kept_in_trust(self, key: str, receiver: str) -> None:
        self._piece_of(key).choose(re.compile(self.someone(receiver).first)).press("Keep it in trust")

    def offered(self, key: str) -> None:
        self._piece_of(key).press("Let them know")

    def chooses(self, key: str, answer: str) -> None:
        who = self.people[key].open("/g/exchange/")
        who.press_this(who.page.locator("main .card a").first)
        who.press(answer)

    def _piece_of(self, key: str) -> Visitor:
        return self.at_case(self.lead, "exchanges/").press(self.someone(key).first)

    def team_assigned(self) -> None:
        for name, part in TEAMS[self._told.programme]:
            self.assign(name, part)

    def met(self, key: str) -> None:
        self.meet(key)

    def met_without_owning_it(self, key: str) -> None:
        self.meet(key, owns=False)

    def invited(self, key: str) -> None:
        self.invite(key)
        self.come_in(key)

    def comes_in_again(self, key: str) -> None:
        self.come_in(key)

    def all_met_and_invited(self) -> None:
        for someone in self.circle:
            self.meet(someone.key)
            self.invited(someone.key)

    def says(self, key: str, answer: str) -> None:
        self._answers(key, "/g/choice/", answer)

    def says_for(self, key: str, answer: str) -> None:
        self._answers(key, "/g/choice/child/", answer)

    def _answers(self, key: str, page: str, answer: str) -> None:
        if answer == "yes":
            self.say_yes(key, for_child=page.endswith("child/"))
            return
        who = self.people[key].open(page)
        who.press_this(who.page.get_by_role("button", name=answer.capitalize(), exact=False).first)
        for sure in ("Yes, this is right", "Continue"):
            while who.page.get_by_role("button", name=sure).count():
                who.press(sure)

    def stops(self, key: str) -> None:
        self.people[key].open("/g/").press("Change my mind").press("Stop for now")

    def lets_go(self, key: str) -> None:
        page = self.person(self.coordinator, key).page
        page.locator("summary", has_text="They leave the case").click()
        self.coordinator.press("Yes, they leave")

    def birthday_noted(self, key: str) -> None:
        day = self._told.birthdays[key].isoformat()
        self.person(self.coordinator, key).page.locator("summary", has_text="When they turn 18").click()
        self.coordinator.fill("When do they turn 18?", day).press("Save this day")

    def turns_out_to_be(self, key: str, seat: str) -> None:
        """Their place is corrected: they are somebody else here than we thought."""
        self.coordinator.open(f"/people/{self.participation(key).pk}/details/")
        page = self.coordinator.page
        with self.coordinator.within(page.locator("form[action$='/place/']")) as who:
            who.choose(re.compile(seat, re.IGNORECASE)).pick("Stands by", "Nobody").press("Save the place")

    def also(self, key: str) -> None:
        """They were hurt, and did something too: one place, on both sides."""
        self.coordinator.open(f"/people/{self.participation(key).pk}/details/")
        with self.coordinator.within(self.coordinator.page.locator("form[action$='/place/']")) as who:
            who.here.locator("input[name=both]").check()
            who.press("Save the place")

    def interpreter_booked(self, key: str, by: str, language: str) -> None:
        page = self._needs_of(key).page
        page.locator("select[name=kind]").select_option("interpreter")
        page.locator("input[name=state][value=booked]").check()
        page.locator("select[name=language]").select_option(language)
        page.locator("select[name=interpreter]").select_option(label=self.someone(by).first)
        page.locator("input[name=no_kin]").check()
        self.coordinator.press("Save")

    def tries_to_mark_ready(self) -> None:
        self.at_case(self.lead, "ready/")
        if self.lead.page.get_by_role("button", name="Mark ready").count():
            self.lead.press("Mark ready")

    def marked_ready(self) -> None:
        self.tries_to_mark_ready()
        if self.case.stage != "ready":
            raise WentOtherwise(f"It is not ready: {self.lead.text().replace(chr(10), ' ')[-900:]}")

    def booked(self) -> None:
        self.book_first()

    def the_morning_of_the_day(self) -> None:
        """From here on it is three hours before they meet."""
        self._then_it_is(self._live()[0].during.lower - timedelta(hours=3))

    def days_pass(self, days: str) -> None:
        self._then_it_is(clock.now() + timedelta(days=int(days)))

    def _then_it_is(self, moment: datetime) -> None:
        """Every stay is over by then, and all come in again."""
        self.clocks.enter_context(at(moment))
        self.lead.sign_in(self.lead_email)
        self.coordinator.sign_in(self.coordinator_email)
        for key in list(self.people):
            self.come_in(key)
