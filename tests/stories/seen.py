"""What must be seen while a case is played: each check looks at a screen as somebody of the case, and says in words what it found instead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from setfair.cases.models import Case
from setfair.scheduling.models import Booking
from setfair.village.time import today

from .by_hand import ByHand
from .conftest import Visitor


class WentOtherwise(AssertionError):
    """A check found something else than the file says."""


@dataclass
class Seen(ByHand):
    asker_code: str = ""

    def then_it_stands_at(self, stage: str) -> None:
        self._is(self.case.stage == stage, f"it stands at {self.case.stage}, not at {stage}")

    def then_the_board_names(self, words: str) -> None:
        self._has(self.at_case(self.lead, "ready/"), words, "the board")

    def then_the_board_is_silent_on(self, words: str) -> None:
        self._lacks(self.at_case(self.lead, "ready/"), words, "the board")

    def then_the_board_cannot_set_aside(self, words: str) -> None:
        page = self.at_case(self.coordinator, "ready/").page
        offered = page.locator("form[action$='/aside/']").all_inner_texts()
        self._is(not any(words in text for text in offered), f"“{words}” could be set aside")

    def then_the_board_in_days_names(self, days: str, words: str) -> None:
        self._has(self._board_in(days), words, f"the board of the day in {days} days")

    def then_the_board_in_days_is_green(self, days: str) -> None:
        self._has(self._board_in(days), "Everyone is ready for", f"the board of the day in {days} days")

    def then_their_exchange_says(self, key: str, words: str) -> None:
        self._has(self.people[key].open("/g/exchange/"), words, f"the exchange page of {key}")

    def then_their_exchange_hides(self, key: str, words: str) -> None:
        self._lacks(self.people[key].open("/g/exchange/"), words, f"the exchange page of {key}")

    def then_they_read(self, key: str, words: str) -> None:
        self._has(self.people[key], words, f"the page before {key}")

    def then_the_coordinator_reads(self, words: str) -> None:
        self._has(self.coordinator.open("/requests/R-1001/"), words, "the request")

    def then_nobody_can_interpret_but(self, key: str, only: str) -> None:
        offered = self._needs_of(key).page.locator("select[name=interpreter] option").all_inner_texts()
        self._is(offered[1:] == [self.someone(only).first], f"as interpreters are offered {offered}")

    def then_home_says(self, key: str, words: str) -> None:
        self._has(self.people[key].open("/g/"), words, f"the home of {key}")

    def then_home_hides(self, key: str, words: str) -> None:
        self._lacks(self.people[key].open("/g/"), words, f"the home of {key}")

    def then_today_names(self, words: str) -> None:
        self._has(self.coordinator.open("/today/"), words, "Today")

    def then_nothing_is_booked(self) -> None:
        self._is(not self._live(), "a time is still booked")

    def then_nothing_was_opened(self) -> None:
        with self.village.inside(self.programme):
            self._is(not Case.objects.exists(), "a case was opened")

    def then_the_asker_reads(self, words: str) -> None:
        self._has(self._asker(), words, "the page of whoever asked")

    def then_the_asker_does_not_read(self, words: str) -> None:
        self._lacks(self._asker(), words, "the page of whoever asked")

    def _needs_of(self, key: str) -> Visitor:
        return self.coordinator.open(f"/people/{self.participation(key).pk}/arrangements/")

    def _board_in(self, days: str) -> Visitor:
        day = today(self.programme) + timedelta(days=int(days))
        return self.lead.open(f"/cases/{self.ref}/ready/?on={day.isoformat()}")

    def _asker(self) -> Visitor:
        who = self.visit(phone=True).open("/code/")
        who.page.get_by_role("textbox").first.fill(self.asker_code)
        return who.press("Go in")

    def _live(self) -> list[Booking]:
        with self.village.inside(self.programme):
            return list(Booking.objects.filter(case__ref=self.ref, released_at__isnull=True))

    def _has(self, who: Visitor, words: str, where: str) -> None:
        self._is(_flat(words) in _flat(who.text()), f"{where} does not say “{words}”, but: {who.text()[:600]}")

    def _lacks(self, who: Visitor, words: str, where: str) -> None:
        self._is(_flat(words) not in _flat(who.text()), f"{where} says “{words}”")

    def _is(self, held: bool, otherwise: str) -> None:
        if not held:
            raise WentOtherwise(otherwise)


def _flat(words: str) -> str:
    return re.sub(r"\s+", " ", words).casefold()
