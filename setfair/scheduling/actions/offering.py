"""A circle is asked about one to three times; each says for themselves what works, and one of them is booked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from setfair.cases.models import Case, Participation
from setfair.cases.queries import here, lock
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.journal.actions import record
from setfair.preparation.actions import ask_call
from setfair.programmes.models import Room

from .. import letters_of_offers as letters
from .. import queries
from ..holding import hold_people
from ..models import Booking, Offer, OfferAnswer, OfferedTime
from .booking import CannotBook, book

MOST = 3
LONGEST_HELD = 240
"""Hours for which a time may be kept free for one case."""


class CannotOffer(Exception):
    """These times cannot be offered; the sentence says why."""


class CannotSay(Exception):
    """This is no answer to an offer that still asks."""


@dataclass(frozen=True)
class Choice:
    """A time that could be offered, as a suggestion names it."""

    room: Room
    starts_at: datetime
    minutes: int

    @property
    def during(self) -> DateTimeTZRange:
        return DateTimeTZRange(self.starts_at, self.starts_at + timedelta(minutes=self.minutes))


@transaction.atomic
def offer(case: Case, *, by: Actor, choices: Sequence[Choice], answer_by: datetime, hours: int = 0) -> Offer:
    """Ask everyone in the circle which of these times works for them, until `answer_by`; each is told by letter, and alone.

    For `hours` no other case may book these rooms and people then (0: nothing is kept free). The same offer sent twice
    is one; a case has one at a time, and one whose last day has gone by makes way for the next. Raises `CannotOffer`.
    """
    lock(case)
    there = queries.live_offer(case)
    if there is not None and _is_same(there, choices):
        return there
    if there is not None and queries.asks_now(there):
        raise CannotOffer(_("Times are offered already. Take them back first."))
    for room in sorted({choice.room.pk for choice in choices}):
        Room.objects.select_for_update(of=("self",), no_key=True).get(pk=room)
    hold_people(case)
    _check(case, choices, answer_by, hours)
    if by.id is None:
        raise CannotOffer(_("A time is booked by somebody of the team."))
    if there is not None:
        end(there, by=by)
    asked = Offer.objects.create(case=case, by=by.id, answer_by=answer_by, held_until=_held_until(answer_by, hours))
    OfferedTime.objects.bulk_create(OfferedTime(case=case, offer=asked, room=c.room, during=c.during) for c in choices)
    record("offered", asked, by=by)
    letters.ask(asked, by=by)
    return asked


@transaction.atomic
def answer_offer(
    participation: Participation, *, by: Actor, words: Mapping[OfferedTime, str], how: str = OfferAnswer.How.OWN, giver: Participation | None = None
) -> list[OfferAnswer]:
    """Write down what somebody says about offered times, on their own page or told to the team; what they said last counts.

    Nobody else in the circle sees it. Who wants to be called is called (`ask_call`); that is no answer to a time. `giver` is
    whose word it was where it was not their own. Raises `CannotSay` once the offer has ended.
    """
    giver = giver or participation
    case = lock(participation.case)
    _check_word(case, participation, giver, by, words, how)
    last = dict(OfferAnswer.objects.filter(participation=participation).order_by("at", "id").values_list("time", "word"))
    said = [
        OfferAnswer.objects.create(
            case=case, time=time, participation=participation, giver=giver, word=word, how=how, by_kind=by.kind, by=by.id
        )
        for time, word in words.items()
        if last.get(time.pk) != word
    ]  # fmt: skip
    if said:
        letters.stop(said[0].time.offer, participation, by=by)
        record("answered_offer", participation, by=by)
    if any(row.word == OfferAnswer.Word.CALL for row in said):
        ask_call(participation, by=by)
    return said


@transaction.atomic
def book_offered(time: OfferedTime, *, by: Actor, despite: str = "") -> Booking:
    """Book one of the offered times. Everything is asked again that a booking asks; the rest of the offer ends with it."""
    lock(time.case)
    there = queries.live_booking(time.case)
    ended = Offer.objects.filter(pk=time.offer_id, ended_at__isnull=False).exists()
    if ended and (there is None or not queries.is_same(there, time.room, time.starts_at, time.minutes)):
        raise CannotBook(_("This offer has ended. Please look at the page again."))
    return book(time.case, by=by, room=time.room, starts_at=time.starts_at, minutes=time.minutes, despite=despite)


@transaction.atomic
def take_back(asked: Offer, *, by: Actor) -> Offer:
    """End an offer, and tell those whose question has gone that there is nothing they need to do. Never why. Taken back twice is once."""
    lock(asked.case)
    asked.refresh_from_db(fields=["ended_at"])
    if asked.ended_at is None:
        end(asked, by=by)
        record("took_times_back", asked, by=by)
        letters.settle(asked, by=by)
    return asked


@transaction.atomic
def end(asked: Offer, *, by: Actor) -> None:
    """It asks nobody any more and keeps nothing free, and what has not gone of it stays here. The caller holds the case."""
    asked.ended_at = clock.now()
    asked.save(update_fields=["ended_at"])
    letters.stop(asked, by=by)


def _held_until(answer_by: datetime, hours: int) -> datetime | None:
    return min(clock.now() + timedelta(hours=hours), answer_by) if hours else None


def _is_same(there: Offer, choices: Sequence[Choice]) -> bool:
    offered = {(t.room_id, t.starts_at, t.ends_at) for t in OfferedTime.objects.filter(offer=there)}
    return offered == {(c.room.pk, c.during.lower, c.during.upper) for c in choices} and queries.asks_now(there)


def _check(case: Case, choices: Sequence[Choice], answer_by: datetime, hours: int) -> None:
    """Whatever would stand in the way of a booking stands in the way of an offer: nobody is asked about a time they cannot have."""
    if not 1 <= len({(c.starts_at, c.minutes) for c in choices}) == len(choices) <= MOST:
        raise CannotOffer(_("Please choose one, two or three times."))
    refusal = queries.not_now(case)
    if queries.live_booking(case) is not None:
        refusal = _("This already has a time. Give that one back first.")
    if not refusal and answer_by <= clock.now():
        refusal = _("Please give people time to answer.")
    if not refusal and answer_by > min(c.starts_at for c in choices):
        refusal = _("People answer before the first of these times. Please choose an earlier day.")
    if not refusal and not 0 <= hours <= LONGEST_HELD:
        refusal = _("A time can be kept free for %(hours)s hours at most.") % {"hours": LONGEST_HELD}
    refusal = refusal or next(filter(None, (_stands_against(case, choice) for choice in choices)), "")
    if refusal:
        raise CannotOffer(refusal)


def _stands_against(case: Case, choice: Choice) -> str:
    starts_at, ends_at = choice.during.lower, choice.during.upper
    return (
        queries.objection(case, room=choice.room, starts_at=starts_at, minutes=choice.minutes)
        or queries.not_green(case, starts_at)
        or queries.held_for_another(case, choice.room, starts_at, ends_at)
        or queries.taken_then(case, choice.room, choice.during)
        or queries.not_agreed(case, starts_at, choice.minutes)
    )


def _check_word(case: Case, participation: Participation, giver: Participation, by: Actor, words: Mapping[OfferedTime, str], how: str) -> None:
    if any(word not in OfferAnswer.Word.values for word in words.values()) or how not in OfferAnswer.How.values:
        raise CannotSay(_("Please choose one of the answers."))
    present = set(here(case).values_list("pk", flat=True))
    if not {participation.pk, giver.pk} <= present:
        raise CannotSay(_("They are not in the circle any more."))
    if (how == OfferAnswer.How.OWN) != (by.kind == Kind.PARTICIPANT) or (by.kind == Kind.PARTICIPANT and {by.id} != {participation.pk, giver.pk}):
        raise CannotSay(_("Only they can say this."))
    asked = queries.live_offer(case)
    if asked is None or not queries.asks_now(asked) or any(time.offer_id != asked.pk for time in words):
        raise CannotSay(_("This question is settled. There is nothing you need to do."))
