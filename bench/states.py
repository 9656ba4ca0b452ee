"""A village in which every screen can be met: a case in each state, requests at the door, and each who could look at them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.access.founding import let_found
from setfair.accounts.actions import issue_link
from setfair.accounts.models import Pass
from setfair.cases.journey import Stage
from setfair.cases.models import Participation
from setfair.conferences import actions as conferences
from setfair.conferences.models import Conference
from setfair.core.actor import Actor, Kind, anyone, system
from setfair.enclosures import actions as enclosures
from setfair.exchanges import actions as exchanges
from setfair.exchanges.models import Piece
from setfair.facilitators.models import Facilitator
from setfair.files import actions as files
from setfair.files.examined import Examined
from setfair.files.scanner import Verdict
from setfair.letters import outbox
from setfair.letters.actions import PAUSES, Address, Words, hold, put_off, write
from setfair.letters.models import CameBack
from setfair.letters.tasks import send_due_letters
from setfair.preparation import actions as preparation
from setfair.programmes.actions.places import NewPlace, write_place
from setfair.programmes.models import ChecklistItem, Closure, OwnReason, Programme, Room, Script, Term, Venue, Window
from setfair.programmes.reasons import Reason
from setfair.referrals import actions as referrals
from setfair.referrals.models import Referral
from setfair.safety import actions as safety
from setfair.village.build import Village
from setfair.village.by_letters import by_letters
from setfair.village.cast import CIRCLE, TOLD_BY_A_TEACHER, TOLD_BY_THE_COURT
from setfair.village.story import Story, asked, case_at
from setfair.voices import actions as voices

from .kept import asked_and_gone, near
from .newcomers import open_an_empty_one, strangers
from .states_of_cases import SCHOOL, standing_in
from .states_of_lists import stand_for_lists
from .states_of_safety import raised
from .states_of_talks import stand_for_talks
from .states_of_team import asked_to_help
from .states_of_terms import planned, searched_for
from .states_of_walls import noted

HOST = "localhost"


@dataclass
class World:
    """`at` says where each thing stands that an address names, `codes` what people of a circle and those who asked were handed."""

    village: Village
    empty: Programme
    at: dict[str, dict[str, Any]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    offices: dict[str, UUID] = field(default_factory=dict)

    def client(self, who: str) -> Client:
        """Somebody who has just come in: a member of the team by key, somebody of a circle or whoever asked by `<state>.<key>`."""
        client = Client(HTTP_HOST=HOST)
        if who in self.codes:
            return _come_in(client, self.codes[who])
        if who in self.offices:
            return self._by_link(client, self.offices[who])
        if who != "nobody":
            client.force_login(self.village.users[who])
        return client

    def _by_link(self, client: Client, sender: UUID) -> Client:
        """A link opens once: each visit has its own."""
        with self.village.inside(self.village.county):
            token = issue_link(bearer=Pass.Bearer.OFFICE, bearer_id=sender, by=system(self.village.county.pk))
        client.post(reverse("enter", args=[token]))
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
    first: tuple[tuple[str, Any], ...] = (
        ("room", Room),
        ("window", Window),
        ("script", Script),
        ("line", ChecklistItem),
        ("facilitator", Facilitator),
    )
    world.at |= {name: {"pk": model.objects.order_by("pk").first().pk} for name, model in first}
    _letters_that_wait(world)
    _past_the_team(world)
    _a_file(world)
    _remember(world, "near_its_day", near(world.village))
    _remember(world, "standing", standing_in(world.village))
    world.at |= noted(world.village, world.at) | _apart(world)
    told = raised(Participation.objects.get(pk=world.at["half.hana"]["pk"]))
    safety.hear(told, by=world.village.actor("sven"))
    safety.take_step(told, by=world.village.actor("sven"), code="called")
    world.at["alarm_heard"] = {"pk": told.pk}
    hana = Participation.objects.get(pk=world.at["ready.hana"]["pk"])
    by = Actor(Kind.PARTICIPANT, world.village.school.pk, hana.pk)
    world.at["companion"] = {"pk": voices.name_companion(hana, by=by, name="My aunt Mirela", reach="555-0133", may_write=True).pk}
    today, month = timezone.localdate(), timedelta(days=30)
    term = Term.objects.create(name="This term", starts_on=today - 3 * month, ends_on=today + 2 * month)
    OwnReason.objects.create(name="Nobody of the team is free", step="end", decider="programme")
    hall = Venue.objects.create(name="Mill Street hall", address="3 Mill Street", way="Bus 4 to the bridge. The side door.", minutes=20)
    Venue.objects.create(name="The library", minutes=10)
    snow = Closure.objects.create(name="Snow day", starts_on=today + month, ends_on=today + month)
    world.at["venue"] = {"pk": hall.pk}
    jail = NewPlace("Marsh County Jail", "2 Mill Road", "the sergeant on duty", 2, (1, 3), (time(13), time(15)))
    place = {"pk": write_place(jail, by=world.village.actor("ada")).pk}
    world.at |= {"term": {"pk": term.pk}, "closure": {"pk": snow.pk}, "place": place} | asked_and_gone(world.village, world.at)
    world.at |= asked_to_help(world.village, world.at)
    planned(world.village, world.at)


def _apart(world: World) -> dict[str, dict[str, Any]]:
    """Nobody meets: a letter that was offered, one that was given back, one that was read, and a message the team has not read yet."""
    story = by_letters(world.village, world.village.school, circle=CIRCLE, matter=3)
    _remember(world, "apart", story)
    offered, noted = Piece.objects.filter(case=story.case).order_by("at", "id")
    back = exchanges.write(story.sol, by=story.me("sol"), meant="responsible", kind="letter", words="You have to pay for this.")
    exchanges.hand_in(back, by=story.me("sol"))
    exchanges.give_back(back, by=story.lead, why="blames", words="Can you say how it was for you?")
    had = exchanges.note_down(story.gail, by=story.coordinator, meant="supporter", kind="message", words="Thank you for coming.")
    exchanges.hand_over(exchanges.offer(exchanges.keep(had, by=story.lead, receiver=story.sol), by=story.lead), by=story.lead)
    exchanges.want(story.rami, by=story.me("rami"), wants="never")
    unwanted = exchanges.note_down(story.sol, by=story.coordinator, meant="harmed", kind="message", words="I saw what happened.")
    exchanges.refuse(exchanges.offer(exchanges.keep(unwanted, by=story.lead, receiver=story.hana), by=story.lead), by=story.me("hana"))
    named = {"offered": offered, "noted": noted, "back": back, "had": had, "unwanted": unwanted}
    return {f"apart.{name}": {"piece": piece.pk} for name, piece in named.items()} | {f"apart.team.{n}": {"pk": p.pk} for n, p in named.items()}


def _past_the_team(world: World) -> None:
    """Somebody wrote to the supervisor alone."""
    writer = Participation.objects.filter(case__ref=world.at["scheduled"]["ref"]).order_by("added_at")[0]
    by, words = Actor(Kind.PARTICIPANT, world.village.school.pk, writer.pk), "She always takes his side. Please call me in the evening."
    lead, held = world.village.actor("fadi"), Conference.objects.get(case__ref=world.at["met"]["ref"])
    said = conferences.debrief(held, by=lead, form_key=held.pk, how="shaken", words="I keep thinking of what the boy said at the end.")
    world.at["debrief"] = {"pk": said.pk}
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
    assert referral.sender is not None
    world.offices["court.office"] = referral.sender
    clerk = Actor(Kind.REFERRER, referral.programme_id, referral.pk)
    referrals.say_whose(referral, by=Actor(Kind.OFFICE, referral.programme_id, referral.sender), is_ours=True)
    unsure, code = referrals.ask(
        by=anyone(world.village.county.pk), form_key=uuid.uuid4(), source=Referral.Source.POLICE, story=TOLD_BY_THE_COURT,
        office="Second precinct", reach={"email": "desk@precinct.example"}, asker="An officer",
    )  # fmt: skip
    world.at["unsure"], world.codes["unsure.asker"], world.offices["unsure.office"] = {"ref": unsure.ref}, code, unsure.sender
    referrals.amend(referral, by=clerk, what="court", words="RC-26-0471", reason="Two digits were the wrong way round.")
    enclosed(referral, clerk)
    story = case_at(world.village, Stage.FOLLOWING_UP, world.village.county, matter=4)
    _remember(world, "of_county", story)
    world.at["alarm"] = {"pk": raised(story.hana).pk}
    searched_for(world.village, world.at)


def enclosed(referral: Referral, by: Actor) -> None:
    """Two files with a request: one that was checked for harm, one that nobody could check yet."""
    for verdict, words in ((Verdict.CLEAN, "The order of the court"), (Verdict.UNKNOWN, "A letter of the school")):
        enclosures.enclose(referral, by=by, found=Examined("text", "", words.encode(), verdict, words), words=words)


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
    stand_for_talks(world.village, world.at, world.codes)
    stand_for_lists(world.village, world.at)


def _remember(world: World, name: str, story: Story) -> None:
    """Where the case and what hangs on it stand, and who of its circle can look."""
    world.at[name] = {"ref": story.case.ref}
    world.at[f"{name}.referral"], world.codes[f"{name}.asker"] = {"ref": story.referral.ref}, story.referral_code
    for key, person in story.people.items():
        world.at[f"{name}.{key}"], world.codes[f"{name}.{key}"] = {"pk": person.pk}, world.village.code_for(person)
    live = story.case.bookings.filter(released_at=None)
    hanging = {"conference": story.case.conferences, "agreement": story.case.agreements, "booking": live}
    for thing, rows in hanging.items():
        latest = rows.order_by("pk").last()
        if latest is not None:
            world.at[f"{name}.{thing}"] = {"pk": latest.pk}
    if f"{name}.agreement" in world.at:
        items = story.agreement.items
        first = {"item": items.first(), "checked": items.filter(checker_staff__isnull=False).first(), "money": items.exclude(amount=None).first()}
        world.at |= {f"{name}.{thing}": {"pk": item.pk} for thing, item in first.items() if item is not None}
    if (call := story.case.check_ins.order_by("due_on", "pk").first()) is not None:
        world.at[f"{name}.call"] = {"pk": call.pk}
