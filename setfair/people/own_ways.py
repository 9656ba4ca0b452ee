"""How somebody changes their own way on their own page. Whoever holds their link can open it: so a new address waits until it was confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.core.text import new_code, typed
from setfair.journal.actions import record
from setfair.letters.actions import withdraw_unsent_of
from setfair.vault import master

from .actions import describe_way
from .card import Card, card_of
from .gate import PROVE
from .models import Contact, Person, WayWish, WayWishEnd, WayWishSeen
from .queries import WRITTEN, way_of

LASTS = timedelta(days=3)
"""How long a code that went to a new address can be typed."""
SENT = frozenset(way for way, _channel in WRITTEN)


@dataclass(frozen=True)
class Wished:
    """What they wrote, with the code that goes to the new address, once; none where only a voice or a hand can go."""

    fact: WayWish
    code: str


def open_wishes(person: Person) -> QuerySet[WayWish]:
    """New addresses of theirs that are not confirmed."""
    return WayWish.objects.filter(~Exists(WayWishEnd.objects.filter(wish=OuterRef("pk"))), person=person).order_by("at", "id")


def unseen_wishes(person: Person) -> QuerySet[WayWish]:
    """What they changed themselves and nobody of the team has looked at."""
    return WayWish.objects.filter(~Exists(WayWishSeen.objects.filter(wish=OuterRef("pk"))), person=person).order_by("at", "id")


@transaction.atomic
def wish_way(person: Person, *, by: Actor, way: str, value: str, card: Card, old_is_safe: bool, case: UUID) -> Wished | None:
    """They name a new address, or say that one is safe no more. None when the address stays: what else they say of it holds at once.

    An old one that is safe goes on to hold until the new one is confirmed; one that is
    not ends in this moment, and is told nothing.
    """
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    now, value = way_of(person, way), value.strip()
    for waiting in open_wishes(person).filter(way=way):
        _end(waiting, WayWishEnd.How.REPLACED, by)
    if value == (str(now.value) if now else ""):
        if now is not None:
            describe_way(person, by=by, way=way, value=value, card=card, case=case)
        return None
    if now is not None and not (value and old_is_safe):
        describe_way(person, by=by, way=way, value="", card=card_of(now), case=case)
    code = new_code() if value and way in SENT else ""
    fact = WayWish(person=person, way=way, value=value, card=_kept(card), by=by.id, was=now.pk if now else None)
    fact.may_tell = bool(now is not None and value and old_is_safe and way in SENT)
    fact.proof = _proof(fact, code) if code else None
    fact.save(force_insert=True)
    record("wished_way", person, by=by, case=case, way=way)
    if not value:
        _end(fact, WayWishEnd.How.CLOSED, by)
    return Wished(fact, code)


@transaction.atomic
def prove_way(person: Person, *, by: Actor, code: str, case: UUID) -> WayWish | None:
    """The code that went to a new address was typed: from now on that address holds. None for any other code, or one that came too late."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    for wish in open_wishes(person).filter(proof__isnull=False, at__gt=clock.now() - LASTS):
        if bytes(wish.proof or b"") == _proof(wish, typed(code)):
            if Contact.objects.filter(person=person, way=wish.way, added_at__gt=wish.at).exists():
                _end(wish, WayWishEnd.How.REPLACED, by)
                return None
            _end(wish, WayWishEnd.How.PROVEN, by)
            record("proved_way", person, by=by, case=case, way=wish.way)
            _hold(wish, by, case)
            return wish
    return None


@transaction.atomic
def take_way(wish: WayWish, *, by: Actor, case: UUID) -> None:
    """Somebody of the team has spoken with them, and it is theirs. Said of one that is settled it changes nothing."""
    if _is_open(wish):
        _end(wish, WayWishEnd.How.SPOKEN, by)
        record("took_way", wish.person, by=by, case=case, way=wish.way)
        _hold(wish, by, case)
    see_way(wish, by=by, case=case)


@transaction.atomic
def drop_way(wish: WayWish, *, by: Actor, case: UUID) -> None:
    """It is not theirs: nothing ever goes there. What the team wrote down goes on to hold."""
    if _is_open(wish):
        _end(wish, WayWishEnd.How.DROPPED, by)
        record("dropped_way", wish.person, by=by, case=case, way=wish.way)
    see_way(wish, by=by, case=case)


@transaction.atomic
def see_way(wish: WayWish, *, by: Actor, case: UUID) -> None:
    """Somebody of the team knows of the change."""
    _seen, is_new = WayWishSeen.objects.get_or_create(wish=wish, defaults={"by": by.id})
    if is_new:
        record("saw_way", wish.person, by=by, case=case, way=wish.way)


def _is_open(wish: WayWish) -> bool:
    Person.objects.select_for_update(of=("self",)).get(pk=wish.person_id)
    return not WayWishEnd.objects.filter(wish=wish).exists()


def _end(wish: WayWish, how: str, by: Actor) -> None:
    """However it ends, a code that waits for its hour goes no more; what else waits for that address is no matter of it."""
    withdraw_unsent_of(f"{PROVE}:{wish.pk}", reader=wish.person_id, by=by)
    WayWishEnd.objects.create(wish=wish, how=how, by=by.id)


def _hold(wish: WayWish, by: Actor, case: UUID) -> None:
    describe_way(wish.person, by=by, way=wish.way, value=str(wish.value), card=said_of(wish), case=case, own_word=True)


def _proof(wish: WayWish, code: str) -> bytes:
    return master.digest("way wish", f"{wish.pk} {code}")


def _kept(card: Card) -> dict[str, Any]:
    said = dict(vars(card))
    said |= {"days": list(card.days), "read_by": [str(key) for key in card.read_by]}
    said |= {name: value.isoformat() if value else None for name, value in (("starts", card.starts), ("ends", card.ends))}
    return said


def said_of(wish: WayWish) -> Card:
    """What they said of the new address."""
    said: dict[str, Any] = dict(wish.card)
    said |= {"days": tuple(said["days"]), "read_by": tuple(UUID(key) for key in said["read_by"])}
    said |= {name: time.fromisoformat(said[name]) if said[name] else None for name in ("starts", "ends")}
    return Card(**said)
