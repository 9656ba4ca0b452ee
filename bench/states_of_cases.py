"""The cases that the screens show: one in each state, by the name it goes by there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from decimal import Decimal

from django.utils import timezone

from setfair.agreements import actions as agreements
from setfair.agreements.models import Signature
from setfair.agreements.terms import Terms
from setfair.calendars import actions as calendars
from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Role
from setfair.conferences import actions as conferences
from setfair.core.actor import Actor, Kind
from setfair.enclosures import actions as enclosures
from setfair.facilitators.models import Facilitator
from setfair.files.examined import Examined
from setfair.files.scanner import Verdict
from setfair.people.card import Card
from setfair.people.models import Contact
from setfair.preparation import actions as preparation
from setfair.preparation.reaching import change_own_way
from setfair.programmes.models import ScriptPage
from setfair.programmes.reasons import Reason
from setfair.referrals import actions as referrals
from setfair.scheduling import actions as scheduling
from setfair.scheduling import queries as times
from setfair.scheduling import rounds
from setfair.scheduling.models import OfferedTime
from setfair.scheduling.open_days import open_between
from setfair.village.build import Village
from setfair.village.story import CHECKS, Story, asked, case_at, signing
from setfair.village.time import at, today
from setfair.voices import actions as voices

from .states_of_money import following
from .states_of_walls import under_seal


def _new(village: Village) -> Story:
    return case_at(village, Stage.PREPARING)


def _nobody_yet(village: Village) -> Story:
    """Accepted a moment ago: nobody is in the circle."""
    referral, code = asked(village, village.school, 2)
    referrals.accept(referral, by=village.actor("cora"), checks=CHECKS)
    return Story(village, village.school, referral, code, referral.cases.get())


def standing_in(village: Village) -> Story:
    """Two were harmed and neither comes: one has said who speaks for her and what, the other has not."""
    story = case_at(village, Stage.PREPARING, matter=2)
    cases.choose_route(story.case, by=story.coordinator, how="standin", why="harmed")
    story.people["odile"] = cases.add_person(story.case, by=story.coordinator, name="Odile Barr", role=Role.COMMUNITY)
    story.people["otto"] = cases.add_person(story.case, by=story.coordinator, name="Otto Winterbourne", role=Role.HARMED)
    words = {"say": "That I did not sleep for weeks, and still look behind me.", "limits": "Not my name, and nothing about my mother."}
    voices.lend_voice(story.hana, by=story.me("hana"), place=story.odile, **words, back="page", when="week")
    return story


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
    slip = Examined("text", "", b"The slip, as it was written.", Verdict.CLEAN, "slip")
    enclosures.enclose(story.referral, by=story.coordinator, found=slip, words="The paper slip")
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
    cases.hold(story.case, by=story.coordinator, reason=Reason.EXAMS)
    return story


def _stopped(village: Village) -> Story:
    story = case_at(village, Stage.READY, matter=2)
    preparation.withdraw(story.hana, by=story.me("hana"))
    preparation.withdraw(story.sol, by=story.me("sol"))
    preparation.take_a_break(story.gail, by=story.me("gail"))
    preparation.ask_call(story.sol, by=story.me("sol"))
    return story


def _live(village: Village) -> Story:
    """A circle that began some days ago and was left open, so that its page can be met at any hour."""
    story = case_at(village, Stage.SCHEDULED, began=timedelta(days=6))
    with at(story.booking.starts_at):
        story.begin()
        for key in ("hana", "sol"):
            conferences.mark_attendance(story.conference, story.people[key], by=story.lead, came=True)
        conferences.turn_page(story.conference, by=story.lead, page=2)
    return story


def _sharing(village: Village) -> Story:
    """Open at the page that closes the sharing, with headings that were noted, and the agreement begun beside it."""
    story = case_at(village, Stage.SCHEDULED, began=timedelta(days=6), matter=1)
    voices.keep_words(story.hana, by=story.me("hana"), reads="all", ask="Why did you come to my door? Did you know that I was home?")
    with at(story.booking.starts_at):
        conference = story.begin()
        for key in ("hana", "rami", "gail"):
            conferences.mark_attendance(conference, story.people[key], by=story.lead, came=True)
        page = ScriptPage.objects.get(script=conference.script, key="shared")
        conferences.turn_page(conference, by=story.lead, page=page.order)
        for kind, words, who in (
            ("harm", "Two weeks without sleep", story.hana), ("harm", "Trust in the house", None), ("need", "A safe way home", story.hana),
            ("need", "That somebody believes him", story.rami), ("obligation", "The broken door, and whoever has to pay for it", story.rami),
        ):  # fmt: skip
            whose = {"whose": "one", "participation": who} if who else {"whose": "all"}
            conferences.note_heading(conference, by=story.lead, kind=kind, words=words, **whose)
        story.case.refresh_from_db()
        agreements.draft(story.case, by=story.lead, conference=conference)
    return story


def _adjourned(village: Village) -> Story:
    """Stopped in calm some days ago; what was being written rests until they meet again."""
    story = case_at(village, Stage.SCHEDULED, matter=6)
    with at(story.booking.starts_at):
        story.begin()
        conferences.put_in_order(story.conference, story.rami, by=story.lead, where="first")
        conferences.turn_page(story.conference, by=story.lead, page=14)
        draft = agreements.draft(story.case, by=story.lead)
        agreements.promise(
            draft, by=story.lead, owner=story.rami, owed_to=story.hana, what="Mend the bicycle shed on three Saturdays.",
            due_on=timezone.localdate() + timedelta(days=24), proof_wanted="The caretaker writes down the hours.",
        )  # fmt: skip
        conferences.adjourn(story.conference, by=story.lead, reason=Reason.OUT_OF_TIME)
    return story


def _drafting(village: Village) -> Story:
    story = case_at(village, Stage.CONVENED, matter=4)
    draft = agreements.draft(story.case, by=story.lead, conference=story.conference)
    agreements.promise(
        draft, by=story.lead, owner=story.rami, owed_to=story.hana, what="Write a letter that says what I did.",
        due_on=timezone.localdate() + timedelta(days=7), proof_wanted="The letter is handed over by the facilitator.",
        terms=Terms(kind="letter", beside=(story.gail,), checker_staff=story.lead.id, if_hard="Ask the facilitator for help."),
    )  # fmt: skip
    agreements.promise(
        draft, by=story.lead, owner=None, what="Leave the side gate open until six.", due_on=timezone.localdate() + timedelta(days=9),
        terms=Terms(kind="support", body="The school", amount=Decimal(40), currency="USD", parts=2, weeks=1),
    )  # fmt: skip
    return story


def _weighing(village: Village) -> Story:
    """Laid out, and each is asked what they think: Hana wants one promise changed, Sol finds all of it fair, two have said nothing."""
    story = _drafting(village)
    agreement = agreements.present(story.agreement, by=story.lead)
    for key, wants in (("hana", "change"), ("sol", "fair")):
        items = story.items()
        said = {items[0].pk: wants, items[1].pk: "fair"}
        agreements.mark(agreement, by=story.me(key), participation=story.people[key], words=said, method="own")
    return story


def _signing(village: Village) -> Story:
    """Two have signed, one of them with a pen, one says that something is not right, one has not looked yet."""
    story = case_at(village, Stage.CONVENED, matter=6)
    agreement = signing(story)
    for key, method, by in (("hana", Signature.Method.OWN_DEVICE, story.me("hana")), ("rami", Signature.Method.PAPER, story.lead)):
        person = story.people[key]
        agreements.sign(agreement, by=by, participation=person, method=method, typed_name=person.person.shown)
    agreements.say_wrong(agreement, by=story.me("gail"), participation=story.gail, words="The date is too soon.")
    return story


def _watched(village: Village) -> Story:
    """Everyone is asked whether somebody may watch."""
    story = case_at(village, Stage.PREPARING, matter=4)
    story.invite_everyone()
    cases.add_person(story.case, by=story.coordinator, name="Noor Vance", role=Role.OBSERVER)
    return story


def _twice(village: Village) -> Story:
    """What they agreed holds, and something more lies there to be signed."""
    story = case_at(village, Stage.FOLLOWING_UP, matter=2)
    more, said = agreements.agree_more(story.agreement, by=story.lead), {"what": "Come along to the next match.", "proof_wanted": "Sol tells us."}
    agreements.promise(more, by=story.lead, owner=story.sol, owed_to=story.hana, due_on=timezone.localdate() + timedelta(days=9), **said)
    agreements.present(more, by=story.lead)
    return story


def _asked(village: Village) -> Story:
    """They are asked about six times; Sol has answered. Two of the team are known to somebody here, and to Gail no message goes."""
    story = case_at(village, Stage.READY, matter=4)
    story.invite_everyone()
    for who in ("mina", "tova"):
        cases.know_each_other(story.case, by=story.coordinator, facilitator=village.facilitator(who))
    Contact.objects.filter(person=story.gail.person).update(ended_at=timezone.now())
    first = today(story.programme) + timedelta(days=8)
    times = open_between(story.programme, first, first + timedelta(days=27))[:6]
    asked = rounds.ask(story.case, by=story.coordinator, times=times, until=times[0].starts - timedelta(days=2))
    said = {t.starts: word for t, word in zip(times, ("yes", "no", "if_needed"), strict=False)}
    rounds.answer(asked, story.sol, by=story.me("sol"), times=said)
    return story


def _offered(village: Village) -> Story:
    """Two times are offered: one works for three of them, the other not for Rami; Gail has not answered."""
    story = case_at(village, Stage.READY, matter=3)
    found = times.suggestions(story.case)[:2]
    choices = [scheduling.Choice(s.room, s.starts_at, story.programme.max_minutes) for s in found]
    asked = scheduling.offer(story.case, by=story.coordinator, choices=choices, answer_by=found[0].starts_at, hours=0)
    first, second = OfferedTime.objects.filter(offer=asked).order_by("during")
    for key, words in {"hana": ("yes", "yes"), "rami": ("yes", "no"), "sol": ("if_needed", "yes")}.items():
        scheduling.answer_offer(story.people[key], by=story.me(key), words=dict(zip((first, second), words, strict=True)))
    return story


def _seeking(village: Village) -> Story:
    """Everyone is ready, and both students have stepped out of the team."""
    story = case_at(village, Stage.READY, matter=2)
    Facilitator.objects.update(a_week=10, a_term=100)
    for assignment in story.case.assignments.filter(ended_at=None, part="student"):  # type: ignore[attr-defined]
        cases.unassign(assignment, by=story.coordinator)
    return story


def _stuck(village: Village) -> Story:
    """Everyone is ready, and one of them can come in no week."""
    story = case_at(village, Stage.READY, matter=3)
    never = [(day, time(0), time(23), "no") for day in range(7)]
    calendars.say_week(story.people["hana"].person_id, by=story.coordinator, times=never)
    return story


def _cannot(village: Village) -> Story:
    """The time was moved once, by the programme's wish; now somebody cannot come."""
    story = case_at(village, Stage.SCHEDULED, matter=5)
    later = next(s for s in times.suggestions(story.case) if s.starts_at > story.booking.starts_at and not s.missing)
    given = {"room": later.room, "starts_at": later.starts_at, "minutes": story.programme.max_minutes}
    scheduling.rebook(story.booking, by=story.coordinator, wish="programme", **given)
    scheduling.say_no_longer(story.sol, by=story.me("sol"))
    return story


SCHOOL: dict[str, Callable[[Village], Story]] = {
    "new": _new,
    "nobody_yet": _nobody_yet,
    "half": _half,
    "gated": _gated,
    "under_seal": under_seal,
    "held": _held,
    "stopped": _stopped,
    "offered": _offered,
    "cannot": _cannot,
    "ready": lambda village: case_at(village, Stage.READY),
    "asked": _asked,
    "seeking": _seeking,
    "stuck": _stuck,
    "soon": lambda village: case_at(village, Stage.SCHEDULED, began=timedelta(days=10), matter=2),
    "watched": _watched,
    "scheduled": lambda village: case_at(village, Stage.SCHEDULED),
    "live": _live,
    "sharing": _sharing,
    "adjourned": _adjourned,
    "met": lambda village: case_at(village, Stage.CONVENED, matter=7),
    "drafting": _drafting,
    "signing": _signing,
    "weighing": _weighing,
    "following": following,
    "promised": lambda village: case_at(village, Stage.FOLLOWING_UP, matter=3),
    "twice": _twice,
    "closed": lambda village: case_at(village, Stage.CLOSED, matter=5),
}
