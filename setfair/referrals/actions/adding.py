"""What whoever asked does afterwards: tell more, or take it back."""

from __future__ import annotations

from django.db import transaction

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.journal.journey import move
from setfair.letters.actions import Address, withdraw_unsent, write
from setfair.letters.models import Channel
from setfair.programmes.speaking import in_language

from .. import heard, letters
from ..journey import Stage
from ..models import Addition, Referral
from .talking import call_off_what_is_ahead


@transaction.atomic
def add(referral: Referral, *, by: Actor, words: str) -> Addition:
    """Whoever asked lets us know something more; the request waits to be read again. Sent twice in a row it is one."""
    Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    last: Addition | None = referral.additions.last()
    if last is not None and last.read_at is None and last.words == words:
        return last
    addition = Addition.objects.create(referral=referral, words=words)
    record("added_to", referral, by=by)
    _have_them_look(referral, by)
    return addition


@transaction.atomic
def withdraw(referral: Referral, *, by: Actor) -> Referral:
    """Take a request back. What was to be sent about it does not go any more."""
    move(referral, Stage.WITHDRAWN, by=by)
    call_off_what_is_ahead(referral, by=by)
    withdraw_unsent(reader=referral.pk, case=None, by=by)
    return referral


def _have_them_look(referral: Referral, by: Actor) -> None:
    """Whoever answers for it is told that there is something, once a day and without a word of it."""
    for reader in heard.readers(referral, by):
        with in_language(reader.language):
            key = f"added:{referral.pk}:{clock.now():%Y%m%d}:{reader.pk}"
            write(letters.look(referral.programme), to=Address(Channel.EMAIL, reader.email), reader=reader.pk, key=key, by=by)
