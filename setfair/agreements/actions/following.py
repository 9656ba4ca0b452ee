from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from setfair.accounts.models import User
from setfair.cases.queries import held
from setfair.core.actor import Actor
from setfair.core.bank_numbers import holds_bank_number
from setfair.files import actions as files
from setfair.files.models import File
from setfair.journal.actions import record
from setfair.journal.journey import move
from setfair.preparation.queries import is_let_be

from .. import letters, queries
from ..journey import OPEN, ItemStage, Stage
from ..models import Evidence, Extension, Item, KindWord


class CannotFollow(Exception):
    """This promise does not take that step; the sentence says why."""


@transaction.atomic
def send_proof(item: Item, *, by: Actor, words: str, form_key: UUID | None = None) -> Item:
    """Its owner says that it is done. It then waits to be checked; the same `form_key` says it once."""
    locked = _still_told_of(item)
    if _new_words(locked, by, words, form_key) is None:
        return locked
    return _said_done(item, locked, by)


@transaction.atomic
def send_file(item: Item, *, by: Actor, file: File, words: str) -> bool:
    """Its owner sends the picture or paper that they were shown, and says with it that it is done. False when the file is found harmful now."""
    locked = _still_told_of(item)
    if not files.send(file, by=by):
        return False
    _new_words(locked, by, words, None, file)
    _said_done(item, locked, by)
    return True


@transaction.atomic
def say_how(item: Item, *, by: Actor, words: str, form_key: UUID | None = None) -> Item:
    """Its owner says how it goes while it is not done: what is in the way, or that it takes longer. For the team alone.

    What they had called done, and nobody has checked, is open again.
    """
    locked = _still_told_of(item)
    if not words.strip():
        raise CannotFollow(_("Please write a few words."))
    if _new_words(locked, by, words, form_key) is None:
        return locked
    if locked.stage == ItemStage.KEPT:
        return move(item, ItemStage.PROMISED, by=by)
    record("said_how", locked, by=by)
    return locked


@transaction.atomic
def keep(item: Item, *, by: Actor, words: str = "") -> Item:
    """The team heard that it is done; it waits to be checked."""
    return _settle(item, ItemStage.KEPT, by, words)


@transaction.atomic
def verify(item: Item, *, by: Actor, words: str = "") -> Item:
    """It was checked, and it is done."""
    return _settle(item, ItemStage.VERIFIED, by, words)


@transaction.atomic
def ask_again(item: Item, *, by: Actor, words: str) -> Item:
    """Whoever looked at what was called done asks kindly for a little more: it is open again, and whoever makes it reads the `words` on their
    own page, after a short letter that says nothing of it. Unlike a note, these are not the team's alone."""
    locked = _in_force(item)
    if not words.strip():
        raise CannotFollow(_("Please write what is still missing, in kind words."))
    if locked.stage != ItemStage.KEPT:
        raise CannotFollow(_("Nobody has called this done, so there is nothing to look at again."))
    said = _new_words(locked, by, words, None, asks=True)
    move(item, ItemStage.PROMISED, by=by, reason="asked_again")
    there = [person for person in locked.owners if person.left_at is None]
    letters.send(letters.ONE_MORE, there, programme=locked.case.programme, about=str(said.pk if said else locked.pk), by=by)
    return item


@transaction.atomic
def miss(item: Item, *, by: Actor, words: str = "") -> Item:
    """It was not done, or not in time: it needs a talk, first in private, about what is in the way."""
    return _settle(item, ItemStage.MISSED, by, words)


@transaction.atomic
def talk(item: Item, *, by: Actor, words: str) -> Item:
    """The team talked with them about it, and it stays as it is; what came of the talk is written down."""
    locked = _in_force(item)
    if locked.stage not in OPEN:
        raise CannotFollow(_("There is nothing to talk about here any more."))
    if not words.strip():
        raise CannotFollow(_("Please write a few words."))
    _new_words(locked, by, words, None)
    record("said_how", locked, by=by)
    return locked


@transaction.atomic
def partly(item: Item, *, by: Actor, words: str = "") -> Item:
    """Some of it was done, and what was done counts."""
    return _settle(item, ItemStage.PARTLY, by, words)


@transaction.atomic
def waive(item: Item, *, by: Actor, words: str = "") -> Item:
    """Whoever it was for asks for it no longer. One that was missed is let go only with a reason."""
    if _in_force(item).stage == ItemStage.MISSED and not words.strip():
        raise CannotFollow(_("Please write why it is let go."))
    return _settle(item, ItemStage.WAIVED, by, words)


@transaction.atomic
def give_more_time(item: Item, *, by: Actor, due_on: date, words: str) -> Item:
    """A later day for a promise that is not done, also for one that was missed, with a reason for the team; its owner is told.

    The same day twice is once. Everyone signed the first day: it stays on what they signed.
    """
    locked = _in_force(item)
    before = Extension.objects.filter(item=locked).order_by("at", "id").last()
    if before is not None and locked.stage == ItemStage.PROMISED and before.due_on == due_on == locked.due_on:
        return locked
    if locked.stage not in (ItemStage.PROMISED, ItemStage.MISSED):
        raise CannotFollow(_("More time is given to what is not done yet."))
    if due_on <= max(locked.due_on, timezone.localdate()):
        raise CannotFollow(_("Please choose a later day than the one that stands there, and later than today."))
    if not words.strip():
        raise CannotFollow(_("Please write why it needs more time."))
    given = Extension.objects.create(item=locked, case_id=locked.case_id, was_due_on=locked.due_on, due_on=due_on, by=by.id)
    item.due_on = due_on
    item.save(update_fields=["due_on"])
    _new_words(locked, by, words, None)
    record("gave_more_time", locked, by=by)
    if locked.stage == ItemStage.MISSED:
        move(item, ItemStage.PROMISED, by=by, reason="more_time")
    letters.stop_reminding(locked, by=by)
    _tell_owners(letters.MORE_TIME, locked, str(given.pk), by)
    return item


@transaction.atomic
def remind_soon(item: Item, *, by: Actor) -> Item:
    """A kind word to everyone who makes it, in the days before it is due, or a part of it is. Once, and not while the case rests."""
    locked = _in_force(item)
    today = timezone.localdate()
    if locked.stage == ItemStage.PROMISED and held(locked.case) is None:
        for about in [about for about, day in queries.days_asked(locked).items() if today <= day <= today + queries.SOON]:
            _tell_owners(letters.REMINDER, locked, about, by)
    return locked


@transaction.atomic
def remind_past(item: Item, *, by: Actor) -> Item:
    """A question to everyone who makes it once its day has passed, or the day of a part of it of which nothing was heard since: is something
    in the way? Once for each of these days, and not while the case rests."""
    locked = _in_force(item)
    about = queries.passed(locked) if locked.stage == ItemStage.PROMISED and held(locked.case) is None else ""
    if about:
        _tell_owners(letters.PAST_DUE, locked, about, by)
    return locked


@transaction.atomic
def remind_kindly(item: Item, *, by: Actor, way: str) -> KindWord:
    """Somebody of the team reminds whoever makes it, by a letter or aloud, once for each of its days. Beside the two words that go by
    themselves it is the third and last: after it somebody talks with them."""
    locked = _in_force(item)
    if locked.stage != ItemStage.PROMISED or held(locked.case) is not None or not queries.days_asked(locked):
        raise CannotFollow(_("Nobody is reminded of this now."))
    there = [person for person in locked.owners if person.left_at is None and not is_let_be(person)]
    if not there:
        raise CannotFollow(_("They have stopped or left, so nobody is reminded."))
    if way not in KindWord.Way.values:
        raise CannotFollow(_("Please choose how."))
    about = queries.spoken_of(locked)
    if KindWord.objects.filter(about=about).exists():
        raise CannotFollow(_("Somebody has reminded them by hand already. Please talk with them."))
    word = KindWord.objects.create(item=locked, case_id=locked.case_id, about=about, way=way, by=by.id)
    if way == KindWord.Way.LETTER:
        letters.send(letters.AGAIN, there, programme=locked.case.programme, about=about, by=by)
    record("reminded_kindly", locked, by=by, way=way)
    return word


@transaction.atomic
def hear_of_parts(item: Item, *, by: Actor, parts: int) -> Item:
    """So many parts of its money, from the first, are said to be paid, or are collected elsewhere: nobody is reminded of them, nor asked what is in
    the way. It says nothing of whether the promise is kept."""
    locked = _in_force(item)
    if locked.parts_told != parts:
        locked.parts_told = parts
        locked.save(update_fields=["parts_told"])
    return locked


@transaction.atomic
def hand_on(item: Item, *, by: Actor, what: str, to: User) -> Item:
    """Somebody of the team looks at it, passes it on or answers for it in another's stead (`what`). What everyone signed keeps the name
    that stood there; whoever is reminded and asked is the one named here. Where somebody of the circle was to look at it (`checker`) and has
    left, somebody of the team does."""
    locked = _in_force(item)
    if not (queries.checker_left(locked) if what == "checker" else what in queries.BY_STAFF and getattr(locked, what)):
        raise CannotFollow(_("Nobody of the team does this here."))
    if to.pk not in queries.could_take_on(locked.case):
        raise CannotFollow(_("Please choose somebody who works on this case."))
    if getattr(locked, what) == to.pk:
        return locked
    if what == "checker":
        item.checker, item.checker_staff = None, to.pk
    else:
        setattr(item, what, to.pk)
    item.save(update_fields=["checker", "checker_staff", what])
    record("handed_promise_on", locked, by=by, what=what)
    return item


def _in_force(item: Item) -> Item:
    agreement = queries.lock(item.agreement)
    if agreement.stage != Stage.IN_FORCE:
        raise CannotFollow(_("This agreement does not hold now, so nothing is asked under it."))
    return Item.objects.select_for_update(of=("self",)).select_related("owner__person", "case__programme").get(pk=item.pk)


def _still_told_of(item: Item) -> Item:
    locked = _in_force(item)
    if locked.stage not in OPEN | {ItemStage.KEPT}:
        raise CannotFollow(_("This is done already. Thank you."))
    return locked


def _said_done(item: Item, locked: Item, by: Actor) -> Item:
    if locked.stage == ItemStage.KEPT:
        record("sent_proof", locked, by=by)
        return locked
    return move(item, ItemStage.KEPT, by=by)


def _settle(item: Item, to: str, by: Actor, words: str) -> Item:
    locked = _in_force(item)
    move(item, to, by=by)
    if words.strip():
        _new_words(locked, by, words, None)
    return item


def _new_words(item: Item, by: Actor, words: str, form_key: UUID | None, file: File | None = None, *, asks: bool = False) -> Evidence | None:
    """The words as a new row; None when this form wrote one about this promise before. A form of another promise does not swallow them."""
    there = Evidence.objects.filter(pk=form_key).first() if form_key is not None else None
    if there is not None and there.item_id == item.pk:
        return None
    if item.amount is not None and holds_bank_number(words):
        raise CannotFollow(_("This looks like the number of an account or a card. Please leave it out: nobody needs it here."))
    form_key = None if there is not None else form_key
    whose = {"item": item, "case_id": item.case_id, "by_kind": by.kind, "by": by.id}
    return Evidence.objects.create(pk=form_key or uuid4(), words=words.strip(), file=file, asks=asks, **whose)


def _tell_owners(letter: letters.wording.Letter, item: Item, about: str, by: Actor) -> None:
    there = [person for person in item.owners if person.left_at is None]
    letters.send(letter, there, programme=item.case.programme, about=about, by=by)
    answers = queries.answers_for(item)
    if answers is not None:
        letters.tell_staff(letter, item, answers, about=about, by=by)
