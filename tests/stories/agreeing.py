"""What is done and seen where people agree without a meeting: one side reads and signs first, and the other once it is passed on."""

from __future__ import annotations

import re

from .inside import Inside


class Agreeing(Inside):
    # What happens

    def promise_written(self, key: str, what: str, other: str) -> None:
        self.promise(self.someone(key).called or self.someone(key).first, what, self.someone(other).called or self.someone(other).first, 14)

    def laid_before(self, side: str) -> None:
        """Who reads it first, by what they are here."""
        page = self.at_case(self.lead, "agreement/").page
        page.locator(f"input[name=first][value={side}]").check()
        self.lead.press("Let them read and sign")

    def signs(self, key: str) -> None:
        self.find_fair(key)
        self.sign(key, self.someone(key).name)

    def signs_on_paper(self, key: str) -> None:
        """They have no screen; the facilitator has the paper in their hands."""
        name = self.someone(key).first
        self.said_fair(name)
        page = self.at_case(self.lead, "agreement/").page
        form = page.locator("form[action*='/paper-signature/']").first
        opened = page.locator("details").filter(has=form)
        if opened.count():
            opened.first.locator("summary").first.click()
        with self.lead.within(form) as who:
            who.fill("Name as it is written there", name).press_this(form.get_by_role("button").last)

    def passed_on(self) -> None:
        self.at_case(self.lead, "agreement/").press("Pass it on")

    # What must be seen

    def then_their_agreement_says(self, key: str, words: str) -> None:
        who = self.people[key].open("/g/").press(re.compile("what everyone said|agree", re.IGNORECASE))
        self._has(who, words, f"the agreement before {key}")

    def then_the_agreement_page_says(self, words: str) -> None:
        self._has(self.at_case(self.lead, "agreement/"), words, "the agreement of the team")
