"""How somebody changes their own way on their own page. Whoever holds their link can open it: so a new address waits until it was confirmed,
and hears nothing about the case until the team has spoken with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from setfair.accounts.actions import revoke_passes_over
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.core.text import new_code, typed
from setfair.journal.actions import record
from setfair.letters.actions import withdraw_unsent_of
from setfair.vault import master

from .actions import CannotAdd, describe_way
from .card import Card, card_of
from .gate import PROVE
from .models import Contact, Person, WayWish, WayWishEnd, WayWishSeen
from .queries import WRITTEN, had_another, way_of

LASTS = timedelta(days=3)
"""How long a code that went to a new address can be typed."""
SENT = frozenset(way for way, _channel in WRITTEN)


@dataclass(frozen=True)
class Wished:
    """What they wrote, with the code that goes to the new address, once; none where only a voice or a hand can go."""

    fact: WayWish
    code: str


def open_wishes(person: Person) -> QuerySet[WayWish]:
    """New addresses of theirs that are not confirmed, and more that would be allowed at an old one."""
    return WayWish.objects.filter(~Exists(WayWishEnd.objects.filter(wish=OuterRef("pk"))), person=person).order_by("at", "id")


def waiting_wishes(person: Person) -> list[WayWish]:
    """All that waits: for a code, or for a word with them."""
    waiting = {wish.pk: wish for wish in (*open_wishes(person), *(w for w in unseen_wishes(person) if _waits_for_a_word(w)))}
    return sorted(waiting.values(), key=lambda wish: wish.at)


def is_proven(wish: WayWish) -> bool:
    return WayWishEnd.objects.filter(wish=wish, how=WayWishEnd.How.PROVEN).exists()


def stays(wish: WayWish) -> bool:
    """Whether it is the address that was there already, and more would be allowed at it."""
    was = Contact.objects.filter(pk=wish.was).first() if wish.value and wish.was else None
    return was is not None and str(was.value) == str(wish.value)


def _waits_for_a_word(wish: WayWish) -> bool:
    """Whether the code was typed, and a word with them is all that is missing before something goes there. What they wrote later takes its place."""
    later = WayWish.objects.filter(person=wish.person_id, way=wish.way, at__gt=wish.at)
    return is_proven(wish) and had_another(wish) and not later.exists()


def unseen_wishes(person: Person) -> QuerySet[WayWish]:
    """What they changed themselves and nobody of the team has looked at."""
    return WayWish.objects.filter(~Exists(WayWishSeen.objects.filter(wish=OuterRef("pk"))), person=person).order_by("at", "id")


@transaction.atomic
def wish_way(person: Person, *, by: Actor, way: str, value: str, card: Card, old_is_safe: bool, case: UUID) -> Wished | None:
    """They name a new address, or say that one is safe no more. None when the address stays and no more is allowed there: that holds at once.
    What was confirmed already, and is said once more in the same way, is the one that waits.

    What allows more waits for a word with them, as a new address does: whoever holds their link could have said it.

    An old one that is safe goes on to hold until the new one is confirmed; one that is
    not ends in this moment, and is told nothing: no link that lies there unopened opens
    anything. What they came in with themselves goes on, because nobody knows yet who said it.
    """
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    now, value = way_of(person, way), value.strip()
    for waiting in open_wishes(person).filter(way=way):
        _end(waiting, WayWishEnd.How.REPLACED, by)
    same = _said_before(person, way, value, card, now) if old_is_safe else None
    if same is not None:
        return Wished(same, "")
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
    """The code that went to a new address was typed. None for any other code, or one that came too late.

    An old one that is safe goes on to hold until somebody of the team has spoken with them; the new one takes the place of any other.
    """
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    for wish in open_wishes(person).filter(proof__isnull=False, at__gt=clock.now() - LASTS):
        if bytes(wish.proof or b"") == _proof(wish, typed(code)):
            if Contact.objects.filter(person=person, way=wish.way, added_at__gt=wish.at).exists():
                _end(wish, WayWishEnd.How.REPLACED, by)
                return None
            _end(wish, WayWishEnd.How.PROVEN, by)
            record("proved_way", person, by=by, case=case, way=wish.way)
            if not _keeps_the_old(wish):
                _hold(wish, by, case)
            return wish
    return None


@transaction.atomic
def take_way(wish: WayWish, *, by: Actor, case: UUID) -> None:
    """Somebody of the team has spoken with them, and it is theirs: from now on letters go there, and what was opened from the old one
    opens nothing any more. Said of one that something else took the place of it changes nothing.

    Raises `CannotAdd` where the team has written down another one since: then it goes on to wait.
    """
    if _is_open(wish):
        _end(wish, WayWishEnd.How.SPOKEN, by)
        record("took_way", wish.person, by=by, case=case, way=wish.way)
        _hold(wish, by, case)
    elif _is_unseen(wish) and _waits_for_a_word(wish) and not _has_held(wish):
        if not _takes_the_place(wish):
            raise CannotAdd(_("Another one was written down since, and we use that. If this one is theirs, write it on their card."))
        record("took_way", wish.person, by=by, case=case, way=wish.way)
        _hold(wish, by, case)
    if _is_unseen(wish) and _holds(wish) and wish.was:
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


def _is_unseen(wish: WayWish) -> bool:
    return unseen_wishes(wish.person).filter(pk=wish.pk).exists()


def _keeps_the_old(wish: WayWish) -> bool:
    """Whether the one that it would take the place of is there still: it is safe, and nobody has ended it."""
    return Contact.objects.filter(pk=wish.was, ended_at__isnull=True).exists()


def _has_held(wish: WayWish) -> bool:
    """Whether it was one of theirs since its code was typed, though it may have ended again."""
    proven = WayWishEnd.objects.get(wish=wish, how=WayWishEnd.How.PROVEN)
    since = Contact.objects.filter(person=wish.person_id, way=wish.way, added_at__gte=proven.at)
    return any(str(contact.value) == str(wish.value) for contact in since)


def _takes_the_place(wish: WayWish) -> bool:
    """Whether there is none of that way now, or the one that was there when they wrote it, whatever else was said of that since."""
    now, was = way_of(wish.person, wish.way), Contact.objects.filter(pk=wish.was).first()
    return now is None or (was is not None and str(now.value) == str(was.value))


def _said_before(person: Person, way: str, value: str, card: Card, now: Contact | None) -> WayWish | None:
    """The one that was confirmed and waits for a word, if they say all of it once more and the old one is there still."""
    found = [wish for wish in unseen_wishes(person).filter(way=way) if now is not None and wish.was == now.pk and _waits_for_a_word(wish)]
    return next((wish for wish in found if str(wish.value) == value and said_of(wish) == card), None)


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
