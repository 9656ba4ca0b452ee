"""A case brought to any stage by playing the real actions, so that nothing here could not have happened."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from setfair.agreements import actions as agreements
from setfair.agreements.models import Agreement, Fit, Item, Signature
from setfair.agreements.queries import said_aloud, still_to_sign
from setfair.agreements.terms import Terms
from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Assignment, Case, Participation
from setfair.cases.models import Role as Seat
from setfair.cases.queries import team
from setfair.conferences import actions as conferences
from setfair.conferences.models import Conference
from setfair.conferences.queries import day_of
from setfair.core.actor import Actor, anyone
from setfair.outcomes import actions as outcomes
from setfair.outcomes.models import News
from setfair.preparation import actions as preparation
from setfair.preparation.asked import SUPPORTS
from setfair.preparation.queries import is_asked
from setfair.programmes.models import Programme
from setfair.programmes.reasons import Reason
from setfair.referrals import actions as referrals
from setfair.referrals.models import CHECKS as ALL_CHECKS
from setfair.referrals.models import Looked, Referral
from setfair.scheduling import actions as scheduling
from setfair.scheduling import queries as times
from setfair.scheduling.models import Booking

from .build import Village
from .cast import CIRCLE, MATTERS, Someone
from .in_spanish import put_into_spanish
from .time import at

ORDER = [Stage.PREPARING, Stage.READY, Stage.SCHEDULED, Stage.CONVENED, Stage.FOLLOWING_UP, Stage.CLOSED]
Team = tuple[tuple[str, str], ...]
SCHOOL_TEAM: Team = (("fadi", "lead"), ("ines", "student"), ("malik", "student"))
COUNTY_TEAM: Team = (("lena", "lead"), ("cole", "co"))
CHECKS = {code: Looked.YES.value for code, _words in ALL_CHECKS} | {"media": "unknown", "history": "unknown"}


@dataclass
class Story:
    """A case and those in it. `people` is by key (`hana`, `rami`, `sol`, `gail`); `codes` holds the code each was given."""

    village: Village
    programme: Programme
    referral: Referral
    referral_code: str
    case: Case
    people: dict[str, Participation] = field(default_factory=dict)

    def __getattr__(self, key: str) -> Participation:
        try:
            return self.__dict__["people"][key]
        except KeyError:
            raise AttributeError(key) from None

    @property
    def coordinator(self) -> Actor:
        return self.village.actor("cora" if self.programme == self.village.school else "nour")

    @property
    def lead(self) -> Actor:
        return self.village.actor("fadi" if self.programme == self.village.school else "lena")

    @property
    def booking(self) -> Booking:
        return Booking.objects.get(case=self.case, released_at__isnull=True)

    @property
    def conference(self) -> Conference:
        return Conference.objects.filter(case=self.case).latest("planned_at")

    @property
    def agreement(self) -> Agreement:
        """The newest version of the newest one."""
        return Agreement.objects.filter(case=self.case).latest("number", "version")

    def items(self) -> list[Item]:
        return list(self.agreement.items.select_related("owner__person"))

    def me(self, key: str) -> Actor:
        return self.village.as_participant(self.people[key])

    # The verbs of a case, in the order of house.md "One case, door to door".

    def add_everyone(self, circle: tuple[Someone, ...] = CIRCLE) -> None:
        for who in circle:
            self.people[who.key] = cases.add_person(
                self.case,
                by=self.coordinator,
                name=who.name,
                called=who.called,
                role=who.seat,
                language=who.language,
                birth_year=who.birth_year,
                stands_by=self.people.get(who.stands_by),
                guardian_needed=who.guardian_needed,
                has_authority=who.has_authority,
                contacts={who.way: f"{who.key}@home.example" if who.way == "email" else "555-0160"},
            )

    def assign_team(self, team: Team | None = None) -> None:
        for key, part in team or (SCHOOL_TEAM if self.programme == self.village.school else COUNTY_TEAM):
            cases.assign(self.case, by=self.coordinator, facilitator=self.village.facilitator(key), part=Assignment.Part(part))

    def invite_everyone(self) -> None:
        for person in self.people.values():
            preparation.invite(person, by=self.lead)

    def meet_everyone(self) -> None:
        for person in self.people.values():
            preparation.meet(person, by=self.lead, held_on=timezone.localdate(), explained=True, support="found", minutes=40)
            preparation.check_safety(person, by=self.lead, level="low")
            if person.role == Seat.RESPONSIBLE:
                preparation.acknowledge(person, by=self.lead, given=True)

    def hear_every_yes(self) -> None:
        """Each on their own page, and a guardian for the young person too."""
        for key, person in self.people.items():
            preparation.consent(person, by=self.me(key), answer="yes", scope="take_part", method="own")
            if person.role in SUPPORTS:
                preparation.consent(person, by=self.me(key), answer="yes", scope="support", method="own")
            if person.guardian_needed:
                guardian = next(p for p in self.people.values() if p.stands_by_id == person.pk and p.has_authority)
                preparation.consent(person, by=self.village.as_participant(guardian), giver=guardian, answer="yes", scope="take_part", method="own")

    def declare_ready(self) -> None:
        preparation.declare_ready(self.case, by=self.lead)

    def book(self) -> None:
        first = times.suggestions(self.case, limit=1)[0]
        scheduling.book(self.case, by=self.coordinator, room=first.room, starts_at=first.starts_at, minutes=first.minutes)

    def ask_at_the_door(self) -> None:
        for person in self.people.values():
            if is_asked(person) and times.is_willing(person):
                preparation.say_still(person, by=self.lead, for_day=day_of(self.conference), moment="door")

    def begin(self) -> Conference:
        self.ask_at_the_door()
        return conferences.convene(self.conference, by=self.lead)

    def hold_conference(self) -> None:
        conference = self.begin()
        for person in self.people.values():
            conferences.mark_attendance(conference, person, by=self.lead, came=True)
        for page in range(1, 4):
            conferences.turn_page(conference, by=self.lead, page=page)
        conferences.conclude(conference, by=self.lead)

    def write_agreement(self) -> None:
        agreement = agreements.draft(self.case, by=self.lead, conference=self.conference)
        today, leads = timezone.localdate(), team(self.case)[0].facilitator.user_id
        responsible = next(p for p in self.people.values() if p.role == Seat.RESPONSIBLE)
        harmed = next(p for p in self.people.values() if p.role == Seat.HARMED)
        agreements.promise(
            agreement, by=self.lead, owner=responsible, owed_to=harmed, what="Write a letter that says what I did and that I am sorry.",
            due_on=today + timedelta(days=7), proof_wanted="The letter is handed over by the facilitator.",
            terms=Terms(kind="letter", if_hard="Ask the facilitator for help with the first line."),
        )  # fmt: skip
        agreements.promise(
            agreement, by=self.lead, owner=responsible, owed_to=harmed, what="Pay 40 dollars toward the broken phone, through the office.",
            due_on=today + timedelta(days=21), proof_wanted="The office has the receipt.",
            terms=Terms(kind="payment", amount=Decimal(40), currency="USD", parts=2, weeks=2, checker_staff=leads),
        )  # fmt: skip
        put_into_spanish(self.items(), self.people.values(), by=self.lead)
        agreements.present(agreement, by=self.lead)
        self.find_fair()

    def find_fair(self) -> None:
        """Each says of every promise that it is fair, or that they can do it, on the tablet that goes round."""
        agreement = self.agreement
        for person in self.people.values():
            if person in still_to_sign(agreement):
                words = said_aloud(agreement, person, None)
                agreements.mark(agreement, by=self.lead, participation=person, words=words, method=Fit.Method.TABLET)

    def sign_all(self) -> None:
        """Everyone who is still asked to: under a newer version whoever is touched by what is new."""
        self.find_fair()
        for key, person in self.people.items():
            if person in still_to_sign(agreement := self.agreement):
                agreements.sign(agreement, by=self.me(key), participation=person, method=Signature.Method.OWN_DEVICE, typed_name=person.person.shown)

    def keep_all(self) -> None:
        for item in self.items():
            agreements.send_proof(item, by=self.village.as_participant(item.owner), words="It is done.")
            agreements.verify(item, by=self.lead, words="Seen.")

    def tell_and_close(self) -> None:
        for person in self.people.values():
            if person.role == Seat.HARMED:
                outcomes.tell(self.case, by=self.lead, participation=person, way=News.Way.VOICE, told_on=timezone.localdate())
        outcomes.close(self.case, by=self.coordinator, reason=Reason.COMPLETED)


def asked(village: Village, programme: Programme | None = None, matter: int = 0, circle: tuple[Someone, ...] = CIRCLE) -> tuple[Referral, str]:
    """A request at the public door, as somebody who was hurt would send it."""
    programme = programme or village.school
    hurt, did = (next(who for who in circle if who.seat == seat) for seat in (Seat.HARMED, Seat.RESPONSIBLE))
    name, story = MATTERS[matter % len(MATTERS)]
    return referrals.ask(
        by=anyone(programme.pk), form_key=uuid.uuid4(), source=Referral.Source.SELF_HARMED, story=story, when="last week",
        people=[{"name": hurt.first, "role": "harmed"}, {"name": did.first, "role": "responsible"}], others_know="no",
        reach={"email": f"{hurt.key}@home.example"}, asker=hurt.first,
    )  # fmt: skip


def opened(village: Village, programme: Programme | None = None, matter: int = 0, circle: tuple[Someone, ...] = CIRCLE) -> Story:
    """The request accepted, and a case open for it."""
    programme = programme or village.school
    referral, code = asked(village, programme, matter, circle)
    coordinator = village.actor("cora" if programme == village.school else "nour")
    referrals.accept(referral, by=coordinator, checks=CHECKS)
    return Story(village, programme, referral, code, Case.objects.get(referral=referral))


def case_at(
    village: Village,
    stage: str,
    programme: Programme | None = None,
    *,
    circle: tuple[Someone, ...] = CIRCLE,
    matter: int = 0,
    began: timedelta | None = None,
    team: Team | None = None,
    before_meeting: Callable[[Story], None] | None = None,
) -> Story:
    """A case that stands at `stage`; call it inside the programme.

    At PREPARING everyone is in the circle and nobody has been met yet; at CONVENED
    the conference is concluded and no agreement written; at FOLLOWING_UP both
    promises are open. A case whose conference was held began `began` ago (three
    weeks by default), so that the day lies behind it. `before_meeting` is played
    when somebody is about to be met.
    """
    reached = ORDER[1 : ORDER.index(Stage(stage)) + 1]
    held = Stage.CONVENED in reached
    if began is None:
        began = timedelta(weeks=3) if held else timedelta()
    first = timezone.now() - began

    def after(share: float) -> datetime | None:
        return first + began * share if began else None

    with at(after(0)):
        story = opened(village, programme, matter, circle)
    with at(after(0.05)):
        story.add_everyone(circle)
        story.assign_team(team)
    if Stage.READY in reached:
        with at(after(0.1)):
            (before_meeting or _nothing)(story)
        for share, verb in ((0.15, story.meet_everyone), (0.2, story.hear_every_yes), (0.25, story.declare_ready)):
            with at(after(share)):
                verb()
    if Stage.SCHEDULED in reached:
        with at(after(0.33) if held else None):
            story.book()
    if held:
        _go_on_from_the_day(story, reached)
    story.case.refresh_from_db()
    if story.case.stage != stage:
        raise RuntimeError(f"The story ended at {story.case.stage}, not at {stage}.")
    return story


def _nothing(story: Story) -> None:
    """In most tests nobody is written to."""


def _go_on_from_the_day(story: Story, reached: list[Stage]) -> None:
    day = story.booking.starts_at
    with at(day):
        story.hold_conference()
        if Stage.FOLLOWING_UP in reached:
            story.write_agreement()
            story.sign_all()
    if Stage.CLOSED in reached:
        with at(day + (timezone.now() - day) / 2):
            story.keep_all()
            story.tell_and_close()


def signing(story: Story) -> Agreement:
    """A concluded case whose agreement lies ready to be signed."""
    story.write_agreement()
    return story.agreement
