from __future__ import annotations

from django.db import transaction
from django.utils import translation

from setfair.accounts.models import User
from setfair.core.actor import Actor
from setfair.journal import marks
from setfair.letters.actions import Address, write
from setfair.letters.models import Channel

from .. import letters
from ..models import Membership, Programme, Role


@transaction.atomic
def send_mark(programme: Programme, *, by: Actor) -> int:
    """Where the journal stands, to everyone who administers here; once for each mark. Says to how many."""
    signs = marks.newest()
    if not signs:
        return 0
    live = Membership.objects.filter(role=Role.ADMINISTRATOR, ended_at__isnull=True, user__is_active=True)
    readers = list(User.objects.filter(pk__in=live.values("user_id")).order_by("pk"))
    for reader in readers:
        with translation.override(reader.language):
            words = letters.mark(programme, reader.get_short_name(), signs)
        write(words, to=Address(Channel.EMAIL, reader.email), reader=reader.pk, key=f"mark:{signs}:{reader.pk}", by=by)
    return len(readers)
