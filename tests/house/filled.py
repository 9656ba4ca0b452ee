"""What lies in each case of the matrix beside its circle: a letter on paper, an answer, a file, the first words to another."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from setfair.calendars.actions import say_week
from setfair.cases.models import Duty, Participation
from setfair.core import clock
from setfair.core.actor import system
from setfair.enclosures import actions as enclosures
from setfair.exchanges.models import Piece
from setfair.files import actions as files
from setfair.files.examined import Examined
from setfair.files.scanner import Verdict
from setfair.letters.actions import Address, Words, mark_printed, write
from setfair.letters.models import CameBack
from setfair.restitution import actions as restitution
from setfair.scheduling.models import Offer as TimeOffer
from setfair.scheduling.models import OfferedTime, Round, RoundAnswer, RoundTime
from setfair.village.story import Story
from setfair.voices.models import Companion


def lay_on_paper(story: Story) -> None:
    first, by = next(iter(story.people.values())), system(story.programme.pk)
    said = {"to": Address("paper", ""), "reader": first.person_id, "case": story.case.pk, "key": f"matrix:{story.case.pk}"}
    mark_printed(write(Words("A message for you", "Hello"), by=by, **said), by=by)


def answer(story: Story) -> None:
    """Somebody of the case wrote back."""
    first = next(iter(story.people.values()))
    whose = {"owner_id": first.person_id, "reader_id": first.person_id, "case_id": story.case.pk}
    CameBack.objects.create(**whose, channel="email", kind="answer", words="Yes.", sender="hana@home.example", mark=story.case.pk.bytes)


def share_a_file(story: Story) -> None:
    """With the first of the circle, checked for harm."""
    found = Examined("text", "", b"When and where.", Verdict.CLEAN)
    files.add(story.case, by=story.lead, found=found, audience="shared", reader=next(iter(story.people.values())), words="A paper")


def enclose_a_file(story: Story) -> None:
    """With the request that the case came of; nobody has said yet for whom it is."""
    enclosures.enclose(story.referral, by=story.coordinator, found=Examined("text", "", b"A slip.", Verdict.CLEAN), words="The slip")


def name_a_companion(story: Story, first: Any) -> None:
    """Somebody whom the first of the circle would like beside them."""
    Companion.objects.create(participation=first, name="Ion", may_write=False, by_kind="participant", by=first.pk)


def offer_a_time(story: Story) -> None:
    """Before they met they were asked about one time; that question is long settled."""
    now = clock.now()
    asked = TimeOffer.objects.create(
        case=story.case, by=story.coordinator.id, at=now - timedelta(days=9), answer_by=now - timedelta(days=8), ended_at=now - timedelta(days=8)
    )
    during = DateTimeTZRange(now - timedelta(days=7), now - timedelta(days=7) + timedelta(hours=1))
    OfferedTime.objects.create(case=story.case, offer=asked, room=story.booking.room, during=during)


def write_down_a_payment(story: Story) -> None:
    """Of the promise of money a part came through the office."""
    money = next(item for item in story.items() if item.amount is not None)
    restitution.note_payment(money, by=story.lead, amount=Decimal(10), paid_on=timezone.localdate())


def ask_to_help(story: Story, who: str) -> None:
    """One of the team is asked to help at another meeting, and has not answered yet."""
    helper, soon = story.village.facilitator(who), clock.now() + timedelta(days=20)
    asked = {"starts_at": soon, "minutes": 60, "until": soon - timedelta(days=10), "place": story.case.pk, "digest": story.case.pk.bytes * 2}
    Duty.objects.create(case=story.case, facilitator=helper, part="student", **asked)


def write_to_another(story: Story, first: Any) -> None:
    Piece.objects.create(case=story.case, writer=first, meant="responsible", kind="letter", words="Why?", by_kind="participant", by=first.pk)


def ask_about_times(story: Story, whose: Participation) -> None:
    """A round that is over by its day, as they all are once people have met, with an answer; and what somebody said of every week."""
    asked = Round.objects.create(case=story.case, by=story.coordinator.known_id, until=clock.now() + timedelta(days=1))
    starts = clock.now() + timedelta(days=9)
    RoundTime.objects.create(round=asked, place=1, name="Tuesday morning", starts_at=starts, ends_at=starts + timedelta(hours=1))
    RoundAnswer.objects.create(round=asked, participation=whose, means="none", by_kind="participant", by=whose.pk)
    say_week(whose.person_id, by=story.coordinator, times=[(1, time(8), time(9), "yes")])


FILLED = (lay_on_paper, offer_a_time, answer, share_a_file, write_down_a_payment, enclose_a_file)
"""What lies in every case of the matrix."""
