from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation

from setfair.core import clock, tenant
from setfair.core.actor import Actor
from setfair.core.moulds import Mould
from setfair.core.text import neutral
from setfair.journal.actions import record
from setfair.journal.journey import move

from .gate import Barrier, asked
from .journey import NOT_GONE, Stage
from .marks import is_surely_one, mark_of
from .models import CameBack, CameBackRead, Channel, Handing, Letter
from .waking import wake_worker

PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 360))
"""How long a letter that could not go waits before each further try; after the last one it has failed."""


TOKEN = re.compile(r"(?<=/c/)[\w-]{20,}")
"""The part of a link that is drawn by chance: a word that stands in it says nothing."""


@dataclass(frozen=True)
class Address:
    channel: str
    value: str


@dataclass(frozen=True)
class Words:
    """What a `letters.py` function returns. The subject passes the neutral-words check, and so does the whole of a text message.

    `calendar` is a calendar file; it goes with an e-mail, and with nothing else.
    """

    subject: str
    body: str
    calendar: str = ""

    def check(self, channel: str) -> None:
        """Raises `TellingWords` for a subject that says what it is about, or a text message that does."""
        neutral(self.subject)
        if channel == Channel.SMS:
            neutral(TOKEN.sub("", self.body))


@transaction.atomic
def write(
    words: Words,
    *,
    to: Address,
    reader: UUID,
    key: str,
    by: Actor,
    case: UUID | None = None,
    due_at: datetime | None = None,
    until: datetime | None = None,
) -> Letter:
    """Put a letter in the outbox, in the caller's transaction, in the language that is active now.

    The same `key` gives back the letter that is there already. Raises
    `TellingWords` before anything is written. What stands in its way (`gate`) is asked now,
    and again before it goes; after `until` it goes no more. One that must not go over this way has failed from the
    first moment, so that somebody reaches its reader by voice or in person.
    """
    words.check(to.channel)
    facts: dict[str, Any] = {
        "id": (new := uuid.uuid4()),
        "channel": to.channel,
        "reader_id": reader,
        "case_id": case,
        "key": key,
        "message_id": f"<{new}@{settings.MAIL_DOMAIN}>",
        "language": translation.get_language() or settings.LANGUAGE_CODE,
        "subject": words.subject,
        "address": to.value,
        "body": words.body,
        "calendar": words.calendar if to.channel == Channel.EMAIL else "",
        "due_at": due_at or clock.now(),
        "until": until,
        "act": _act(),
        "mark": mark_of(to.channel, to.value),
    }
    found = asked(Letter(**facts), by)
    facts["due_at"] = max(facts["due_at"], found.at or facts["due_at"])
    letter = Letter(**facts, stage=Stage.HELD if found.held and not found.barrier else Stage.DUE, held_for=found.held)
    Letter.objects.bulk_create([letter], ignore_conflicts=True)
    (there,) = THERE.ask(values={"key": key})
    if there.pk == letter.pk:
        record("wrote", letter, by=by, channel=to.channel)
        if found.barrier:
            return stop(there, by=by, barrier=found.barrier)
        if not lapses(there, by=by):
            wake_worker()
    return there


def _act() -> UUID:
    """One for all that is written in this stay: a request, or one thing that the worker found due."""
    kept: dict[str, UUID] = tenant.scope().kept
    return kept.setdefault("letters.act", uuid.uuid4())


@transaction.atomic
def stop(letter: Letter, *, by: Actor, barrier: Barrier) -> Letter:
    """It must not go over this way. It has failed, and says why by a code: somebody finds another way, or tells them."""
    Letter.objects.filter(pk=letter.pk).update(trouble=str(barrier))
    letter.trouble = str(barrier)
    return move(letter, Stage.FAILED, by=by, reason=str(barrier))


@transaction.atomic
def lapses(letter: Letter, *, by: Actor) -> bool:
    """Whether it has nothing to say any more: it waited too long, for its hour or for a worker, and goes nowhere."""
    is_over = letter.until is not None and letter.until <= max(clock.now(), letter.due_at)
    if is_over:
        move(letter, Stage.WITHDRAWN, by=by, reason="too_late")
    return is_over


@transaction.atomic
def clear(letter: Letter, *, by: Actor) -> bool:
    """Whether it may go now, asked in the moment before it does; if not, it waits for its hour, for somebody to look, or has failed.

    The database asks once more about two who must have no contact, and would refuse it.
    """
    found = asked(letter, by)
    if found.barrier:
        stop(letter, by=by, barrier=found.barrier)
    elif found.held and letter.looked_at is None:
        hold(letter, by=by, held_for=found.held)
    elif found.at and found.at > clock.now():
        Letter.objects.filter(pk=letter.pk).update(due_at=found.at)
    else:
        letter.cleared_at = clock.now()
        Letter.objects.filter(pk=letter.pk).update(cleared_at=letter.cleared_at)
        return True
    return False


@transaction.atomic
def hold(letter: Letter, *, by: Actor, held_for: str) -> Letter:
    """Keep it until somebody of the team has looked at it."""
    Letter.objects.filter(pk=letter.pk).update(held_for=held_for)
    return move(letter, Stage.HELD, by=by, reason=held_for)


@transaction.atomic
def tell_in_person(letter: Letter, *, by: Actor) -> Handing:
    """What could not be sent was said by voice or in person, by whoever writes it down. Raises `WrongStep` for any other letter."""
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    move(letter, Stage.HANDED, by=by, reason="in_person")
    return Handing.objects.create(letter=letter, by=by.id)


@transaction.atomic
def withdraw_unsent_to(address: str, *, reader: UUID, by: Actor) -> int:
    """Stop every letter to this reader that would go to this one address; says how many. One that came back stays where somebody sees it."""
    waiting = Letter.objects.filter(reader_id=reader, stage__in=NOT_GONE).exclude(trouble=Barrier.BOUNCED).select_for_update(of=("self",))
    stopped = [letter for letter in waiting if letter.channel != Channel.PAPER and is_surely_one(str(letter.address), address)]
    for letter in stopped:
        move(letter, Stage.WITHDRAWN, by=by)
    return len(stopped)


@transaction.atomic
def withdraw_unsent_of(act: str, *, reader: UUID, by: Actor) -> None:
    """Stop the letters to this reader that this one act set off (their keys begin with it), and no other."""
    for letter in Letter.objects.filter(reader_id=reader, key__startswith=act, stage__in=NOT_GONE).select_for_update(of=("self",)):
        move(letter, Stage.WITHDRAWN, by=by)


THERE = Mould(lambda *, key: Letter.objects.filter(key=key))


@transaction.atomic
def mark_read(row: CameBack, *, by: Actor) -> CameBackRead:
    """Somebody of the team has read what came back, and sees to it; said twice it is one fact."""
    read, is_new = CameBackRead.objects.get_or_create(came_back=row, defaults={"by": by.id})
    if is_new:
        record("read_answer", row, by=by)
    return read


@transaction.atomic
def mark_sent(letter: Letter, *, by: Actor) -> Letter:
    """The post office has taken it. The caller holds the letter's lock since before it was handed over."""
    Letter.objects.filter(pk=letter.pk).update(sent_at=clock.now(), tries=letter.tries + 1, trouble="")
    return move(letter, Stage.SENT, by=by)


@transaction.atomic
def mark_printed(letter: Letter, *, by: Actor) -> Letter:
    """It is set on paper. It has reached nobody: it lies in the print queue until somebody posts it or hands it over."""
    Letter.objects.filter(pk=letter.pk).update(tries=letter.tries + 1, trouble="")
    return move(letter, Stage.PRINTED, by=by)


@transaction.atomic
def hand_over(letter: Letter, *, by: Actor) -> Handing:
    """Write down that a letter on paper was posted or handed over. Said twice it is one fact; raises `WrongStep` for any other letter."""
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    there = Handing.objects.filter(letter=letter).first()
    if there is not None:
        return there
    move(letter, Stage.HANDED, by=by)
    return Handing.objects.create(letter=letter, by=by.id)


@transaction.atomic
def put_off(letter: Letter, *, by: Actor, trouble: str) -> Letter:
    """It could not go now: try later, less and less eagerly, and at last say that it failed, so that somebody finds another way.

    `trouble` is the name of the fault and never its words, which may hold an address.
    """
    letter.tries, letter.trouble = letter.tries + 1, trouble[:60]
    if letter.tries <= len(PAUSES):
        letter.due_at = clock.now() + PAUSES[letter.tries - 1]
    letter.save(update_fields=["tries", "trouble", "due_at"])
    if letter.tries > len(PAUSES):
        return move(letter, Stage.FAILED, by=by, reason="tries")
    record("put_off", letter, by=by, tries=letter.tries, trouble=letter.trouble)
    return letter


@transaction.atomic
def try_again(letter: Letter, *, by: Actor) -> Letter:
    """Send a letter that failed once more, from the first try on. Raises `WrongStep` when it is no longer failed."""
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    move(letter, Stage.DUE, by=by)
    letter.tries, letter.due_at = 0, clock.now()
    letter.save(update_fields=["tries", "due_at"])
    wake_worker()
    return letter


@transaction.atomic
def send_another_way(letter: Letter, *, by: Actor, to: Address) -> Letter:
    """The same words to the same reader over another way; the letter that failed goes no more.

    Raises `TellingWords` when they would say too much there, `WrongStep` when it is
    no longer failed; then nothing has changed.
    """
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    move(letter, Stage.WITHDRAWN, by=by, reason="another_way")
    with translation.override(letter.language):
        words, key = Words(letter.subject, letter.body), f"{letter.key}:{to.channel}"[:120]
        return write(words, to=to, reader=letter.reader_id, key=key, by=by, case=letter.case_id)


@transaction.atomic
def withdraw_unsent(*, reader: UUID, case: UUID | None, by: Actor) -> int:
    """Stop every letter to this reader about this case that has not gone yet; says how many.

    One that is being handed over at this moment is waited for, and counts as gone.
    """
    waiting = list(Letter.objects.select_for_update(of=("self",)).filter(reader_id=reader, case_id=case, stage__in=NOT_GONE))
    for letter in waiting:
        move(letter, Stage.WITHDRAWN, by=by)
    return len(waiting)


@transaction.atomic
def withdraw_waiting(key: str, *, reader: UUID, by: Actor) -> int:
    """Stop the one letter of this act, if it has not gone yet; says whether it was there."""
    waiting = list(Letter.objects.select_for_update(of=("self",)).filter(key=key, reader_id=reader, stage__in=NOT_GONE))
    for letter in waiting:
        move(letter, Stage.WITHDRAWN, by=by)
    return len(waiting)


@transaction.atomic
def withdraw_unsent_over(channel: str, *, reader: UUID, by: Actor) -> int:
    """Stop every letter to this reader over one way that is safe no more, whatever it is about; says how many.

    One that came back stays where somebody sees it.
    """
    waiting = Letter.objects.filter(reader_id=reader, channel=channel, stage__in=NOT_GONE)
    stopped = list(waiting.exclude(trouble=Barrier.BOUNCED).select_for_update(of=("self",)))
    for letter in stopped:
        move(letter, Stage.WITHDRAWN, by=by)
    return len(stopped)
