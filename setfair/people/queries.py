from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from setfair.core import tenant
from setfair.core.text import folded
from setfair.letters.actions import Address
from setfair.letters.came_back import Holding
from setfair.letters.ends import is_quiet
from setfair.letters.marks import is_surely_one, line_of, spellings
from setfair.letters.models import CameBack, Channel
from setfair.vault import master, ring

from .models import Contact, Person, WayWish, WayWishEnd, WayWishSeen, own_name

MOST_LOOKED_AT = 100
LONGEST_TYPED = 254
NAMED = "SELECT person_id FROM people_named(%s::bytea[])"
WRITTEN = ((Contact.Way.EMAIL, Channel.EMAIL), (Contact.Way.SMS, Channel.SMS))
"""Ways over which a message can go by itself, the quieter one first."""


def first_name(key: UUID, name: Any, called: Any, family_first: bool) -> str:
    """What `Person.first` says, of somebody whose sealed columns were read without the rest of the row."""
    chosen = _opened(key, "called", called)
    return own_name(chosen or _opened(key, "name", name), chosen, family_first=family_first)


def _opened(key: UUID, column: str, value: Any) -> str:
    field: Any = Person._meta.get_field(column)
    return field.opened_of(key, key, value) if value else ""


def ways(person: Person) -> list[Contact]:
    """Every way that person said is safe, in the order of `Contact.Way`."""
    order = list(Contact.Way.values)
    return sorted(Contact.objects.filter(person=person, ended_at__isnull=True), key=lambda c: order.index(c.way))


def way_of(person: Person, way: str) -> Contact | None:
    """The one safe address of this way, if there is one."""
    return Contact.objects.filter(person=person, way=way, ended_at__isnull=True).first()


@dataclass(frozen=True)
class WayLine:
    """One way on somebody's card, whether or not it is safe. `readers` are the names of those who read there too."""

    way: str
    label: str
    contact: Contact | None
    readers: str
    hours: str


def ways_and_gaps(person: Person, known: Mapping[UUID, str]) -> list[WayLine]:
    """All the ways there are, with what was said about each that is safe; `known` are names that may be shown."""
    safe = {contact.way: contact for contact in ways(person)}
    return [_line(way, safe.get(way.value), known) for way in Contact.Way]


def way_line(contact: Contact) -> WayLine:
    """One way as it would stand on the card."""
    return _line(Contact.Way(contact.way), contact, {})


def _line(way: Contact.Way, contact: Contact | None, known: Mapping[UUID, str]) -> WayLine:
    if contact is None:
        return WayLine(way.value, str(way.label), None, "", "")
    readers = [*(known[key] for key in contact.read_by if key in known), str(contact.also_reads)]
    return WayLine(way.value, str(way.label), contact, ", ".join(name for name in readers if name), hours_in_words(contact))


def hours_in_words(contact: Contact) -> str:
    """When a message may go there, such as `Mon, Tue · from 3:15 p.m. · until 6 p.m.`; empty for every hour of the day."""
    days = ", ".join(str(WEEKDAYS_ABBR[day]) for day in sorted(contact.days))
    starts = _("from %(hour)s") % {"hour": time_format(contact.starts)} if contact.starts else ""
    ends = _("until %(hour)s") % {"hour": time_format(contact.ends)} if contact.ends else ""
    return " · ".join(part for part in (days, starts, ends, str(contact.times)) if part)


def safe_address(person: Person, *, opens: bool = False) -> Address | None:
    """Where a message may go by itself; None means paper, a voice or somebody in between.

    One that waits for a word with them (`hears_nothing`) comes after all others: what is written to it is stopped at the gate, and so it is seen.
    """
    there = {contact.way: contact for contact in ways(person) if not (opens and waits_for_a_word(contact))}
    last = {way for way, contact in there.items() if not opens and hears_nothing(contact)}
    order = sorted(WRITTEN, key=lambda each: each[0] in last)
    return next((Address(channel, str(there[way].value)) for way, channel in order if way in there), None)


def held_address(person: Person, *, opens: bool = False) -> Address | None:
    """The same, and nobody calls it unsafe until this transaction ends: whoever does so then finds all that was sent there.

    A letter that `opens` their pages goes to none that waits for a word with them (`waits_for_a_word`).
    """
    list(Contact.objects.select_for_update(of=("self",)).filter(person=person, ended_at__isnull=True).order_by("id").values_list("pk"))
    return safe_address(person, opens=opens)


def waits_for_a_word(contact: Contact) -> bool:
    """Whether only a code says that this address is theirs, though they had been reached in some way before: whoever holds their link can type it.

    So it is until somebody of the team has spoken with them.
    """
    before = Contact.objects.filter(person=contact.person_id)
    return any(before.filter(added_at__lt=wish.at).exists() for wish in _by_code_alone(contact))


def hears_nothing(contact: Contact) -> bool:
    """Whether nothing about the case goes there until then: only a code says that it is theirs, and another way was known when they wrote it."""
    return any(had_another(wish) for wish in _by_code_alone(contact))


def had_another(wish: WayWish) -> bool:
    """Whether they could be reached in another way when they wrote this, or had just ended that one on their own page, which nobody has looked at.

    Where every old one was dead (it gave letters back, or asked for no more), a code is all that there can be.
    """
    then = Contact.objects.filter(person=wish.person_id, added_at__lt=wish.at).filter(Q(ended_at__isnull=True) | Q(ended_at__gt=wish.at))
    unlooked = ~Exists(WayWishSeen.objects.filter(wish=OuterRef("pk")))
    ended = WayWish.objects.filter(unlooked, person=wish.person_id, at__lt=wish.at, was__isnull=False)
    return wish.was is not None or then.exists() or ended.exists()


def _by_code_alone(contact: Contact) -> list[WayWish]:
    """Wishes for this address that a code confirmed, and nobody of the team yet."""
    ends, seen = WayWishEnd.objects.filter(wish=OuterRef("pk"), how=WayWishEnd.How.PROVEN), WayWishSeen.objects.filter(wish=OuterRef("pk"))
    waiting = WayWish.objects.filter(Exists(ends), ~Exists(seen), person=contact.person_id, way=contact.way)
    return [wish for wish in waiting if str(wish.value) == str(contact.value)]


def alike(
    among: QuerySet[Person], *, name: str, called: str, birth_year: int | None, contacts: Mapping[str, str], near: Iterable[UUID]
) -> list[Person]:
    """Those `among` people who may be this one: the same words in the name, and the same year of birth or the same address.

    For those who are `near`, in the same circle, the name is enough. Names are found
    by their blind tokens and compared once opened; nothing is written down.
    """
    words = set(folded(f"{name} {called}").split())
    if not words:
        return []
    programme_id, near = UUID(str(tenant.current())), set(near)
    tokens = [token for each in master.blinds(programme_id, sorted(words)) for token in each]
    found = list(among.filter(tokens__overlap=tokens).order_by("added_at", "id")[:MOST_LOOKED_AT])
    ring.gather(person.pk for person in found)
    asked = {way: value.strip().casefold() for way, value in contacts.items() if value.strip()}
    return [p for p in found if _same_name(p, words) and (p.pk in near or _same_year(p, birth_year) or _same_address(p, asked))]


def _same_name(person: Person, words: set[str]) -> bool:
    try:
        theirs = set(folded(f"{person.name} {person.called}").split())
    except ring.WordsAreGone:
        return False
    return theirs <= words or words <= theirs


def _same_year(person: Person, birth_year: int | None) -> bool:
    return birth_year is not None and person.birth_year == birth_year


def _same_address(person: Person, asked: Mapping[str, str]) -> bool:
    return any(str(contact.value).strip().casefold() == asked.get(contact.way) for contact in ways(person))


def people_at(typed: str) -> list[tuple[UUID, UUID]]:
    """Programme and person, ids only, of whoever has this e-mail address or number as a safe way now. Works before any programme is known."""
    return _by_mark("SELECT programme_id, person_id FROM people_by_mark(%s)", typed)


def writers_at(typed: str) -> list[tuple[UUID, UUID]]:
    """The same for somebody who writes to us: where nobody has the address now, whoever had it. Who asked for no messages may still say something."""
    return people_at(typed) or _by_mark("SELECT programme_id, person_id FROM people_by_mark_of_before(%s)", typed)


def holding(reader: UUID, address: str) -> Holding | None:
    """Whether this address is a way of theirs now, and whether others have it or read there too; None of whoever is none of our people."""
    if not Person.objects.filter(pk=reader).exists():
        return None
    there = _at(Contact.objects.filter(ended_at__isnull=True), address)
    theirs = [contact for contact in there if contact.person_id == reader]
    readers = {contact.person_id for contact in there} | {person for _programme, person in people_at(address)}
    return Holding(bool(theirs), bool(readers - {reader}) or any(contact.is_shared for contact in theirs))


def is_past(reader: UUID, address: str) -> bool:
    """Whether this address was a way of theirs and is none now."""
    there = _at(Contact.objects.filter(person=reader), address)
    return bool(there) and all(contact.ended_at is not None for contact in there)


def _at(contacts: QuerySet[Contact], address: str) -> list[Contact]:
    rows = list(contacts)
    ring.gather(contact.person_id for contact in rows)
    return [contact for contact in rows if is_surely_one(value_of(contact), address)]


def value_of(contact: Contact) -> str:
    """The address; empty once its words are gone."""
    try:
        return str(contact.value)
    except ring.WordsAreGone:
        return ""


def _by_mark(asked: str, typed: str) -> list[tuple[UUID, UUID]]:
    found: dict[tuple[UUID, UUID], None] = {}
    with connection.cursor() as cursor:
        for spelled in spellings(Contact.Way.EMAIL if "@" in typed else Contact.Way.SMS, typed[:LONGEST_TYPED]):
            for mark in master.traces("contact", spelled):
                cursor.execute(asked, [mark])
                found.update(dict.fromkeys(cursor.fetchall()))
    return list(found)


def said_stop(person: Person, address: str) -> bool:
    """Whether this address asked for no more messages, of them or of anybody, or was the wrong one: then only their own word opens it again."""
    if is_quiet(address):
        return True
    ended = CameBack.objects.filter(
        Q(from_elsewhere=False) | Q(channel=Channel.SMS), reader_id=person.pk, kind__in=(CameBack.Kind.STOP, CameBack.Kind.WRONG)
    )
    return any(line_of(str(row.sender)) == line_of(address) for row in ended)


def was_stopped(person: Person, value: str = "") -> bool:
    """Whether any address of theirs ended because no more messages were asked for there, or were so at this one, whoever had it."""
    return is_quiet(value) or CameBack.objects.filter(reader_id=person.pk, kind__in=(CameBack.Kind.STOP, CameBack.Kind.WRONG)).exists()


def reached_at(people: Iterable[Person], email: str) -> bool:
    """Whether one of these people is reached, or ever was, at this e-mail address."""
    return email.strip().casefold() in mailboxes(people)


def mailboxes(people: Iterable[Person]) -> set[str]:
    """Every e-mail address at which one of these people is reached, or ever was, in small letters. One query."""
    rows = Contact.objects.filter(person__in=[p.pk for p in people], way=Contact.Way.EMAIL)
    return {str(row.value).strip().casefold() for row in rows}


def named(*tokens: list[bytes]) -> RawSQL:
    """The ids of this programme's people whose name has all tokens of one of these lists (`models.name_tokens`, `master.blinds`).

    A function says them, because behind row-level security PostgreSQL looks for `@>`
    in every row and not in the index.
    """
    return RawSQL(" UNION ".join([NAMED] * len(tokens)), tokens)  # noqa: S611  words of our own only; the tokens are parameters
