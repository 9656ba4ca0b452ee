"""What the team does with a request: read it, say yes or no, stop before a gate, and see that whoever asked hears of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.access.policy import Permission
from setfair.access.ties import may
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.journal.journey import move
from setfair.programmes.own_reasons import chosen
from setfair.programmes.reasons import Reason, Step

from .. import letters, queries
from ..journey import Stage
from ..models import Clearance, Halt, Referral, Reply, Screening
from ..refusal import CannotScreen, check, check_gates, check_matters
from ..talks import AHEAD
from ..telling import hear_of_it
from .talking import call_off_what_is_ahead


@transaction.atomic
def read(referral: Referral, *, by: Actor) -> Referral:
    """A member of the team opens a request: the journal says so. What was added to it counts as read only when somebody who can act on it did."""
    if may(by, Permission.SCREEN_REFERRAL, referral):
        referral.additions.filter(read_at__isnull=True).update(read_at=clock.now())
    record("read", referral, by=by)
    return referral


@transaction.atomic
def accept(referral: Referral, *, by: Actor, checks: Mapping[str, str], note: str = "", matters: Collection[str] = ()) -> Referral:
    """Say yes. Whoever listens opens the case in the same transaction.

    `checks` says of each check what was found; one that is left open takes a note,
    and a no to what must be fine (`HARD`) the word of a supervisor (`clear`). So do
    `matters` that are taken with a specialist; those that are not taken end it here.
    Whoever asked hears that there is news, or somebody is asked to tell them.
    Of two who answer at the same moment one is heard; the other gets `WrongStep`.
    """
    check(checks, note)
    if referral.talks.filter(stage__in=AHEAD).exists():
        raise CannotScreen(_("A talk with them is planned. Hold it or call it off first."))
    check_matters(referral, matters)
    check_gates(referral, checks)
    move(referral, Stage.ACCEPTED, by=by)
    knows = hear_of_it(referral, by, letters.news)
    why = Reason.SIGNED_OFF if referral.clearances.exists() else Reason.FITS
    _screen(referral, by, accepted=True, reason=why, checks=dict(checks), matters=sorted(matters), note=note, to_tell=not knows)
    return referral


@transaction.atomic
def decline(referral: Referral, *, by: Actor, reason: str, note: str = "") -> Referral:
    """Say that it is not going ahead. The reason is a code, or the id of one of the programme's own.

    It is for us: whoever asked gets the same neutral words whatever it is.
    """
    why = chosen(Step.NO, reason)
    if why is None:
        raise CannotScreen(_("Please choose a reason. Only the team sees it."))
    move(referral, Stage.DECLINED, by=by, reason=why["reason"])
    call_off_what_is_ahead(referral, by=by)
    knows = hear_of_it(referral, by, letters.not_going_ahead)
    _screen(referral, by, accepted=False, **why, note=note, to_tell=not knows)
    return referral


@transaction.atomic
def reply(referral: Referral, *, by: Actor, how: str) -> Reply:
    """Write down that whoever asked was told how it was answered, or that it was tried: then nobody is asked to any more."""
    if queries.lock(referral).is_open:
        raise CannotScreen(_("Nobody has answered this yet."))
    if how not in Reply.How.values:
        raise CannotScreen(_("Please choose one of the answers."))
    there: Reply | None = referral.replies.filter(how=how).first()
    if there is None:
        there = Reply.objects.create(referral=referral, how=how, by=by.known_id)
        record("replied", referral, by=by, how=how)
    return there


@transaction.atomic
def halt(referral: Referral, *, by: Actor) -> Halt:
    """Have it stand on Today of every supervisor that a request waits for their word. Stopped again before they have written, it is one line."""
    there: Halt | None = queries.lock(referral).halts.first()
    if there is None:
        there = Halt.objects.create(referral=referral, by=by.known_id)
        record("halted", referral, by=by)
    return there


@transaction.atomic
def clear(referral: Referral, *, by: Actor, reason: str) -> Clearance:
    """A supervisor writes why this can be accepted in spite of a no to what must be fine."""
    if not queries.lock(referral).is_open:
        raise CannotScreen(_("This has been answered already."))
    if not reason.strip():
        raise CannotScreen(_("Please write why it can go on."))
    clearance = Clearance.objects.create(referral=referral, reason=reason.strip(), by=by.known_id)
    record("cleared", referral, by=by)
    return clearance


def _screen(referral: Referral, by: Actor, **decided: Any) -> None:
    if by.id is None:
        raise CannotScreen(_("A coordinator answers a request."))
    Screening.objects.create(referral=referral, by=by.id, **decided)
