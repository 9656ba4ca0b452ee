"""How somebody changes their own way on their own page. Whoever holds their link can open it: so a new address waits until it was confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from setfair.accounts.actions import revoke_passes_over
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
    """They name a new address, or say that one is safe no more. None when the address stays and no more is allowed there: that holds at once.

    What allows more waits for a word with them, as a new address does: whoever holds their link could have said it.

    An old one that is safe goes on to hold until the new one is confirmed; one that is
    not ends in this moment, and is told nothing: no link that lies there unopened opens
    anything. What they came in with themselves goes on, because nobody knows yet who said it.
    """
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    now, value = way_of(person, way), value.strip()
    for waiting in open_wishes(person).filter(way=way):
        _end(waiting, WayWishEnd.How.REPLACED, by)
    stays = value == (str(now.value) if now else "")
    if stays and now is None:
        return None
    if stays and now is not None:
        fewer = card.no_more_than(card_of(now))
        describe_way(person, by=by, way=way, value=value, card=fewer, case=case)
        if fewer == card:
            return None
    elif now is not None and not (value and old_is_safe):
        describe_way(person, by=by, way=way, value="", card=card_of(now), case=case, keeps_passes=True)
        revoke_passes_over(way, reader=person.pk, by=by, unopened=True)
    code = new_code() if value and way in SENT and not stays else ""
    fact = WayWish(person=person, way=way, value=value, card=_kept(card), by=by.id, was=now.pk if now else None)
    fact.may_tell = bool(now is not None and value and old_is_safe and way in SENT and not stays)
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
    """Somebody of the team has spoken with them, and it is theirs: from now on what carries a link goes there, and what was opened from the old one
    opens nothing any more. Said of one that something else took the place of it changes nothing."""
    if _is_open(wish):
        _end(wish, WayWishEnd.How.SPOKEN, by)
        record("took_way", wish.person, by=by, case=case, way=wish.way)
        _hold(wish, by, case)
    if unseen_wishes(wish.person).filter(pk=wish.pk).exists() and _holds(wish) and wish.was:
        revoke_passes_over(wish.way, reader=wish.person_id, by=by)
    see_way(wish, by=by, case=case)


@transaction.atomic
def drop_way(wish: WayWish, *, by: Actor, case: UUID) -> None:
    """It was not them: nothing goes there any more, and what held before holds again, with all that was said of it.

    So it is of whatever was written after it of the same way and nobody has settled. What
    the team wrote down since goes on to hold.
    """
    for each in unseen_wishes(wish.person).filter(way=wish.way, at__gte=wish.at).order_by("-at", "-id"):
        _undo(each, by, case)
        see_way(each, by=by, case=case)


def _undo(wish: WayWish, by: Actor, case: UUID) -> None:
    held = _holds(wish)
    if _is_open(wish):
        _end(wish, WayWishEnd.How.DROPPED, by)
    record("dropped_way", wish.person, by=by, case=case, way=wish.way)
    if held:
        was = Contact.objects.filter(pk=wish.was).first()
        value, card = (str(was.value), card_of(was)) if was else ("", said_of(wish))
        describe_way(wish.person, by=by, way=wish.way, value=value, card=card, case=case, own_word=True)


def _holds(wish: WayWish) -> bool:
    """Whether how that way stands now comes from this wish: its address holds, or it ended the one before and none came since."""
    now = way_of(wish.person, wish.way)
    was = Contact.objects.filter(pk=wish.was).first()
    if now is not None:
        stays = was is not None and str(was.value) == str(wish.value)
        return bool(wish.value) and str(now.value) == str(wish.value) and not (stays and now.added_at > wish.at)
    return was is not None and was.ended_at is not None and was.ended_at <= wish.at


@transaction.atomic
def close_wishes(person: Person, *, by: Actor) -> None:
    """They asked to be forgotten: no code that is under way opens anything."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    for wish in open_wishes(person):
        _end(wish, WayWishEnd.How.CLOSED, by)


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
    said: dict[str, Any] = {"value": str(wish.value), "card": said_of(wish), "own_word": True, "keeps_passes": True}
    describe_way(wish.person, by=by, way=wish.way, case=case, **said)


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
