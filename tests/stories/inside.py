"""What is done and seen about somebody in a closed place, who has paper and visits and no screen; and about an order with its days."""

from __future__ import annotations

import re
from datetime import timedelta

from setfair.core import clock
from setfair.people.models import Contact, Visit
from setfair.sheets.foot import foot_of
from setfair.village.time import today

from .conftest import Visitor
from .seen import Seen

HOURS = ("08:00", "21:00")


class Inside(Seen):
    # What happens

    def in_a_closed_place(self, key: str, lead_days: str) -> None:
        who = self._custody(key).fill("Name of the place", "Marsh County Jail").fill("Its address, for letters", "1 Long Road")
        for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"):
            who.choose(day)
        who.fill("Visits from", HOURS[0]).fill("Visits until", HOURS[1])
        who.fill("How many days before do they want to know who comes?", lead_days)
        who.fill("Day of release, if it is known", (today(self.programme) + timedelta(days=10)).isoformat()).press("Save")

    def visit_planned(self, key: str) -> None:
        page = self._custody(key).page
        day = today(self.programme) + timedelta(days=7)
        day += timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
        page.locator("summary", has_text="Plan a visit").click()
        with self.lead.within(page.locator("form#visit")) as who:
            who.fill("Which day?", day.isoformat()).fill("From", "10:00").fill("Until", "11:00").press("Plan this visit")

    def place_asked(self, key: str) -> None:
        self._custody(key).press("I asked the place")

    def given_everything_on_paper(self, key: str) -> None:
        """The answer to the press is the paper itself, to be printed."""
        page = self.lead.open(f"/people/{self.participation(key).pk}/pack/").page
        form = page.locator("form:has(input[name=size])")
        sent = {"csrfmiddlewaretoken": form.locator("input[name=csrfmiddlewaretoken]").get_attribute("value"), "size": "18", "language": "en"}
        answer = page.request.post(page.url, form=sent, headers={"Referer": page.url})
        self._is(answer.headers["content-type"] == "application/pdf", f"no paper came, but {answer.status}")

    def slip_typed_in(self, key: str, answer: str, seen_by: str) -> None:
        """What they ticked in there, typed in for them out here."""
        who = self._slip(key)
        who.page.locator("input[name=method][value=paper]").check()
        with self.village.inside(self.programme):
            foot = foot_of(self.participation(key), "en")
        who.fill("Which mark stands at the foot of their paper?", foot)
        who.fill("Which day?", today(self.programme).isoformat()).fill("Who saw it?", seen_by)
        who.page.locator(f"input[name='me.take_part'][value={answer}]").check()
        for name in ("me.notes", "me.outcome", "part"):
            ticked = who.page.locator(f"input[name='{name}'][value=yes]")
            if ticked.count():
                ticked.check()
        who.press("Write it down")

    def comes_out(self, key: str) -> None:
        page = self._custody(key).page
        page.locator("summary", has_text="They are not there any more").click()
        page.locator("input[name=how][value=out]").check()
        self.lead.press("Write it down")

    def kept_apart_by_an_order(self, one: str, other: str, days: str) -> None:
        """An order of a court between two, of which the paper was seen, with its last day."""
        page = self.at_case(self.coordinator, "people/").page
        page.locator("summary", has_text="Keep two people apart").click()
        with self.coordinator.within(page.locator("form[action$='/no-contact/']")) as who:
            for name, key in (("one", one), ("other", other)):
                who.here.locator(f"select[name={name}]").select_option(label=self.someone(key).called)
            who.here.locator("input[name=by_order]").check()
            who.press("Keep them apart")
        page = self.at_case(self.coordinator, "no-contact/paper/").page
        page.locator("select[name=wall]").select_option(index=1)
        page.locator("select[name=kind]").select_option("court")
        page.locator("select[name=seen]").select_option("paper")
        for box in page.locator("input[name=bars]").all():
            box.check()
        self.coordinator.fill("Last day", (today(self.programme) + timedelta(days=int(days))).isoformat()).press("Save")

    def order_looked_at_and_ended(self) -> None:
        page = self.at_case(self.coordinator, "people/").page
        with self.coordinator.within(page.locator("form[action$='/no-contact/over/']")) as who:
            who.press("This is over")

    # What must be seen

    def then_no_code_is_made_for(self, key: str) -> None:
        self.person(self.lead, key).press("New code")
        self._has(self.lead, "no code and no link goes there", f"the page of {key}")

    def then_no_way_of_their_own_is_left(self, key: str) -> None:
        with self.village.inside(self.programme):
            ways = set(Contact.objects.filter(person=self.participation(key).person_id, ended_at__isnull=True).values_list("way", flat=True))
        self._is(ways <= {"post"}, f"still reached by {sorted(ways)}")

    def then_today_is_silent_on(self, words: str) -> None:
        self._lacks(self.coordinator.open("/today/"), words, "Today")

    def then_the_day_lies_in_the_hours_of_the_place(self, lead_days: str) -> None:
        [booking] = self._live()
        begins = clock.local(booking.starts_at, self.programme.zone)
        first = today(self.programme) + timedelta(days=int(lead_days))
        self._is(begins.weekday() < 5 and begins.date() >= first, f"it is booked for {begins:%A %d %B}")

    def then_no_visit_is_left(self) -> None:
        with self.village.inside(self.programme):
            self._is(not Visit.objects.filter(off_at__isnull=True).exists(), "a visit is still planned")

    def _custody(self, key: str) -> Visitor:
        return self.lead.open(f"/people/{self.participation(key).pk}/custody/")

    def _slip(self, key: str) -> Visitor:
        who = self.lead.open(f"/people/{self.participation(key).pk}/slip/")
        self._is(re.search(r"Which mark stands at the foot", who.text()) is not None, "nobody asks for the mark of the paper")
        return who
