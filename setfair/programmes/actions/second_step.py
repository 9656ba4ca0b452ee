"""Helping back in whoever lost their second step: by an administrator, or for the only administrator by two people."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from setfair.accounts.models import User
from setfair.accounts.second_step import take_away
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.letters.actions import Address, write
from setfair.letters.models import Channel

from .. import letters
from ..models import Membership, Programme, StepReset, Vouch
from ..queries import could_vouch, only_administrator, voices_for

NEEDED = 2
ELSEWHERE = "SELECT count(*) FROM (SELECT programme_id FROM memberships_of(%s) WHERE programme_id <> %s) AS elsewhere"


class CannotReset(Exception):
    """Their second step cannot be taken away from here; the sentence says who can."""


class CannotVouch(Exception):
    """Nobody has to be vouched for; the sentence says why."""


@transaction.atomic
def reset_second_step(membership: Membership, *, by: Actor) -> StepReset:
    """Take the second step of a member away: they are signed out everywhere, are told, and set up another when they sign in.

    Never one's own, and not that of somebody who works in another programme as well: one team must not open the door of another.
    """
    if membership.user_id == by.id:
        raise CannotReset(_("Your own second step you change under your name, Passkeys and second steps."))
    if _works_elsewhere(membership.user_id, membership.programme):
        raise CannotReset(_("This account cannot be changed from here. Please ask whoever runs this server."))
    return _reset(membership.user, membership.programme, by=by, giver=by.id)


@transaction.atomic
def vouch(programme: Programme, *, by: Actor) -> StepReset | None:
    """One word for the only administrator, who lost their second step. The second within a day, from somebody else, takes it away.

    Whoever runs the server (an actor without an id) counts as one; they are enough only where nobody else could say it, which nobody
    can of somebody who works in another programme as well. The whole team is told at each word.
    """
    account = only_administrator()
    if account is None:
        raise CannotVouch(_("Another administrator can do this, under Settings, People and roles."))
    if account.pk == by.id:
        raise CannotVouch(_("This is for others to say."))
    elsewhere = _works_elsewhere(account.pk, programme)
    if elsewhere and by.id is not None:
        raise CannotVouch(_("This account cannot be changed from here. Please ask whoever runs this server."))
    _one_at_a_time(account.pk)
    said = Vouch.objects.create(account_id=account.pk, by=by.id)
    record("vouched", said, by=by)
    voices = voices_for(account.pk)
    _tell_the_team(programme, said, by=by)
    if len(voices) < min(NEEDED, 1 if elsewhere else len(could_vouch(account.pk)) + 1):
        return None
    return _reset(account, programme, by=by, giver=None)


def _works_elsewhere(account_id: UUID, programme: Programme) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(ELSEWHERE, [account_id, programme.pk])
        return bool(cursor.fetchone()[0])


def _reset(account: User, programme: Programme, *, by: Actor, giver: UUID | None) -> StepReset:
    done = StepReset.objects.create(account_id=account.pk, by=giver)
    take_away(account, by=giver)
    record("reset_second_step", done, by=by)
    with translation.override(account.language):
        words = letters.step_reset(programme, account.get_short_name())
    write(words, to=Address(Channel.EMAIL, account.email), reader=account.pk, key=f"step-reset:{done.pk}", by=by)
    return done


def _tell_the_team(programme: Programme, said: Vouch, *, by: Actor) -> None:
    team = Membership.objects.filter(ended_at__isnull=True, user__is_active=True).values("user_id")
    for reader in User.objects.filter(pk__in=team).order_by("pk"):
        with translation.override(reader.language):
            words = letters.vouched(programme, reader.get_short_name())
        write(words, to=Address(Channel.EMAIL, reader.email), reader=reader.pk, key=f"vouched:{said.pk}:{reader.pk}", by=by)


def _one_at_a_time(account_id: UUID) -> None:
    """Of two who say it at the same instant the later one counts both."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"vouch {account_id}"])
