"""What a newcomer finds: both programmes, with requests at the door and a case at every stage."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.utils import timezone

from setfair.agreements import actions as agreements
from setfair.agreements import paper
from setfair.agreements.models import Signature
from setfair.agreements.terms import Terms
from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.conferences import actions as conferences
from setfair.conferences.models import Turn
from setfair.core.actor import Actor, Kind, anyone
from setfair.files.examined import Examined
from setfair.files.scanner import Verdict
from setfair.keeping import actions as keeping
from setfair.keeping.asked import Wants
from setfair.outcomes import actions as outcomes
from setfair.outcomes.models import News, NewsWish
from setfair.preparation import actions as preparation
from setfair.programmes.actions import share_device
from setfair.programmes.models import Programme, ScriptPage
from setfair.programmes.reasons import Reason
from setfair.referrals import actions as referrals
from setfair.referrals.models import Referral

from .build import Village
from .by_letters import by_letters
from .cast import TOLD_BY_A_TEACHER, TOLD_BY_THE_COURT, circle_of
from .forgetting import forgotten, near_its_day
from .gone_through import begin_their_lists, lists_gone_through
from .kept_close import sealed_and_read_once
from .not_safe import under_an_order, was_not_safe
from .story import Story, asked, case_at, signing
from .tallies import a_year_that_is_over
from .time import at
from .what_came import agreed_in_part, what_came


def show(village: Village) -> None:
    """Play the demonstration in both programmes; about a dozen cases each, the oldest begun two months ago."""
    for programme in (village.school, village.county):
        with village.inside(programme):
            _at_the_door(village, programme)
            _in_the_house(village, programme, first=0 if programme == village.school else 40)
            _taken_back(village, programme)
            near_its_day(village, programme, circle=circle_of(13 if programme == village.school else 53), matter=13)
            sealed_and_read_once(village, programme, circle=circle_of(14 if programme == village.school else 54), matter=14)
            if programme == village.county:
                by_letters(village, programme, circle=circle_of(55), matter=15)
            what_came(village, programme, circles=circle_of, first=17 if programme == village.school else 57)
            lists_gone_through(village, programme)
            forgotten(village, programme)
            a_year_that_is_over()
            share_device(by=village.actor("cora" if programme == village.school else "nour"), name="Waiting room")


def _at_the_door(village: Village, programme: Programme) -> None:
    now = timezone.now()
    coordinator = village.actor("cora" if programme == village.school else "nour")
    with at(now - timedelta(days=6)):
        unsuitable, _ = asked(village, programme, 5)
    referrals.decline(unsuitable, by=coordinator, reason=Reason.OTHER_PATH)
    with at(now - timedelta(days=3)):
        asked(village, programme, 6)
    with at(now - timedelta(hours=2)):
        referrals.ask(
            by=anyone(programme.pk),
            form_key=uuid.uuid4(),
            source=Referral.Source.STAFF,
            story=TOLD_BY_A_TEACHER,
            when="on Monday",
            safety="They walk home the same way. I am worried about this week.",
            safety_worry=True,
            reach={"through": "the school office"},
            asker="A form teacher",
        )
    _only_to_talk(village, programme)
    if programme.takes_professional_referrals:
        _from_the_court(programme)


def _only_to_talk(village: Village, programme: Programme) -> None:
    """Somebody wants to learn more before anything begins; a facilitator meets them tomorrow."""
    coordinator, holder = ("cora", "fadi") if programme == village.school else ("nour", "lena")
    referral, _code = referrals.ask(
        by=anyone(programme.pk),
        form_key=uuid.uuid4(),
        source=Referral.Source.STAFF,
        story=TOLD_BY_A_TEACHER,
        wish=Referral.Wish.TALK,
        reach={"email": "homeroom@school.example"},
        asker="A homeroom teacher",
    )
    by, noon = village.actor(coordinator), timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    times = [noon, noon + timedelta(days=1)]
    talk = referrals.offer_talk(
        referral, by=by, times=times, holder=village.users[holder].pk, place="Room 12", brief="Would like to know how it works."
    )
    referrals.note_time(talk, by=by, starts_at=noon)


def _from_the_court(programme: Programme) -> None:
    referrals.ask(
        by=anyone(programme.pk),
        form_key=uuid.uuid4(),
        source=Referral.Source.JUDGE,
        story=TOLD_BY_THE_COURT,
        office="River County Court, clerk's office",
        court_number="RC-26-0417",
        legal_stage="pre_plea",
        deadline=timezone.localdate() + timedelta(days=40),
        reach={"email": "clerk@court.example"},
        asker="The clerk",
        wanted_back="Whether it went ahead, before the hearing.",
    )


def _taken_back(village: Village, programme: Programme) -> None:
    with at(timezone.now() - timedelta(days=4)):
        referral, _code = asked(village, programme, 7)
    referrals.withdraw(referral, by=Actor(Kind.REFERRER, programme.pk, referral.pk))


def _in_the_house(village: Village, programme: Programme, first: int) -> None:
    def case(n: int, stage: str, began: int) -> Story:
        return case_at(
            village, stage, programme, circle=circle_of(first + n), matter=n, began=timedelta(days=began), before_meeting=Story.invite_everyone
        )

    case(0, Stage.CLOSED, 60)
    case(1, Stage.CLOSED, 45)
    told = case(2, Stage.FOLLOWING_UP, 35)
    _told_an_office(told)
    _asked_for_a_copy(told)
    _partly_kept(parted := case(3, Stage.FOLLOWING_UP, 28))
    agreed_in_part(parted)
    _half_signed(case(4, Stage.CONVENED, 21))
    _being_written(met := case(5, Stage.CONVENED, 18))
    _says_how_they_are(met)
    case(6, Stage.SCHEDULED, 14)
    _to_be_continued(case(7, Stage.READY, 23))
    _half_prepared(half := case(8, Stage.PREPARING, 7))
    begin_their_lists(half)
    was_not_safe(half, "harmed")
    _changed_their_mind(case(9, Stage.READY, 9))
    under_an_order(case(10, Stage.PREPARING, 2))
    _resting(case(11, Stage.PREPARING, 16))
    _ended_early(case(12, Stage.PREPARING, 25))
    _under_way(case(16, Stage.READY, 12))


def _partly_kept(story: Story) -> None:
    agreements.send_proof(story.items()[0], by=story.village.as_participant(story.items()[0].owner), words="I gave the letter to Ms Castell.")
    outcomes.wish_news(story.people["harmed"], by=story.me("harmed"), choice=NewsWish.Choice.EACH)


def _being_written(story: Story) -> None:
    """They have met, and what they agreed is being written: one says all of it, one is the school's, one still says too little."""
    draft, people, today = agreements.draft(story.case, by=story.lead), story.people, timezone.localdate()
    agreements.promise(
        draft, by=story.lead, owner=people["responsible"], owed_to=people["harmed"], what="Mend the bicycle shed on three Saturdays.",
        due_on=today + timedelta(days=24), proof_wanted="The caretaker writes down the hours.",
        terms=Terms(kind="time", hours=9, beside=(people["guardian"],), checker_staff=story.lead.id, if_hard="Call the facilitator before the day."),
    )  # fmt: skip
    agreements.promise(
        draft, by=story.lead, owner=None, what="Leave the side gate open until six, so that nobody has to walk round.",
        due_on=today + timedelta(days=10), terms=Terms(kind="support", body=story.programme.name),
    )  # fmt: skip
    agreements.promise(draft, by=story.lead, owner=people["responsible"], what="Be respectful.", due_on=today + timedelta(days=30))


def _says_how_they_are(story: Story) -> None:
    """Whoever held it would like to talk, and passed something on."""
    with at(timezone.now() - timedelta(hours=5)):
        conferences.debrief(
            story.conference, by=story.lead, form_key=uuid.uuid4(), how="talk", words="It went well, and it stays with me. Can we talk this week?",
            pass_on="The grandmother of the young man would like a call before the next step.",
        )  # fmt: skip


def _to_be_continued(story: Story) -> None:
    """They met, time ran out, and what was begun rests until another day."""
    with at(timezone.now() - timedelta(days=15)):
        story.book()
    with at(story.booking.starts_at):
        conference = story.begin()
        for person in story.people.values():
            conferences.mark_attendance(conference, person, by=story.lead, came=True)
        conferences.put_in_order(conference, story.people["responsible"], by=story.lead, where="first")
        conferences.turn_page(conference, by=story.lead, page=14)
        story.case.refresh_from_db()
        _being_written(story)
        conferences.adjourn(conference, by=story.lead, reason=Reason.OUT_OF_TIME)


def _under_way(story: Story) -> None:
    """They sit together now, earlier than was booked: everyone has come, and the first voice is being heard."""
    began = timezone.now() - timedelta(minutes=20)
    with at(began - timedelta(hours=2)):
        story.book()
    with at(began):
        conference, (first, *_others) = story.begin(), story.people.values()
        for person in story.people.values():
            conferences.mark_attendance(conference, person, by=story.lead, came=True)
    with at(began + timedelta(minutes=9)):
        voice = next(page for page in ScriptPage.objects.filter(script=conference.script_id) if page.asks == first.role)
        conferences.turn_page(conference, by=story.lead, page=voice.order)
        conferences.give_turn(conference, first, by=story.lead, what=Turn.What.SPEAKS)


def _half_signed(story: Story) -> None:
    agreement = signing(story)
    first, second = list(story.people)[:2]
    own, pen = story.people[first], story.people[second]
    agreements.sign(agreement, by=story.me(first), participation=own, method=Signature.Method.OWN_DEVICE, typed_name=own.person.shown)
    agreements.sign(agreement, by=story.lead, participation=pen, method=Signature.Method.PAPER, typed_name=pen.person.shown)
    sheet = Examined("pdf", "1", paper.copy(agreement), Verdict.UNKNOWN)
    agreements.scan_paper(agreement, by=story.lead, found=sheet, whose=[pen.pk])


def _half_prepared(story: Story) -> None:
    for days, key in ((4, "harmed"), (2, "responsible")):
        with at(timezone.now() - timedelta(days=days)):
            preparation.invite(story.people[key], by=story.lead)
            preparation.meet(story.people[key], by=story.lead, held_on=timezone.localdate(), explained=True, support="wanted", minutes=30)
    preparation.consent(story.people["harmed"], by=story.lead, answer="yes", scope="take_part", method="said", conditions="only if my uncle is there")


def _told_an_office(story: Story) -> None:
    """Everyone lets the court know that it took place, and it has been told so."""
    office = preparation.name_office(by=story.coordinator, name="River County Court, clerk's office", purpose="share")
    preparation.ask_about(story.case, by=story.coordinator, recipient=office)
    for key, person in story.people.items():
        preparation.consent(person, by=story.me(key), answer="yes", scope="share", recipient=office, method="own")
    child = story.people["responsible"]
    preparation.consent(child, by=story.me("guardian"), giver=story.people["guardian"], answer="yes", scope="share", recipient=office, method="own")
    outcomes.report(story.case, by=story.coordinator, office=office, further=False)


def _asked_for_a_copy(story: Story) -> None:
    """Somebody asked for a copy three weeks ago and has no answer yet."""
    with at(timezone.now() - timedelta(days=21)):
        keeping.note_asking(next(iter(story.people.values())), by=story.lead, wants=Wants.COPY)


def _resting(story: Story) -> None:
    with at(timezone.now() - timedelta(days=5)):
        cases.hold(story.case, by=story.coordinator, reason=Reason.AWAY)


def _ended_early(story: Story) -> None:
    """The person responsible said no when asked, and whoever was hurt has been told that it does not go ahead."""
    with at(timezone.now() - timedelta(days=20)):
        story.invite_everyone()
        preparation.consent(story.people["responsible"], by=story.me("responsible"), answer="no", scope="take_part", method="own")
    with at(timezone.now() - timedelta(days=15)):
        outcomes.tell(story.case, by=story.lead, participation=story.people["harmed"], way=News.Way.VOICE, told_on=timezone.localdate())
        outcomes.close(story.case, by=story.coordinator, reason=Reason.DECLINED_AT_CONTACT)


def _changed_their_mind(story: Story) -> None:
    with at(timezone.now() - timedelta(hours=20)):
        preparation.withdraw(story.people["harmed"], by=story.me("harmed"))
