"""One case, by hand, as people would do it: each in their own browser, by the words they see. Used by the stories of both programmes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import F
from django.urls import reverse

from setfair.cases.models import Case, Participation
from setfair.conferences.models import Conference
from setfair.programmes.models import Programme
from setfair.scheduling.models import Booking
from setfair.village.build import Village
from setfair.village.cast import CIRCLE, Someone
from setfair.village.time import at, today

from .conftest import Visitor

CODE = re.compile(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}")
SEATS = {
    "harmed": "Person harmed",
    "responsible": "Person responsible",
    "supporter": "Support person",
    "guardian": "Parent or guardian",
    "interpreter": "Interpreter",
    "affected": "Affected by it",
    "community": "Community member",
}


@dataclass
class ByHand:
    """A case told in browsers. `codes` are the codes that people were handed on paper."""

    village: Village
    programme: Programme
    visit: Callable[..., Visitor]
    coordinator: Visitor
    lead: Visitor
    ref: str = ""
    codes: dict[str, str] = field(default_factory=dict)
    people: dict[str, Visitor] = field(default_factory=dict)
    circle: tuple[Someone, ...] = CIRCLE

    def someone(self, key: str) -> Someone:
        return next(one for one in self.circle if one.key == key)

    @property
    def case(self) -> Case:
        with self.village.inside(self.programme):
            return Case.objects.get(ref=self.ref)

    def at_case(self, who: Visitor, tab: str = "") -> Visitor:
        return who.open(f"/cases/{self.ref}/{tab}")

    def participation(self, key: str) -> Participation:
        """The place that they have now."""
        with self.village.inside(self.programme):
            places = (
                Participation.objects.filter(case__ref=self.ref).select_related("person").order_by(F("left_at").desc(nulls_first=True), "-added_at")
            )
            return next(place for place in places if place.person.name == self.someone(key).name)

    def person(self, who: Visitor, key: str) -> Visitor:
        return who.open(reverse("person", args=[self.participation(key).pk]))

    @property
    def lead_email(self) -> str:
        return "fadi@school.example" if self.programme == self.village.school else "lena@county.example"

    @property
    def coordinator_email(self) -> str:
        return "cora@school.example" if self.programme == self.village.school else "nour@county.example"

    # The coordinator

    def accept(self, request: str) -> None:
        """From Today to an open case."""
        self.coordinator.open("/today/")
        assert self.coordinator.sees(request)
        page = self.coordinator.open(f"/requests/{request}/").page
        for line in page.locator("form[action$='/acceptance/'] input[value='yes']").all():
            line.check()
        self.coordinator.press("Accept")
        self.ref = re.search(r"C-\d{4}", self.coordinator.page.content()).group()

    def add(self, someone: Someone) -> None:
        page = self.at_case(self.coordinator, "people/").page
        page.locator("summary", has_text="Add a person").click()
        self.coordinator.fill("Name", someone.name).fill("Wants to be called", someone.called)
        self.coordinator.choose(re.compile(SEATS[someone.seat], re.IGNORECASE))
        if someone.stands_by:
            by = self.someone(someone.stands_by)
            self.coordinator.pick("Stands by", by.called or by.name)
        if someone.guardian_needed:
            self.coordinator.choose("Under 18, or a parent or guardian must also agree")
        if someone.birth_year:
            self.coordinator.fill("Year of birth", str(someone.birth_year))
        if someone.needs_interpreter:
            self.coordinator.choose("Needs an interpreter")
        if someone.has_authority:
            self.coordinator.choose("This parent or guardian may decide for them")
        self.coordinator.press("Add this person")

    def assign(self, name: str, part: str) -> None:
        self.at_case(self.coordinator, "team/")
        self.coordinator.pick("Who", name).choose(part).press("Assign")

    # The facilitator

    def write_down(self, key: str, what: str, fill: Callable[[Visitor], object], button: str) -> None:
        page = self.person(self.lead, key).page
        place = page.locator("details").filter(has=page.get_by_text(what, exact=True)).first
        place.locator("summary").first.click()
        with self.lead.within(place) as who:
            fill(who)
            who.press(button)

    def meet(self, key: str, *, owns: bool = True) -> None:
        def words(who: Visitor) -> None:
            who.fill("When did you meet?", today(self.programme).isoformat()).choose("We went through the process and the questions").choose("found")

        self.write_down(key, "A meeting", words, "Save the meeting")
        self.write_down(key, "Safety check and plan", lambda who: who.choose("low"), "Save the safety check")
        if self.someone(key).seat == "responsible":
            self.owns(key, owns=owns)

    def owns(self, key: str, *, owns: bool = True) -> None:
        """They said it to the facilitator, who writes it down."""

        def words(who: Visitor) -> None:
            who.choose("Yes" if owns else "Not now").here.locator("input[name=method]").first.check()

        self.write_down(key, "Taking responsibility", words, "Save this")

    def invite(self, key: str) -> None:
        """Invite them; with no safe way known the code goes on paper, and that is where we read it."""
        self.person(self.lead, key).press(re.compile("^Invite( again)?$"))
        self.codes[key] = CODE.search(self.lead.text()).group()

    # People on their own pages

    def come_in(self, key: str, **how: object) -> Visitor:
        who = self.people.get(key) or self.visit(phone=True, **how)
        who.page.context.clear_cookies()
        who.open("/code/")
        who.page.get_by_role("textbox").first.fill(self.codes[key])
        who.press_this(who.page.locator("main form button[type=submit]").first)
        who.page.wait_for_url("**/g/")
        self.people[key] = who
        return who

    def say_yes(self, key: str, *, for_child: bool = False) -> Visitor:
        who = self.people[key].open("/g/choice/child/" if for_child else "/g/choice/")
        who.press_this(who.page.get_by_role("button", name="Yes", exact=False).first)
        for tick in who.page.get_by_role("checkbox").all():
            tick.check()
        return who.press("Continue").press("Yes, this is right")

    # The day

    def book_first(self) -> Booking:
        self.at_case(self.coordinator, "schedule/").press(re.compile("Book this"))
        with self.village.inside(self.programme):
            return Booking.objects.select_related("room").get(case__ref=self.ref, released_at__isnull=True)

    @contextmanager
    def on_the_day(self, booking: Booking) -> Iterator[None]:
        """Days have passed, and with them every stay: all come in again, staff by signing in, people by the code on their paper."""
        with at(booking.during.lower):
            self.lead.sign_in(self.lead_email)
            self.coordinator.sign_in(self.coordinator_email)
            for key in list(self.people):
                self.come_in(key)
            yield

    def hold(self, booking: Booking) -> None:
        """Everyone comes; the script is turned page by page to its end."""
        with self.village.inside(self.programme):
            conference = Conference.objects.get(booking=booking)
        self.lead.open(reverse("conference", args=[conference.pk]))
        for number in range(len(self.circle)):
            self.lead.press_this(self.lead.page.get_by_role("button", name=re.compile("^Came")).nth(number))
        self.lead.press("Begin")
        while self.lead.page.get_by_role("button", name="Next").count():
            self.lead.press("Next")
        self.lead.press("Finish and write it down")

    def promise(self, owner: str, what: str, owed_to: str, days: int) -> None:
        self.at_case(self.lead, "agreement/")
        begin = self.lead.page.get_by_role("button", name="Write it down")
        if begin.count():
            self.lead.press_this(begin.first)
        self.lead.pick("Who does it", owner).fill("What", what).pick("For whom", owed_to)
        self.lead.fill("By when", (today(self.programme) + timedelta(days=days)).isoformat()).fill("How we will know", "The office has seen it.")
        self.lead.press(re.compile("Add"))

    def find_fair(self, *keys: str) -> None:
        """Each says of every promise, on their own page, that it is fair to them."""
        for key in keys:
            self.people[key].open("/g/").press(re.compile("what everyone said|agree", re.IGNORECASE)).press("All the rest is fair")

    def said_fair(self, name: str) -> None:
        """Somebody says it aloud, and the lead writes it down."""
        card = (
            self.at_case(self.lead, "agreement/")
            .page.locator("section, article, .card")
            .filter(has_text=name)
            .filter(has_text="They said that all of it is fair")
            .last
        )
        card.locator("details.confirm summary").first.click()
        self.lead.press_this(card.locator("form[action*='/marks-said/']").get_by_role("button"))

    def sign(self, key: str, name: str) -> Visitor:
        return self.put_name(self.people[key].open("/g/").press(re.compile("what everyone said|agree", re.IGNORECASE)), name)

    def put_name(self, who: Visitor, name: str) -> Visitor:
        for tick in who.page.get_by_role("checkbox").all():
            tick.check()
        return who.fill("Type your name", name).press("Sign")

    # The weeks after

    def report_done(self, key: str, promise: str) -> None:
        who = self.people[key].open("/g/").press("What you said you will do")
        assert who.sees(re.compile(re.escape(promise)))
        who.choose("It is done").fill("Tell us a little", "I did it on Friday.").press("Send this to the team")

    def settle(self, promise: str, verb: str) -> None:
        """The facilitator decides on one promise at the follow-up page."""
        page = self.at_case(self.lead, "follow-up/").page
        card = page.locator(".card").filter(has_text=promise).last
        with self.lead.within(card) as who:
            who.press(verb)

    def tell(self, name: str) -> None:
        self.at_case(self.lead, "news/").choose(name).choose("by voice").press("Write it down")

    def close(self, reason: str) -> None:
        """Asked once more, unless something is missing: then the page says what."""
        self.at_case(self.coordinator, "close/").choose(reason).press("Close it")
        sure = self.coordinator.page.get_by_role("button", name="Yes, close it")
        if sure.count():
            sure.click()
