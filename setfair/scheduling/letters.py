"""What is said about a time: "you have a message" to everybody, when and where only to those who said that a message may be left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from setfair.accounts.models import User
from setfair.cases.models import Participation
from setfair.cases.queries import circle, team
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.core.text import TellingWords, neutral
from setfair.journal.journey import move
from setfair.letters.actions import Address, Words, write
from setfair.letters.journey import NOT_GONE, Stage
from setfair.letters.models import Channel, Letter
from setfair.people.custody import custody_of
from setfair.people.models import Contact, Person
from setfair.people.queries import WRITTEN, ways
from setfair.programmes import wording
from setfair.programmes.speaking import in_language

from . import queries
from .calendar_file import lost, own_file, team_file
from .models import Booking, Seat
from .said import Clock, clock_of, place

MESSAGE = wording.letter(
    "time_message",
    _("To somebody whose time was booked or is off, where no more may be said"),
    _("You have a message"),
    _("Hi, you have a message from {programme}. Open {link} with your code, or call {phone}."),
    fields=("programme", "link", "phone"),
)
BOOKED = wording.letter(
    "time_booked",
    _("To everyone who comes, once a time is booked"),
    _("You have a message"),
    _("Hello,\n\nDay and time: {when}\nPlease come at: {come}\nPlace: {place}\n\nQuestions? {phone}"),
    fields=("when", "come", "place", "phone"),
)
OFF = wording.letter(
    "time_off",
    _("To everyone who was to come, when a time is off"),
    _("You have a message"),
    _("Hello,\n\nThis time is off: {when}\nWe will be in touch.\n\nQuestions? {phone}"),
    fields=("when", "phone"),
)
MOVED = wording.letter(
    "time_moved",
    _("To everyone who comes, when a time is moved"),
    _("You have a message"),
    _("Hello,\n\nThe time has changed. It was: {was}\n\nDay and time now: {when}\nPlease come at: {come}\nPlace: {place}\n\nQuestions? {phone}"),
    fields=("was", "when", "come", "place", "phone"),
)
CARD = wording.letter(
    "time_card",
    _("A small card on paper, for who wants that instead of a file for a calendar"),
    _("Appointment"),
    _("{when}\n\nPlease come at: {come}\n\nPlace: {place}\n\nQuestions? {phone}"),
    fields=("when", "come", "place", "phone"),
)
NEAR = timedelta(hours=48)
"""So close to the day a change also goes over the quickest way that is safe."""


@dataclass(frozen=True)
class Reader:
    """One who gets a letter. `acts_as` is their id as an actor, `may_say` whether their channel bears more than "you have a message",
    `may_keep` whether also an entry for a calendar: mail programs put it there by themselves, so nobody else may read there.
    `wants` is what they like to have with a time. `is_quick`: it goes beside another, because the day is so near."""

    id: UUID
    acts_as: UUID
    language: str
    to: Address
    may_say: bool
    comes: datetime
    clock: Clock
    mine: Participation | User
    may_keep: bool
    wants: str = Person.Times.FILE
    is_quick: bool = False


def tell(booking: Booking, *, by: Actor) -> None:
    """A letter to everyone who sits in this booking and has said yes. Whoever has theirs gets no second one, unless their seat was lost since."""
    again = dict(Counter(lost(Seat.objects.filter(booking=booking)).values_list("occupant", flat=True)))
    for reader in readers_of(booking, may_be_told(booking)):
        with in_language(reader.language):
            what = f"booked:{again[reader.id]}" if reader.id in again else "booked"
            send(_with_file(words_for(BOOKED, booking, reader), booking, reader), reader, what, booking, by)
            _card(booking, reader, by)


def tell_moved(was: Booking, booking: Booking, *, by: Actor) -> None:
    """The new time, to everyone who sits in it: as a change to those who know of an older one, to the others as their first.

    What has not gone of the old time stays here; whoever was told it and sits no more hears that it is off.
    """
    _stop(was, by=by)
    last, comes = _last_told(was), may_be_told(booking)
    for reader in readers_of(booking, comes):
        known = last.get(reader.id)
        with in_language(reader.language):
            letter, more = (BOOKED, {}) if known is None else (MOVED, {"was": reader.clock.when(known.starts_at, known.ends_at)})
            send(_with_file(words_for(letter, booking, reader, **more), booking, reader, known), reader, "booked", booking, by)
            _card(booking, reader, by)
    _say_off(was, last.keys() - comes if queries.lies_ahead(was) else set(), by)


def will_hear(booking: Booking) -> tuple[list[str], list[str]]:
    """Of whom a move would reach: the names of those who know of a time already, and of those who would hear of their first."""
    last, names = _last_told(booking), queries.occupants(booking.case)
    unwilling = {p.person_id for p in circle(booking.case) if not queries.is_willing(p)}
    return [names[who] for who in names if who in last], [names[who] for who in names if who not in last and who not in unwilling]


def call_off(booking: Booking, *, by: Actor) -> None:
    """Stop what has not gone yet, and tell everyone that this time is off. Never who, never why; whoever did it knows."""
    _stop(booking, by=by)
    _say_off(booking, _was_told(booking), by)


def _say_off(booking: Booking, among: Set[UUID], by: Actor) -> None:
    """Of the time that each of them was told last: a later one may not have gone yet."""
    last = _last_told(booking)
    for reader in readers_of(booking, among):
        if reader.acts_as != by.id:
            with in_language(reader.language):
                words = words_for(OFF, last.get(reader.id, booking), reader)
                send(_with_file(words, booking, reader, booking), reader, "released", booking, by)


def _last_told(booking: Booking | None) -> dict[UUID, Booking]:
    """By reader: the time of this meeting that last reached them, along all that it was moved from."""
    found: dict[UUID, Booking] = {}
    while booking is not None:
        gone = Letter.objects.filter(key__startswith=f"booked:{booking.pk}:").exclude(stage__in=(*NOT_GONE, Stage.WITHDRAWN))
        found = dict.fromkeys(gone.values_list("reader_id", flat=True), booking) | found
        booking = Booking.objects.filter(changes__became=booking).select_related("room", "programme").first()
    return found


def _stop(booking: Booking, *, by: Actor) -> None:
    stale = Q(*(Q(key__startswith=f"{what}:{booking.pk}:") for what in ("booked", "soon", "card")), _connector=Q.OR)
    for letter in Letter.objects.filter(stale, stage__in=NOT_GONE):
        move(letter, Stage.WITHDRAWN, by=by)


def words_for(letter: wording.Letter, booking: Booking, reader: Reader, **more: str) -> Words:
    """The letter as this reader may have it: no more than their channel bears."""
    programme = booking.programme
    phone = programme.phone or programme.room
    short = MESSAGE.words(programme=programme.short_name, link=f"{settings.SITE_ADDRESS}{reverse('code')}", phone=phone)
    full = letter.words(**facts(booking, reader.comes, reader.clock), **more)
    chosen = full if reader.may_say else short
    return chosen if reader.to.channel != Channel.SMS else _lying_open(chosen, short)


def facts(booking: Booking, comes: datetime, on: Clock) -> dict[str, str]:
    """What is said of a time by somebody's clock, wherever it is said: when, when to come, where, whom to ask."""
    programme = booking.programme
    return {
        "when": on.when(booking.starts_at, booking.ends_at),
        "come": on.time(comes),
        "place": place(booking.room, programme),
        "phone": programme.phone or programme.room,
    }


def _with_file(words: Words, booking: Booking, reader: Reader, known: Booking | None = None) -> Words:
    """The letter with the entry for their own calendar, where their inbox bears it and they want one.

    Who wants none any more still gets the one of a time that is off: it takes out what a letter had put in.
    """
    if reader.to.channel != Channel.EMAIL or not reader.may_keep:
        return words
    if reader.wants != Person.Times.FILE:
        if known is None or known.released_at is None or not _has_entry(known, reader):
            return words
        booking = known
    mine = reader.mine
    return replace(words, calendar=team_file(booking, mine) if isinstance(mine, User) else own_file(booking, mine))


def _has_entry(booking: Booking, reader: Reader) -> bool:
    letters = Letter.objects.filter(key__startswith=f"booked:{booking.pk}:", reader_id=reader.id).exclude(stage=Stage.WITHDRAWN)
    return any(letter.calendar for letter in letters)


def _card(booking: Booking, reader: Reader, by: Actor) -> None:
    """For who wants one: on paper, beside the message. It waits to be printed and given."""
    mine = reader.mine
    if isinstance(mine, User) or reader.wants != Person.Times.CARD or reader.to.channel == Channel.PAPER or reader.is_quick:
        return
    send(card_words(booking, reader.comes, reader.clock), replace(reader, to=post_of(mine.person)), "card", booking, by)


def card_words(booking: Booking, comes: datetime, on: Clock) -> Words:
    """What stands on a card that goes into a pocket: nothing that tells, and no name."""
    said = facts(booking, comes, on)
    try:
        neutral(said["place"])
    except TellingWords:
        said["place"] = say("as we told you")
    return CARD.words(**said)


def _lying_open(*wanted: Words) -> Words:
    """A text message lies open on a phone. If a room's or a programme's own name would tell, it says less."""
    for words in wanted:
        try:
            neutral(words.body)
        except TellingWords:
            continue
        return words
    return Words(say("You have a message"), say("You have a message. Please open your page with your code."))


def may_be_told(booking: Booking) -> set[UUID]:
    """Who sits there and has said yes, by the id of their seat."""
    seated = set(Seat.objects.filter(booking=booking, released_at__isnull=True).values_list("occupant", flat=True))
    return seated - {p.person_id for p in circle(booking.case) if not queries.is_willing(p)}


def _was_told(booking: Booking) -> set[UUID]:
    """Whoever was never told a time is not told that it is off."""
    return set(Letter.objects.filter(key__startswith=f"booked:{booking.pk}:").values_list("reader_id", flat=True))


def readers_of(booking: Booking, among: Set[UUID]) -> Iterator[Reader]:
    """Each of these who sit in it, with the way to them and what it bears."""
    for reader in _everyone(booking):
        if reader.id in among:
            yield reader


def _everyone(booking: Booking) -> Iterator[Reader]:
    programme, people = booking.programme, circle(booking.case)
    comes = queries.arrivals(booking, people)
    for p in people:
        to, may_say, is_shared = _way_to(p.person)
        theirs, wants = clock_of(p, programme), p.person.times_as
        reader = Reader(p.person_id, p.pk, p.person.language, to, may_say, comes[p.pk].at, theirs, p, may_say and not is_shared, wants)
        yield reader
        quick = _quick_way_to(p.person) if to.channel == Channel.EMAIL and booking.starts_at - clock.now() <= NEAR else None
        if quick is not None:
            yield replace(reader, to=Address(Channel.SMS, quick.value), may_say=quick.may_leave_message, is_quick=True)
    for assignment in team(booking.case):
        user = assignment.facilitator.user
        early, ours = queries.team_comes(booking), Clock(programme.zone, programme.zone)
        yield Reader(user.pk, user.pk, user.language, Address(Channel.EMAIL, user.email), True, early, ours, user, True)


def _way_to(person: Person) -> tuple[Address, bool, bool]:
    """Where a message may go, whether it may say more than that there is one, and whether others read there.

    Paper that is handed over may say more, and that for a closed place has to: there is no page to read it on.
    """
    known = {contact.way: contact for contact in ways(person)}
    if custody_of(person) is not None:
        return post_of(person), True, False
    for way, channel in (*WRITTEN, (Contact.Way.POST, Channel.PAPER)):
        if way in known:
            return Address(channel, known[way].value), known[way].may_leave_message, known[way].is_shared
    return Address(Channel.PAPER, ""), True, False


def post_of(person: Person) -> Address:
    """Paper for whoever no message reaches by itself: by post where that is safe, else from hand to hand."""
    posted = next((str(c.value) for c in ways(person) if c.way == Contact.Way.POST), "")
    return Address(Channel.PAPER, posted)


def _quick_way_to(person: Person) -> Contact | None:
    """A text message is read within minutes, an e-mail perhaps tomorrow."""
    return next((contact for contact in ways(person) if contact.way == Contact.Way.SMS), None)


def send(words: Words, reader: Reader, what: str, booking: Booking, by: Actor, **when: datetime) -> None:
    """Once for each reader; `what` may say of which occasion, after a colon."""
    kind, _colon, occasion = what.partition(":")
    key = ":".join(part for part in (kind, str(booking.pk), str(reader.id), occasion, "quick" if reader.is_quick else "") if part)
    write(words, to=reader.to, reader=reader.id, key=key, by=by, case=booking.case_id, **when)
