"""The ways to somebody who asked to be forgotten go, once they have heard."""

from __future__ import annotations

from django.db import connection, transaction

from setfair.core.actor import Actor
from setfair.people.models import Contact
from setfair.referrals.models import Referral

from .. import queries
from ..models import Answer


@transaction.atomic
def take_ways(said: Answer, *, by: Actor) -> bool:
    """What they were reached by when this was answered goes, and what they had wished of it; a way they gave us since stays. False when it is not
    the time."""
    whose = said.asking.whose
    queries.hold_still(queries.thing_of(whose))
    if not queries.may_take_ways(said):
        return False
    if isinstance(whose, Referral):
        Referral.objects.filter(pk=whose.pk).update(reach=None)
    else:
        Contact.objects.filter(person=whose.person_id, added_at__lte=said.at).delete()
        with connection.cursor() as cursor:
            cursor.execute("SELECT keeping_forget_wishes(%s)", [said.pk])
    return True
