"""From the time that is booked to the last kept promise, and the days that pass."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from setfair.aftercare import actions as aftercare
from setfair.aftercare import tasks as looking
from setfair.aftercare.queries import sayable
from setfair.agreements import actions as agreements
from setfair.agreements import queries as agreed
from setfair.agreements import tasks as reminding
from setfair.agreements.models import Agreement, Signature
from setfair.cases.queries import here
from setfair.conferences import actions as conferences
from setfair.conferences.queries import day_of
from setfair.core.actor import system
from setfair.letters import actions as letters
from setfair.letters.models import Letter
from setfair.outcomes import actions as outcomes
from setfair.outcomes import tasks as telling
from setfair.outcomes.models import News, NewsWish
from setfair.preparation import actions as preparation
from setfair.preparation.queries import is_asked
from setfair.programmes.models import Room
from setfair.programmes.reasons import AT, Reason, Step
from setfair.scheduling import actions as scheduling
from setfair.scheduling import queries as times

from .play import NothingThere, Play


def say_when(play: Play) -> None:
    person = play.somebody()
    day = play.pick(times.times_ahead(person)[:3])
    scheduling.answer_time(person, by=play.me(person), starts_at=day.starts, answer=play.pick(scheduling.ANSWERS))


def book(play: Play) -> None:
    case = play.case()
    fits = times.suggestions(case, limit=2)
    if fits and play.number() % 6:
        chosen = play.pick(fits)
        scheduling.book(case, by=play.coordinator, room=chosen.room, starts_at=chosen.starts_at, minutes=60)
    else:
        room, hour = play.pick(list(Room.objects.order_by("name", "id"))), timezone.now().replace(minute=0, second=0, microsecond=0)
        scheduling.book(case, by=play.coordinator, room=room, starts_at=hour + timedelta(hours=play.number() % 200), minutes=60, despite="asked")


def release(play: Play) -> None:
    booking = times.live_booking(play.case())
    if booking is None or play.number() % 2:
        raise NothingThere
    scheduling.release(booking, by=play.coordinator)


def seat_late(play: Play) -> None:
    scheduling.seat(play.somebody(), by=play.coordinator)


def convene(play: Play) -> None:
    """Most of the time each was asked at the door before."""
    conference = play.conference()
    for person in play.people(conference.case) if play.number() % 4 else ():
        if person.left_at is None and is_asked(person):
            preparation.say_still(person, by=play.lead, for_day=day_of(conference), moment="door")
    conferences.convene(conference, by=play.lead)


def come(play: Play) -> None:
    conference = play.conference()
    conferences.mark_attendance(conference, play.pick(play.people(conference.case)), by=play.lead, came=bool(play.number() % 6))


def all_come(play: Play) -> None:
    conference = play.conference()
    for person in here(conference.case):
        conferences.mark_attendance(conference, person, by=play.lead, came=True)


def turn(play: Play) -> None:
    conferences.turn_page(play.conference(), by=play.lead, page=1 + play.number() % 4)


def conclude(play: Play) -> None:
    conferences.conclude(play.conference(), by=play.lead)


def adjourn(play: Play) -> None:
    if play.number() % 2:
        raise NothingThere
    conferences.adjourn(play.conference(), by=play.lead, reason=play.pick(["asked", "out_of_time", "too_much"]))


def draft(play: Play) -> None:
    agreements.draft(play.case(), by=play.lead)


def promise(play: Play) -> None:
    agreement = play.agreement()
    people, day = play.people(agreement.case), timezone.localdate() + timedelta(days=play.number() % 40)
    agreements.promise(agreement, by=play.lead, owner=play.pick(people), owed_to=play.pick([None, *people]), what="Say sorry.", due_on=day)


def reword(play: Play) -> None:
    item = play.item()
    day = timezone.localdate() + timedelta(days=play.number() % 40)
    agreements.reword(item, by=play.lead, owner=item.owner, what=f"Say sorry, {play.number()} times.", due_on=day)


def strike(play: Play) -> None:
    if play.number() % 2:
        raise NothingThere
    agreements.strike(play.item(), by=play.lead)


def bring_forward(play: Play) -> None:
    agreements.bring_forward(play.item(), by=play.lead)


def present(play: Play) -> None:
    agreements.present(play.agreement(), by=play.lead)


def reopen(play: Play) -> None:
    if play.number() % 2:
        raise NothingThere
    agreements.reopen(play.agreement(), by=play.lead)


def rewrite(play: Play) -> None:
    if play.number() % 2:
        raise NothingThere
    agreements.rewrite(play.agreement(), by=play.lead)


def agree_more(play: Play) -> None:
    if play.number() % 2:
        raise NothingThere
    agreements.agree_more(play.agreement(), by=play.lead)


def leave_as_it_was(play: Play) -> None:
    if play.number() % 2:
        raise NothingThere
    agreements.leave_as_it_was(play.agreement(), by=play.lead)


def sign(play: Play) -> None:
    """Mostly they say first what they think of each promise, as their page asks it of them."""
    agreement = play.agreement()
    person = play.pick(play.people(agreement.case))
    if play.number() % 4:
        words = {item.pk: agreed.words_for(item, person)[0] for item in agreed.items_of(agreement)}
        agreements.mark(agreement, by=play.me(person), participation=person, words=words, method="own")
    agreements.sign(agreement, by=play.me(person), participation=person, method=Signature.Method.OWN_DEVICE, typed_name=person.person.shown)


def find_wrong(play: Play) -> None:
    agreement = play.agreement()
    person = play.pick(play.people(agreement.case))
    agreements.say_wrong(agreement, by=play.me(person), participation=person, words="That is not what I said.")


def send_proof(play: Play) -> None:
    item = play.item()
    agreements.send_proof(item, by=play.me(item.owner), words="It is done.")


def say_how(play: Play) -> None:
    item = play.item()
    agreements.say_how(item, by=play.me(item.owner), words="It takes longer.")


def of_a_promise(verb: Callable[..., Any]) -> Callable[[Play], None]:
    def done(play: Play) -> None:
        verb(play.item(), by=play.lead, words="We talked.")

    return done


def more_time(play: Play) -> None:
    item = play.item()
    agreements.give_more_time(item, by=play.lead, due_on=timezone.localdate() + timedelta(days=1 + play.number() % 30), words="An exam.")


def tell(play: Play) -> None:
    person = play.somebody()
    outcomes.tell(person.case, by=play.lead, participation=person, way=play.pick(News.Way.values), told_on=timezone.localdate())


def wish(play: Play) -> None:
    person = play.somebody()
    own = play.number() % 3 > 0
    by, method = (play.me(person), "own") if own else (play.lead, "said")
    outcomes.wish_news(person, by=by, choice=play.pick(NewsWish.Choice.values), method=method)


def call(play: Play) -> None:
    case = play.case()
    row = play.pick(list(case.check_ins.filter(stage="owed")))
    aftercare.check_in(row, by=play.lead, said=play.pick(sayable(row)), words="They are well.")


def put_call_off(play: Play) -> None:
    case = play.case()
    row = play.pick(list(case.check_ins.filter(stage="owed")))
    aftercare.put_off(row, by=play.lead, until=row.due_on + timedelta(days=1 + play.number() % 30), words="Away.")


def close(play: Play) -> None:
    case = play.case()
    if case.stage != "following_up" and play.number() % 6:
        raise NothingThere
    outcomes.close(case, by=play.coordinator, reason=play.pick(sorted(AT[Step.END] - {Reason.OWN})))


def days_pass(play: Play) -> None:
    """And the worker does what it does by itself."""
    play.now += timedelta(days=1 + play.number() % 20)
    reminding.remind_of_promises()
    looking.look_after_calls()
    telling.lay_down_news()
    for letter in Letter.objects.filter(stage="due", due_at__lte=timezone.now()):
        letters.mark_sent(letter, by=system(letter.programme_id))


def the_day_comes(play: Play) -> None:
    """The clock goes on to the hour that is booked, for whoever waits for it."""
    booking = times.live_booking(play.case())
    if booking is None or booking.starts_at <= play.now:
        raise NothingThere
    play.now = booking.starts_at


def find_fair(play: Play) -> None:
    """Somebody says what they think of one promise; now and then they want it changed."""
    agreement = play.agreement()
    who, item = play.pick(play.people(agreement.case)), play.pick(agreed.items_of(agreement))
    agreements.mark(agreement, by=play.me(who), participation=who, words={item.pk: agreed.words_for(item, who)[play.number() % 7 == 0]}, method="own")


def all_find_fair(play: Play) -> None:
    agreement = play.agreement()
    for who in agreed.still_to_sign(agreement).select_related("person"):
        words = {item.pk: agreed.words_for(item, who)[0] for item in agreed.items_of(agreement)}
        agreements.mark(agreement, by=play.me(who), participation=who, words=words, method="own")


def all_sign(play: Play) -> None:
    all_find_fair(play)
    agreement = play.agreement()
    for signer in agreed.still_to_sign(agreement).select_related("person"):
        agreement = Agreement.objects.select_related("case__programme").get(pk=agreement.pk)
        agreements.sign(agreement, by=play.me(signer), participation=signer, method=Signature.Method.OWN_DEVICE, typed_name=signer.person.shown)
