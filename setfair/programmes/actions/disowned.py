"""What each programme of an account learns when its owner said that a sign-in was not them."""

from __future__ import annotations

from django.db import transaction
from django.utils import translation

from setfair.accounts.models import User
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.letters.actions import Address, write
from setfair.letters.models import Channel

from .. import letters
from ..models import Membership, Role
from ..queries import could_vouch


@transaction.atomic
def note_disowned(user: User, *, by: Actor) -> None:
    """A line, and a letter to each other administrator, or to those who could help where there is none."""
    live = Membership.objects.filter(ended_at__isnull=True, user__is_active=True)
    line = record("disowned", Membership.objects.filter(user=user, ended_at__isnull=True).order_by("pk")[0], by=by)
    others = set(live.filter(role=Role.ADMINISTRATOR).exclude(user=user).values_list("user_id", flat=True))
    programme = line.programme
    for reader in User.objects.filter(pk__in=others or could_vouch(user.pk)).order_by("pk"):
        with translation.override(reader.language):
            words = letters.disowned(programme, reader.get_short_name())
        write(words, to=Address(Channel.EMAIL, reader.email), reader=reader.pk, key=f"disowned:{line.pk}:{reader.pk}", by=by)
