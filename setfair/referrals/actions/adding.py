"""What whoever asked does afterwards: tell more, change what they sent, or take it back."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.journal.actions import record
from setfair.journal.journey import move
from setfair.letters.actions import Address, withdraw_unsent, write
from setfair.letters.models import Channel
from setfair.programmes.reasons import Reason
from setfair.programmes.speaking import in_language

from .. import changed, heard, letters
from ..journey import Stage
from ..models import Addition, Owned, Referral
from ..refusal import CannotAsk
from ..telling import send
from .keeping_out import keep_out_those_named
from .talking import call_off_what_is_ahead


@transaction.atomic
def add(referral: Referral, *, by: Actor, words: str) -> Addition:
    """Whoever asked lets us know something more; the request waits to be read again. Sent twice in a row it is one."""
    referral.refresh_from_db(fields=["stage"], from_queryset=Referral.objects.select_for_update(of=("self",)))
    last: Addition | None = referral.additions.last()
    if last is not None and last.read_at is None and not last.what and last.words == words:
        return last
    addition = Addition.objects.create(referral=referral, words=words)
    record("added_to", referral, by=by)
    look_for_us(referral, by=by, words=words)
    _have_them_look(referral, by)
    return addition


@transaction.atomic
def amend(referral: Referral, *, by: Actor, what: str, reason: str, words: str = "", day: date | None = None) -> Addition:
    """An office changes one part of what it sent, and says why. What was sent stays as it was; a deadline counts from now on.

    Raises `CannotAsk` where nobody works with it any more, and for what would change nothing.
    """
    referral.refresh_from_db(from_queryset=Referral.objects.select_for_update(of=("self",)))
    said = day.isoformat() if what == Addition.What.DEADLINE and day else words.strip()
    before = changed.as_it_stands(referral, what)
    if referral.stage not in (Stage.RECEIVED, Stage.ACCEPTED):
        raise CannotAsk(_("This has come to its end, so nothing changes it any more."))
    if not said or not reason.strip():
        raise CannotAsk(_("Please write what it is now, and why it changes."))
    if said == before:
        raise CannotAsk(_("This is what stands there already."))
    addition = Addition.objects.create(referral=referral, what=what, words=said, before=before, reason=reason.strip())
    if what == Addition.What.DEADLINE:
        referral.deadline = day
        referral.save(update_fields=["deadline"])
    record("amended", referral, by=by, what=what)
    _tell_the_office(referral, by)
    look_for_us(referral, by=by, words=said)
    _have_them_look(referral, by)
    return addition


@transaction.atomic
def say_whose(referral: Referral, *, by: Actor, is_ours: bool) -> Owned:
    """Whoever reads the office's own address says whether this came from there. That it did not, the team is told at once."""
    if by.kind != Kind.OFFICE or by.id != referral.sender:
        raise CannotAsk(_("Please open the link that we sent to your office's address."))
    said = Owned.objects.create(referral=referral, is_ours=is_ours)
    record("owned" if is_ours else "not_ours", referral, by=by)
    if not is_ours:
        with in_language(referral.programme.language):
            words = _("Whoever reads the address of the office says that this did not come from there.")
        add(referral, by=by, words=words)
    return said


@transaction.atomic
def withdraw(referral: Referral, *, by: Actor) -> Referral:
    """Take a request back, for the one reason that it is theirs. What was to be sent about it does not go any more."""
    move(referral, Stage.WITHDRAWN, by=by, reason=Reason.TAKEN_BACK)
    call_off_what_is_ahead(referral, by=by)
    withdraw_unsent(reader=referral.pk, case=None, by=by)
    return referral


def _tell_the_office(referral: Referral, by: Actor) -> None:
    """Somebody else may hold its code. Once a day, without a word of what was changed."""
    if referral.sender is None:
        return
    way, key = letters.way_to(referral), f"changed:{referral.pk}:{clock.now():%Y%m%d}"
    if way is not None and way.has_room:
        with in_language(referral.language):
            send(letters.changed(referral.programme), way.address, referral, key, by=by)


@transaction.atomic
def look_for_us(referral: Referral, *, by: Actor, words: str) -> None:
    """Whoever of the team is named in what was added does not find the request.

    Once it is a case, the floor of the cases keeps people out, and they stand in its team or do not.
    """
    if referral.stage != Stage.ACCEPTED:
        keep_out_those_named(referral, by=by, more=words)


def _have_them_look(referral: Referral, by: Actor) -> None:
    """Whoever answers for it is told that there is something, once a day and without a word of it."""
    for reader in heard.readers(referral, by):
        with in_language(reader.language):
            key = f"added:{referral.pk}:{clock.now():%Y%m%d}:{reader.pk}"
            write(letters.look(referral.programme), to=Address(Channel.EMAIL, reader.email), reader=reader.pk, key=key, by=by)
