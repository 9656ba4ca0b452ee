from __future__ import annotations

import logging
from functools import partial
from smtplib import SMTPRecipientsRefused
from uuid import UUID

from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError
from procrastinate.contrib.django import app

from setfair.core import clock, tenant
from setfair.core.actor import Actor, system
from setfair.vault.ring import WordsAreGone

from . import actions, queries
from .came_back import bounced, take_in
from .channels import deliver
from .gate import Barrier
from .incoming import NotNow, take_all, take_aside
from .journey import Stage
from .mail_read import Came
from .models import Channel, Letter
from .waking import WAKE

log = logging.getLogger(__name__)
MOST = 100


@app.periodic(cron="* * * * *")
@app.task(name=WAKE)
def send_due_letters(timestamp: int | None = None) -> None:
    """Send every letter that is due, each in its own transaction.

    The letter is its own queue entry: nothing is enqueued, so nothing is lost.
    Two workers never take the same letter. If the machine dies between the
    post office's yes and our commit, a letter may go twice: we prefer that to
    a consent invitation that never arrives. Runs each minute, and right after
    a letter was written.
    """
    while owed := queries.due(MOST):
        taken = [_send(programme_id, letter_id) for programme_id, letter_id in owed]
        if not any(taken) or len(owed) < MOST:
            break


def _send(programme_id: UUID, letter_id: UUID) -> bool:
    """Whether it was ours to send; another worker may have it, or it has been withdrawn since."""
    with tenant.inside(programme_id):
        still_owed = Letter.objects.filter(pk=letter_id, stage=Stage.DUE, due_at__lte=clock.now())
        letter = still_owed.select_for_update(skip_locked=True, of=("self",)).first()
        if letter is None:
            return False
        if actions.lapses(letter, by=system(programme_id)) or not _may_go(letter, system(programme_id)):
            return True
        try:
            deliver(letter)
        except DatabaseError:
            raise
        except SMTPRecipientsRefused as refusal:
            _refused(letter, refusal, system(programme_id))
        except Exception as fault:  # whatever a way of sending may raise: one letter's trouble holds up no other
            log.warning("A letter could not be sent: %s", type(fault).__name__)
            actions.put_off(letter, by=system(programme_id), trouble=type(fault).__name__)
        else:
            _left(letter, by=system(programme_id))
    return True


def _refused(letter: Letter, refusal: SMTPRecipientsRefused, by: Actor) -> None:
    """A refusal for good ends the address; any other is a try that failed."""
    if all(code >= 500 for code, _words in refusal.recipients.values()):
        bounced(letter, by=by)
    else:
        actions.put_off(letter, by=by, trouble=type(refusal).__name__)


@app.periodic(cron="* * * * *")
@app.task(name="setfair.letters.tasks.read_incoming")
def read_incoming(timestamp: int | None = None) -> None:
    """Take in what came back. One that cannot be taken in holds up no other."""
    take_all(_take)
    take_aside(partial(_take, again=True))


def _take(came: Came, *, again: bool = False) -> bool:
    try:
        return take_in(came, again=again)
    except (OperationalError, InterfaceError) as fault:
        log.warning("A mail waits for the database: %s", type(fault).__name__)
        raise NotNow from None
    except Exception as fault:
        log.warning("A mail could not be taken in: %s", type(fault).__name__)
        return False


def _may_go(letter: Letter, by: Actor) -> bool:
    """Asked once more, and then of the database; where that refuses what we would have let go, it goes nowhere.

    One whose words are gone holds up no other.
    """
    try:
        return actions.clear(letter, by=by)
    except IntegrityError:
        log.error("The database refused a letter that we had let go.")
        actions.stop(letter, by=by, barrier=Barrier.APART)
    except WordsAreGone as fault:
        actions.put_off(letter, by=by, trouble=type(fault).__name__)
    return False


def _left(letter: Letter, *, by: Actor) -> None:
    """What the post office took is sent; what was set on paper still waits for a hand."""
    if letter.channel == Channel.PAPER:
        actions.mark_printed(letter, by=by)
    else:
        actions.mark_sent(letter, by=by)
