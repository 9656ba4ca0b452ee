"""A village in which every screen can be met: a case in each state, requests at the door, and each who could look at them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.access.founding import let_found
from setfair.agreements import actions as agreements
from setfair.agreements.models import Signature
from setfair.cases import actions as cases
from setfair.cases.journey import Rest, Stage
from setfair.cases.models import Participation
from setfair.conferences import actions as conferences
from setfair.core.actor import Actor, Kind, anyone, system
from setfair.facilitators.models import Facilitator
from setfair.files import actions as files
from setfair.files.examined import Examined
from setfair.files.scanner import Verdict
from setfair.letters import outbox
from setfair.letters.actions import PAUSES, Address, Words, hold, put_off, write
from setfair.letters.models import CameBack
from setfair.letters.tasks import send_due_letters
from setfair.people.card import Card
from setfair.preparation import actions as preparation
from setfair.preparation.reaching import change_own_way
from setfair.programmes.models import Closure, Programme, Room, Script, Term, Window
from setfair.referrals import actions as referrals
from setfair.referrals.journey import Reason
from setfair.referrals.models import Referral
from setfair.village.build import Village
from setfair.village.cast import TOLD_BY_A_TEACHER, TOLD_BY_THE_COURT
from setfair.village.story import CHECKS, Story, asked, case_at, signing
from setfair.village.time import at

from .kept import asked_and_gone, near
from .newcomers import open_an_empty_one, strangers
from .states_of_walls import noted, under_seal

HOST = "localhost"


@dataclass
class World:
    """`at` says where each thing stands that an address names, `codes` what people of a circle and those who asked were handed."""

    village: Village
    empty: Programme
    at: dict[str, dict[str, Any]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def client(self, who: str) -> Client:
        """Somebody who has just come in: a member of the team by key, somebody of a circle or whoever asked by `<state>.<key>`."""
        client = Client(HTTP_HOST=HOST)
        if who in self.codes:
            return _come_in(client, self.codes[who])
        if who != "nobody":
            client.force_login(self.village.users[who])
        return client


def _come_in(client: Client, code: str) -> Client:
    client.post(reverse("code"), {"code": code})
    return client


def settle(village: Village) -> World:
    """Play everything. Works on an empty programme wing; call it where what it writes is kept."""
    world = World(village, open_an_empty_one(village))
    strangers(village)
    world.at["founding"] = {"token": let_found(village.users["newcomer"])}
    for programme, tell in ((village.school, _school), (village.county, _county)):
        with village.inside(programme):
            world.at["school" if programme == village.school else "county"] = {"programme": programme.slug}
            tell(world)
    send_due_letters()
    world.at["letter"] = {"name": next(sent.name for sent in outbox.latest() if sent.kind != "pdf")}
    return world


def _school(world: World) -> None:
    _door(world)
    for name, tell in SCHOOL.items():
        _remember(world, name, tell(world.village))
    first: tuple[tuple[str, Any], ...] = (("room", Room), ("window", Window), ("script", Script), ("facilitator", Facilitator))
    world.at |= {name: {"pk": model.objects.order_by("pk").first().pk} for name, model in first}
    _letters_that_wait(world)
    _past_the_team(world)
    _a_file(world)
    _remember(world, "near_its_day", near(world.village))
    world.at |= noted(world.village, world.at)
    today, month = timezone.localdate(), timedelta(days=30)
    term = Term.objects.create(name="This term", starts_on=today - 3 * month, ends_on=today + 2 * month)
    snow = Closure.objects.create(name="Snow day", starts_on=today + month, ends_on=today + month)
    world.at |= {"term": {"pk": term.pk}, "closure": {"pk": snow.pk}} | asked_and_gone(world.village, world.at)


def _past_the_team(world: World) -> None:
    """Somebody wrote to the supervisor alone."""
    writer = Participation.objects.filter(case__ref=world.at["scheduled"]["ref"]).order_by("added_at")[0]
    by, words = Actor(Kind.PARTICIPANT, world.village.school.pk, writer.pk), "She always takes his side. Please call me in the evening."
    world.at["complaint"] = {"pk": preparation.complain(writer, by=by, words=words).pk}


def _a_file(world: World) -> None:
    """Shared with one of the circle, and one that nobody could check yet."""
    hana = Participation.objects.select_related("case").filter(case__ref=world.at["half"]["ref"]).order_by("added_at")[0]
    for verdict, facts in ((Verdict.CLEAN, {"audience": "shared", "reader": hana}), (Verdict.UNKNOWN, {"audience": "team"})):
        found = Examined("text", "", b"Mill Street School, room 4, ground floor.", verdict)
        files.add(hana.case, by=world.village.actor("fadi"), found=found, words="How to find the room", **facts)


def _letters_that_wait(world: World) -> None:
    """One on paper, and one that could not be sent."""
    someone, by = Participation.objects.filter(case__ref=world.at["scheduled"]["ref"]).order_by("added_at")[0], system(world.village.school.pk)
    words, whose = Words("A message for you", "Please call us."), {"reader": someone.person_id, "case": someone.case_id}
    write(words, to=Address("paper", ""), key="news:paper", by=by, **whose)
    stuck = write(words, to=Address("email", "hana@home.example"), key="news:email", by=by, **whose)
    held = write(
        Words("A message for you", f"Please call us. {someone.person.first} knows."), to=Address("paper", ""), key="news:held", by=by, **whose
    )
    world.at["held_letter"] = {"pk": hold(held, by=by, held_for="names").pk}
    said = {"channel": "email", "kind": "answer", "sender": "hana@home.example", "words": "Thank you. Tuesday is fine.", "left_out": 1}
    answer = CameBack.objects.create(owner_id=someone.person_id, reader_id=someone.person_id, case_id=someone.case_id, mark=b"answer", **said)
    world.at["answer"] = {"pk": answer.pk}
    nobody = uuid.uuid4()
    CameBack.objects.create(pk=nobody, owner_id=nobody, mark=b"nobody", **said | {"sender": "who@other.example", "words": "Is this the library?"})
    for _try in range(1 + len(PAUSES)):
        put_off(stuck, by=by, trouble="Refused")


def _county(world: World) -> None:
    referral, code = referrals.ask(
        by=anyone(world.village.county.pk), form_key=uuid.uuid4(), source=Referral.Source.JUDGE, story=TOLD_BY_THE_COURT,
        office="River County Court, clerk's office", court_number="RC-26-0417", legal_stage="pre_plea",
        deadline=timezone.localdate() + timedelta(days=40), reach={"email": "clerk@court.example"}, asker="The clerk",
        wanted_back="Whether it went ahead, before the hearing.",
    )  # fmt: skip
    world.at["court"], world.codes["court.asker"] = {"ref": referral.ref}, code
    _remember(world, "of_county", case_at(world.village, Stage.FOLLOWING_UP, world.village.county, matter=4))


def _door(world: World) -> None:
    """Requests: one to read, one with a worry, one answered with a no."""
    village = world.village
    for name, matter in (("waiting", 0), ("declined", 5)):
        referral, code = asked(village, village.school, matter)
        world.at[name], world.codes[f"{name}.asker"] = {"ref": referral.ref}, code
        if name == "declined":
            referrals.decline(referral, by=village.actor("cora"), reason=Reason.OTHER_PATH)
    worried, _code = referrals.ask(
        by=anyone(village.school.pk), form_key=uuid.uuid4(), source=Referral.Source.STAFF, story=TOLD_BY_A_TEACHER, when="on Monday",
        safety="They walk home the same way. I am worried about this week.", safety_worry=True,
        reach={"through": "the school office"}, asker="A form teacher",
    )  # fmt: skip
    world.at["worried"] = {"ref": worried.ref}


def _remember(world: World, name: str, story: Story) -> None:
    """Where the case and what hangs on it stand, and who of its circle can look."""
    world.at[name] = {"ref": story.case.ref}
    world.at[f"{name}.referral"], world.codes[f"{name}.asker"] = {"ref": story.referral.ref}, story.referral_code
    for key, person in story.people.items():
        world.at[f"{name}.{key}"], world.codes[f"{name}.{key}"] = {"pk": person.pk}, world.village.code_for(person)
    hanging = {"conference": story.case.conferences, "agreement": story.case.agreements}
    for thing, rows in hanging.items():
        latest = rows.order_by("pk").last()
        if latest is not None:
            world.at[f"{name}.{thing}"] = {"pk": latest.pk}
    if f"{name}.agreement" in world.at and (item := story.agreement.items.first()):
        world.at[f"{name}.item"] = {"pk": item.pk}


def _new(village: Village) -> Story:
    return case_at(village, Stage.PREPARING)


def _nobody_yet(village: Village) -> Story:
    """Accepted a moment ago: nobody is in the circle."""
    referral, code = asked(village, village.school, 2)
    referrals.accept(referral, by=village.actor("cora"), checks=CHECKS)
    return Story(village, village.school, referral, code, referral.cases.get())


def _half(village: Village) -> Story:
    """Two of four are prepared; one is invited, one worry is high, two must not meet before the day."""
    story = case_at(village, Stage.PREPARING, matter=1)
    for key in ("hana", "rami"):
        preparation.invite(story.people[key], by=story.lead)
        preparation.meet(story.people[key], by=story.lead, held_on=timezone.localdate(), explained=True, support="wanted", minutes=30)
    preparation.consent(story.hana, by=story.lead, answer="yes", scope="take_part", method="said", conditions="only if my uncle is there")
    for name in ("River County Court, clerk's office", "School office"):
        office = preparation.name_office(by=village.actor("ada"), name=name, purpose="share")
    preparation.ask_about(story.case, by=story.coordinator, recipient=office)
    preparation.show_status(story.referral, by=Actor(Kind.REFERRER, village.school.pk, story.referral.pk))
    preparation.check_safety(story.rami, by=story.lead, level="high", plan="They leave by different doors.")
    cases.bar_contact(story.case, by=story.coordinator, one=story.hana, other=story.rami, by_order=True)
    change_own_way(story.rami, by=story.me("rami"), way="sms", value="555-0161", card=Card(), old_is_safe=True)
    return story


def _gated(village: Village) -> Story:
    """Accepted on the word of a supervisor, with two lines that were no; nobody has signed them off for the circle yet."""
    referral, code = asked(village, village.school, 4)
    referrals.clear(referral, by=village.actor("sven"), reason="The order was varied on Monday; the copy is on file.")
    referrals.accept(referral, by=village.actor("cora"), checks=CHECKS | {"no_order": "no", "no_coercion": "no"})
    return Story(village, village.school, referral, code, referral.cases.get())


def _held(village: Village) -> Story:
    story = case_at(village, Stage.PREPARING, matter=3)
    cases.hold(story.case, by=story.coordinator, reason=Rest.EXAMS)
    return story


def _stopped(village: Village) -> Story:
    story = case_at(village, Stage.READY, matter=2)
    preparation.withdraw(story.hana, by=story.me("hana"))
    preparation.withdraw(story.sol, by=story.me("sol"))
    preparation.ask_back(story.sol, by=story.me("sol"))
    return story


def _live(village: Village) -> Story:
    """A circle that began some days ago and was left open, so that its page can be met at any hour."""
    story = case_at(village, Stage.SCHEDULED, began=timedelta(days=6))
    with at(story.booking.starts_at):
        conferences.convene(story.conference, by=story.lead)
        for key in ("hana", "sol"):
            conferences.mark_attendance(story.conference, story.people[key], by=story.lead, came=True)
        conferences.turn_page(story.conference, by=story.lead, page=2)
    return story


def _drafting(village: Village) -> Story:
    story = case_at(village, Stage.CONVENED, matter=4)
    draft = agreements.draft(story.case, by=story.lead, conference=story.conference)
    agreements.promise(
        draft, by=story.lead, owner=story.rami, owed_to=story.hana, what="Write a letter that says what I did.",
        due_on=timezone.localdate() + timedelta(days=7), proof_wanted="The letter is handed over by the facilitator.",
    )  # fmt: skip
    return story


def _signing(village: Village) -> Story:
    """Two have signed, one says that something is not right, one has not looked yet."""
    story = case_at(village, Stage.CONVENED, matter=6)
    agreement = signing(story)
    for key in ("hana", "rami"):
        person, name = story.people[key], story.people[key].person.shown
        agreements.sign(agreement, by=story.me(key), participation=person, method=Signature.Method.OWN_DEVICE, typed_name=name)
    agreements.say_wrong(agreement, by=story.me("gail"), participation=story.gail, words="The date is too soon.")
    return story


def _following(village: Village) -> Story:
    """The first promise is said to be done, the second is open."""
    story = case_at(village, Stage.FOLLOWING_UP, began=timedelta(days=6))
    agreements.send_proof(story.items()[0], by=story.me("rami"), words="I gave the letter to Ms Castell.")
    return story


SCHOOL: dict[str, Callable[[Village], Story]] = {
    "new": _new,
    "nobody_yet": _nobody_yet,
    "half": _half,
    "gated": _gated,
    "under_seal": under_seal,
    "held": _held,
    "stopped": _stopped,
    "ready": lambda village: case_at(village, Stage.READY),
    "scheduled": lambda village: case_at(village, Stage.SCHEDULED),
    "live": _live,
    "met": lambda village: case_at(village, Stage.CONVENED, matter=7),
    "drafting": _drafting,
    "signing": _signing,
    "following": _following,
    "promised": lambda village: case_at(village, Stage.FOLLOWING_UP, matter=3),
    "closed": lambda village: case_at(village, Stage.CLOSED, matter=5),
}
