from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.accounts.actions import revoke_passes_over
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.letters.actions import withdraw_unsent_over
from setfair.letters.models import Channel
from setfair.programmes.zones import zones

from .card import Card, card_of
from .custody import custody_of
from .models import OF_AGE, Contact, NoContact, Person
from .queries import said_stop

OLDEST = 1900
CARRIES: dict[str, str] = {Contact.Way.POST: Channel.PAPER}
"""Ways that letters know by another name."""


class CannotAdd(Exception):
    """What was said about a person cannot be so; the sentence says which part."""


@transaction.atomic
def add(
    *,
    by: Actor,
    name: str,
    called: str = "",
    family_first: bool = False,
    pronouns: str = "",
    language: str = "en",
    birth_year: int | None = None,
    interpreter: bool = False,
    needs: str = "",
    contacts: Mapping[str, str] | None = None,
    messages: Collection[str] = (),
    times: str = "",
    case: UUID | None = None,
) -> Person:
    """Write down somebody by the name they gave; one word is a name.

    `contacts` are the ways that are safe, each with its value; `messages` are those of them where a message may be left;
    `times` is when they said it suits them, in their words;
    `case` is the one whose history tells of it, here and below.
    """
    person = Person()
    _name(person, name, called, family_first, pronouns)
    _describe(person, language, birth_year, interpreter, needs)
    person.save(force_insert=True)
    record("added", person, by=by, case=case)
    for way, value in (contacts or {}).items():
        describe_way(person, by=by, way=way, value=value, card=Card(may_leave_message=way in messages, times=times), case=case)
    return person


@transaction.atomic
def correct(
    person: Person, *, by: Actor, name: str, called: str, language: str, birth_year: int | None, interpreter: bool, needs: str,
    family_first: bool = False, pronouns: str = "",
) -> Person:  # fmt: skip
    """Put right what was written about somebody. The journal says that it was done, never what it said."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    _name(person, name, called, family_first, pronouns)
    _describe(person, language, birth_year, interpreter, needs)
    person.save()
    record("corrected", person, by=by)
    return person


@transaction.atomic
def turn_18(person: Person, *, by: Actor, on: date, zone: str, case: UUID | None = None) -> Person:
    """Write down on which day somebody turns 18; a date that does not fit the year of birth is refused."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.birth_year is not None and on.year != person.birth_year + OF_AGE:
        raise CannotAdd(_("This does not fit the year of birth that is written down. Please check both."))
    if not OLDEST + OF_AGE <= on.year <= clock.now().year + OF_AGE:
        raise CannotAdd(_("Please check the date."))
    person.of_age_at = clock.at(on, 0, 0, zone)
    person.save(update_fields=["of_age_at"])
    record("noted_of_age", person, by=by, case=case)
    return person


@transaction.atomic
def note_reading(person: Person, *, by: Actor, reads_print: bool, interpreter: bool, language: str, case: UUID | None = None) -> Person:
    """In which language to write to somebody, and whether what is written helps them; it holds from the next letter on."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if (person.reads_print, person.interpreter, person.language) != (reads_print, interpreter, language):
        person.reads_print, person.interpreter, person.language = reads_print, interpreter, language
        person.save(update_fields=["reads_print", "interpreter", "language", "tokens"])
        record("corrected", person, by=by, case=case)
    return person


@transaction.atomic
def live_by(person: Person, *, by: Actor, zone: str, case: UUID | None = None) -> Person:
    """By whose clock somebody lives; empty is the programme's own. Times are said to them on it, and no message comes in its night."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    zone = "" if zone == person.programme.zone else zone
    if str(person.zone) != zone:
        if zone and zone not in dict(zones()):
            raise CannotAdd(_("We do not know this time zone."))
        person.zone = zone
        person.save(update_fields=["zone"])
        record("named_zone", person, by=by, case=case)
    return person


@transaction.atomic
def give_times_as(person: Person, *, by: Actor, times_as: str, case: UUID | None = None) -> Person:
    """What they want to have of a booked time beside the message: a file for a calendar, nothing, or a card on paper. From the next letter on."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if times_as not in Person.Times.values:
        raise CannotAdd(_("Please choose one of the answers."))
    if person.times_as != times_as:
        person.times_as = times_as
        person.save(update_fields=["times_as", "tokens"])
        record("chose_times_as", person, by=by, case=case)
    return person


@transaction.atomic
def recognise(
    person: Person, *, by: Actor, birth_year: int | None, interpreter: bool, needs: str, contacts: Mapping[str, str],
    messages: Collection[str] = (), case: UUID | None = None,
) -> Person:  # fmt: skip
    """Somebody we know stands in another case too. What was said anew is added; nothing that we knew is put in other words."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    lines = [line for line in (str(person.needs), needs.strip()) if line]
    said: dict[str, Any] = {
        "birth_year": person.birth_year or birth_year,
        "interpreter": person.interpreter or interpreter,
        "needs": "\n".join(dict.fromkeys(lines)),
    }
    if any(getattr(person, name) != value for name, value in said.items()):
        known: dict[str, Any] = {name: getattr(person, name) for name in ("name", "called", "family_first", "pronouns", "language")}
        person = correct(person, by=by, **known, **said)
    there = set(Contact.objects.filter(person=person, ended_at__isnull=True).values_list("way", flat=True))
    for way, value in contacts.items():
        if way not in there and not said_stop(person, value):
            reach(person, by=by, way=way, value=value, may_leave_message=way in messages, case=case)
    return person


@transaction.atomic
def reach(person: Person, *, by: Actor, way: str, value: str, may_leave_message: bool = False, case: UUID | None = None) -> Contact | None:
    """Name the one safe address of this way from now on; an empty value means that this way is safe no more.

    What else was said about that way goes on to hold, as long as it is the same address; of another one nobody
    knows yet who reads there.
    """
    now = _now(person, way)
    before = Card() if now is None else card_of(now)
    if now is not None and now.value != value.strip():
        before = replace(before, also_reads="", read_by=())
    return describe_way(person, by=by, way=way, value=value, card=replace(before, may_leave_message=may_leave_message), case=case)


@transaction.atomic
def describe_way(
    person: Person, *, by: Actor, way: str, value: str, card: Card, case: UUID | None = None, own_word: bool = False, keeps_passes: bool = False
) -> Contact | None:  # fmt: skip
    """The same with all that was said about it: a new row for each change, and the letter after it goes by the new one.

    Whatever was on its way to the address that it takes the place of is stopped, and
    the links that lie there, and the codes they showed, open nothing any more; so it is
    when less may be left there, or somebody more reads it. When all that is new is that
    more may be said there, everything goes on. An address from which no more messages
    were asked for is named again only on their `own_word`. What was said on their own
    page `keeps_passes`: whoever holds their link could have said it, and would lock them out.
    """
    now, value = _now(person, way), value.strip()
    _check_card(way, card)
    if value and way in Contact.OF_ONES_OWN and custody_of(person) is not None:
        raise CannotAdd(_("They are in a closed place: only paper and visits reach them there. Say first that they are out."))
    before = Card() if now is None else card_of(now)
    if now is not None and (now.value, before) == (value, card):
        return now
    again = bool(value) and (now is None or now.value != value) and said_stop(person, value)
    if again and not own_word:
        raise CannotAdd(_("A message from there asked for no more messages. It is used again only when they say so themselves."))
    if now is not None:
        now.ended_at = clock.now()
        now.save(update_fields=["ended_at"])
        record("closed_way", person, by=by, case=case, way=way)
        if now.value != value or card.reaches_fewer(before):
            withdraw_unsent_over(CARRIES.get(way, way), reader=person.pk, by=by)
            if not keeps_passes:
                revoke_passes_over(way, reader=person.pk, by=by)
    if not value:
        return None
    said = vars(card) | {"days": list(card.days), "read_by": list(card.read_by)}
    contact = Contact.objects.create(person=person, way=way, value=value, **said)
    record("named_again" if again else "opened_way", person, by=by, case=case, way=way)
    return contact


def _now(person: Person, way: str) -> Contact | None:
    if way not in Contact.Way.values:
        raise CannotAdd(_("We do not know this way to reach someone."))
    return Contact.objects.select_for_update(of=("self",)).filter(person=person, way=way, ended_at__isnull=True).first()


def _check_card(way: str, card: Card) -> None:
    if card.starts and card.ends and card.ends <= card.starts:
        raise CannotAdd(_("Please choose a later hour than the one before."))
    if not set(card.days) <= set(range(7)):
        raise CannotAdd(_("Please choose days of the week."))
    if card.whom and way != Contact.Way.THROUGH:
        raise CannotAdd(_("Only the way through someone has somebody in between."))


@transaction.atomic
def keep_apart(one: Person, *, by: Actor, other: Person, by_order: bool) -> NoContact:
    """Bar these two from being brought together; said twice, or the other way round, it is the same wall."""
    if one.pk == other.pk:
        raise CannotAdd(_("Please choose two different people."))
    first, second = sorted((one, other), key=lambda person: person.pk)
    wall, made = NoContact.objects.get_or_create(one=first, other=second, ended_at__isnull=True, defaults={"by_order": by_order})
    if made:
        record("barred_contact", wall, by=by, by_order=by_order)
    return wall


@transaction.atomic
def allow(wall: NoContact, *, by: Actor) -> NoContact:
    """Take the wall away: the order was lifted, or the one who asked for it no longer wants it."""
    wall = NoContact.objects.select_for_update(of=("self",)).get(pk=wall.pk)
    if wall.ended_at is None:
        wall.ended_at = clock.now()
        wall.save(update_fields=["ended_at"])
        record("allowed_contact", wall, by=by)
    return wall


def _name(person: Person, name: str, called: str, family_first: bool, pronouns: str) -> None:
    person.name, person.called, person.pronouns = (" ".join(words.split()) for words in (name, called, pronouns))
    person.family_first = family_first
    if not person.name:
        raise CannotAdd(_("Please write a name. One word is enough."))


def _describe(person: Person, language: str, birth_year: int | None, interpreter: bool, needs: str) -> None:
    if birth_year is not None and not OLDEST <= birth_year <= clock.now().year:
        raise CannotAdd(_("Please check the year of birth."))
    person.needs = needs.strip()
    person.language, person.birth_year, person.interpreter = language, birth_year, interpreter
