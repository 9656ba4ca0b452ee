"""Whom of the team a request is not for."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.accounts.models import User
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.programmes.models import Membership

from ..about_us import those_named
from ..journey import Stage
from ..kept_out import KeptOut
from ..models import Referral
from ..refusal import CannotScreen


@transaction.atomic
def keep_out(referral: Referral, *, by: Actor, user: User, why: str) -> KeptOut:
    """Close this request to a member of the team: from now on it is not there for them. They may say so of themselves."""
    referral.refresh_from_db(fields=["stage"], from_queryset=Referral.objects.select_for_update(of=("self",)))
    if referral.stage == Stage.ACCEPTED:
        raise CannotScreen(_("It has become a case. Keep them out there."))
    if why not in KeptOut.Why.values:
        raise CannotScreen(_("Please choose why."))
    if not Membership.objects.filter(user=user, ended_at__isnull=True).exists():
        raise CannotScreen(_("Please choose who."))
    return _shut(referral, user, why, by, by_hand=True)


@transaction.atomic
def let_back(kept: KeptOut, *, by: Actor) -> KeptOut:
    """They may read it again, as far as their role goes."""
    kept = KeptOut.objects.select_for_update(of=("self",)).get(pk=kept.pk)
    if kept.ended_at is None:
        kept.ended_at = clock.now()
        kept.save(update_fields=["ended_at"])
        record("let_back_to_request", kept, by=by)
    return kept


@transaction.atomic
def keep_out_those_named(referral: Referral, *, by: Actor, more: str = "") -> None:
    """As a request comes in, and with each word that is added: whoever of the team is named in it does not find it."""
    for user in those_named(referral, more):
        if not referral.kept_out.filter(user=user).exists():
            _shut(referral, user, KeptOut.Why.SELF, by, by_hand=False)


def _shut(referral: Referral, user: User, why: str, by: Actor, *, by_hand: bool) -> KeptOut:
    kept, is_new = KeptOut.objects.get_or_create(referral=referral, user=user, ended_at=None, defaults={"why": why, "by": by.id if by_hand else None})
    if is_new:
        record("kept_out_of_request", kept, by=by, why=why)
    return kept
