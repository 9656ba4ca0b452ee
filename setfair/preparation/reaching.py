"""What follows when somebody changes their own way: a code to the new address, and word to the old one where that is safe."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from setfair.accounts.actions import revoke_passes
from setfair.accounts.models import Pass
from setfair.cases.models import Participation
from setfair.core.actor import Actor
from setfair.core.text import shown
from setfair.letters.actions import Address, Words, write
from setfair.letters.journey import Stage
from setfair.letters.models import Letter
from setfair.people import own_ways
from setfair.people.card import Card
from setfair.people.gate import PROVE, TOLD
from setfair.people.models import Contact, Person, WayWish, WayWishEnd
from setfair.people.queries import WayLine, had_another, way_line
from setfair.programmes.speaking import in_language

from . import letters


@transaction.atomic
def change_own_way(me: Participation, *, by: Actor, way: str, value: str, card: Card, old_is_safe: bool) -> WayWish | None:
    """They write another address, or none. None when nothing is to be confirmed or looked at: the address stays."""
    wished = own_ways.wish_way(me.person, by=by, way=way, value=value, card=card, old_is_safe=old_is_safe, case=me.case_id)
    if wished is None:
        return None
    with in_language(me.person.language):
        if wished.code:
            said = letters.new_way(me.programme, shown(wished.code))
            _write(said, me, f"{PROVE}:{wished.fact.pk}", Address(way, str(wished.fact.value)), by)
    _tell_old(wished.fact, me, by, "")
    return wished.fact


@transaction.atomic
def prove_own_way(me: Participation, *, by: Actor, code: str) -> WayWish | None:
    """What was confirmed, if this was the code."""
    wish = own_ways.prove_way(me.person, by=by, code=code, case=me.case_id)
    if wish is not None:
        _tell_old(wish, me, by, ":again")
    return wish


@dataclass(frozen=True)
class Waiting:
    """One new way on their own page, and for what it waits."""

    where: str
    for_code: bool
    then_word: bool
    stays: bool


def waiting(person: Person) -> list[Waiting]:
    """All that they wrote and that does not hold yet, the oldest first."""
    found = []
    for wish in own_ways.waiting_wishes(person):
        for_code = wish.proof is not None and not own_ways.is_proven(wish)
        found.append(Waiting(str(wish.value), for_code, had_another(wish), own_ways.stays(wish)))
    return found


@dataclass(frozen=True)
class Change:
    """One change of theirs, as the team looks at it. `how` is empty while it waits."""

    wish: WayWish
    was: WayLine | None
    new: WayLine | None
    how: str
    hears_nothing: bool

    @property
    def stays(self) -> bool:
        """Whether it is the same address, and more is allowed there."""
        return self.was is not None and self.new is not None and str(self.was.contact.value) == str(self.new.contact.value)  # type: ignore[union-attr]


def changes(person: Person) -> list[Change]:
    """What they changed themselves and nobody has looked at, the oldest first."""
    found = list(own_ways.unseen_wishes(person))
    olds = {contact.pk: way_line(contact) for contact in Contact.objects.filter(pk__in=[wish.was for wish in found if wish.was])}
    ends = {end.wish_id: str(end.get_how_display()) for end in WayWishEnd.objects.filter(wish__in=[wish.pk for wish in found])}
    return [_change(wish, olds.get(wish.was) if wish.was else None, ends.get(wish.pk, "")) for wish in found]


def _change(wish: WayWish, was: WayLine | None, how: str) -> Change:
    return Change(wish, was, _new(wish), how, own_ways.is_proven(wish) and had_another(wish))


def _new(wish: WayWish) -> WayLine | None:
    return way_line(Contact(person=wish.person, way=wish.way, value=wish.value, **vars(own_ways.said_of(wish)))) if wish.value else None


@transaction.atomic
def settle(me: Participation, *, by: Actor, wish: UUID, what: str) -> None:
    """Somebody of the team has spoken with them, and it is theirs (`take`), or it was not them (`drop`): then every way in ends, as whoever
    wrote it had one of them."""
    fact = own_ways.unseen_wishes(me.person).filter(pk=wish).first()
    if fact is None:
        return
    if what == "take":
        own_ways.take_way(fact, by=by, case=me.case_id)
        _tell_old(fact, me, by, ":again")
    elif what == "drop":
        own_ways.drop_way(fact, by=by, case=me.case_id)
        for place in Participation.objects.filter(person=me.person_id).order_by("pk"):
            revoke_passes(bearer=Pass.Bearer.PARTICIPATION, bearer_id=place.pk, by=by)


def _tell_old(wish: WayWish, me: Participation, by: Actor, again: str) -> None:
    """The old address hears of it once. What waited for its hour was stopped with that address, and is written anew."""
    was = Contact.objects.filter(pk=wish.was).first() if wish.may_tell else None
    if was is None or Letter.objects.filter(key__startswith=f"{TOLD}:{wish.pk}").exclude(stage=Stage.WITHDRAWN).exists():
        return
    with in_language(me.person.language):
        _write(letters.way_changed(me.programme), me, f"{TOLD}:{wish.pk}{again}", Address(was.way, str(was.value)), by)


def _write(said: Words, me: Participation, key: str, to: Address, by: Actor) -> None:
    write(said, to=to, reader=me.person_id, case=me.case_id, key=key, by=by)
