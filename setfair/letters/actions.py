from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from procrastinate.contrib.django import app

from setfair.core import clock, tenant
from setfair.core.actor import Actor
from setfair.core.moulds import Mould
from setfair.core.text import neutral
from setfair.journal.actions import record
from setfair.journal.journey import move

from .journey import NOT_GONE, Stage
from .models import Channel, Handing, Letter

PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 360))
"""How long a letter that could not go waits before each further try; after the last one it has failed."""
WAKE = "setfair.letters.tasks.send_due_letters"


@dataclass(frozen=True)
class Address:
    channel: str
    value: str


@dataclass(frozen=True)
class Words:
    """What a `letters.py` function returns. The subject passes the neutral-words check, and so does the whole of a text message."""

    subject: str
    body: str


@transaction.atomic
def write(words: Words, *, to: Address, reader: UUID, key: str, by: Actor, case: UUID | None = None, due_at: datetime | None = None) -> Letter:
    """Put a letter in the outbox, in the caller's transaction, in the language that is active now.

    The same `key` gives back the letter that is there already. Raises
    `TellingWords` before anything is written.
    """
    neutral(words.subject)
    if to.channel == Channel.SMS:
        neutral(words.body)
    letter = Letter(
        channel=to.channel,
        reader_id=reader,
        case_id=case,
        key=key,
        language=translation.get_language() or settings.LANGUAGE_CODE,
        subject=words.subject,
        address=to.value,
        body=words.body,
        due_at=due_at or clock.now(),
    )
    letter.message_id = f"<{letter.pk}@{settings.MAIL_DOMAIN}>"
    Letter.objects.bulk_create([letter], ignore_conflicts=True)
    (there,) = THERE.ask(values={"key": key})
    if there.pk == letter.pk:
        record("wrote", letter, by=by, channel=to.channel)
        _wake_worker()
    return there


THERE = Mould(lambda *, key: Letter.objects.filter(key=key))


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
    _wake_worker()
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


def _wake_worker() -> None:
    """Have the worker look for due letters as soon as this transaction is committed; if it is rolled back, nobody is woken.

    Once for each stay is enough, and a call that gets lost costs a minute: the
    worker's clock looks by itself.
    """
    kept = tenant.scope().kept
    if not kept.get("letters.woken"):
        app.configure_task(WAKE).defer()
        kept["letters.woken"] = True


@transaction.atomic
def withdraw_unsent_over(channel: str, *, reader: UUID, by: Actor) -> int:
    """Stop every letter to this reader over one way that is safe no more, whatever it is about; says how many."""
    waiting = Letter.objects.filter(reader_id=reader, channel=channel, stage__in=NOT_GONE)
    stopped = list(waiting.select_for_update(of=("self",)))
    for letter in stopped:
        move(letter, Stage.WITHDRAWN, by=by)
    return len(stopped)
