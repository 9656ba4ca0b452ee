"""May this letter go to this person, there, and now? What they said is safe, whom they must have no contact with, and the hours."""

from __future__ import annotations

from datetime import time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.core.hours import first_moment
from setfair.letters.ends import is_quiet
from setfair.letters.gate import FREE, Barrier, Verdict
from setfair.letters.marks import line_of
from setfair.letters.models import Channel, Letter
from setfair.vault import ring

from .custody import custody_of
from .limits import MESSAGE, standing
from .models import Contact, NoContact, Person, WayWish, WayWishEnd
from .queries import hears_nothing, waits_for_a_word

PROVE, TOLD = "way_code", "way_told"
"""With what the keys of two letters begin: the code to a new address, and word to the old one."""
OPENING = ("invitation", "way_back")
"""The same of those that carry a link which opens their pages."""
LENGTH_OF_ID = 36
HOLDS = (WayWishEnd.How.PROVEN, WayWishEnd.How.SPOKEN)
WAY_OF = {Channel.EMAIL: Contact.Way.EMAIL, Channel.SMS: Contact.Way.SMS, Channel.PAPER: Contact.Way.POST}


def asked(letter: Letter, by: Actor) -> Verdict:
    """What is put into a hand needs no way. Letters to anybody but people we wrote down are no matter of this floor."""
    reader = Person.objects.filter(pk=letter.reader_id).select_related("programme").first()
    if reader is None:
        return FREE
    if letter.channel == Channel.PAPER and settings.SITE_ADDRESS in letter.body and custody_of(reader) is not None:
        return Verdict(Barrier.CLOSED_PLACE)
    if not letter.address.strip():
        return FREE
    way = way_there(letter)
    if way is None or line_of(str(way.value)) != line_of(letter.address):
        return Verdict(Barrier.NOT_ALLOWED)
    kind = letter.key.partition(":")[0]
    if kind in (PROVE, TOLD) and is_quiet(letter.address):
        return Verdict(Barrier.NOT_ALLOWED)
    if (kind != PROVE and hears_nothing(way)) or (kind in OPENING and waits_for_a_word(way)):
        return Verdict(Barrier.NO_WORD_YET)
    if reads_there(way, barred_from(reader.pk)):
        return Verdict(Barrier.APART)
    return FREE if letter.channel == Channel.PAPER else _by_the_clock(reader, way)


def way_there(letter: Letter) -> Contact | None:
    """The way of this reader that a letter uses. Only the code goes to an address before it was confirmed, and only word of the change to one that
    ended by it."""
    kind, _colon, rest = letter.key.partition(":")
    if kind in (PROVE, TOLD):
        wish = WayWish.objects.filter(pk=rest[:LENGTH_OF_ID], person=letter.reader_id).select_related("person").first()
        return None if wish is None else _new(wish) if kind == PROVE else _old(wish)
    return Contact.objects.filter(person=letter.reader_id, way=WAY_OF[Channel(letter.channel)], ended_at__isnull=True).first()


def _new(wish: WayWish) -> Contact | None:
    if WayWishEnd.objects.filter(wish=wish).exists():
        return None
    said: dict[str, Any] = {name: wish.card[name] for name in ("days", "also_reads")}
    hours = {name: time.fromisoformat(wish.card[name]) if wish.card[name] else None for name in ("starts", "ends")}
    return Contact(person=wish.person, way=wish.way, value=str(wish.value), **said, **hours)


def _old(wish: WayWish) -> Contact | None:
    was, taken = Contact.objects.filter(pk=wish.was).first(), WayWishEnd.objects.filter(wish=wish, how__in=HOLDS).first()
    if was is None or not wish.may_tell:
        return None
    return was if was.ended_at is None or (taken is not None and was.ended_at >= taken.at) else None


def _by_the_clock(reader: Person, way: Contact) -> Verdict:
    now = clock.now()
    at = first_moment(now, reader.zone_in(reader.programme), reader.programme.by_day, way.hours)
    if at is None:
        return Verdict(Barrier.NEVER)
    return FREE if at <= now else Verdict(at=at)


def barred_from(person: UUID) -> set[UUID]:
    """With whom this person must have no contact now, also through us."""
    zone = Person.objects.filter(pk=person).values_list("programme__zone", flat=True).first() or "UTC"
    theirs = NoContact.objects.filter(Q(one=person) | Q(other=person))
    walls = standing(theirs, MESSAGE, clock.local(clock.now(), zone).date()).values_list("one_id", "other_id")
    return {key for wall in walls for key in wall} - {person}


def reads_there(way: Contact, others: set[UUID]) -> bool:
    """Whether one of these people reads that inbox or picks up that phone: it was said, or they are reached there themselves."""
    if not others:
        return False
    if others & set(way.read_by):
        return True
    theirs = list(Contact.objects.filter(person__in=others, ended_at__isnull=True).exclude(way=Contact.Way.THROUGH))
    ring.gather(contact.person_id for contact in theirs)
    return line_of(str(way.value)) in {_line(contact) for contact in theirs} - {""}


def _line(contact: Contact) -> str:
    try:
        return line_of(str(contact.value))
    except ring.WordsAreGone:
        return ""
