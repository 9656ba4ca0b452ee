from __future__ import annotations

from django.db import connection

from setfair.accounts.models import User
from setfair.core import tenant
from setfair.core.actor import system

from .actions.disowned import note_disowned

WHERE = "SELECT DISTINCT programme_id FROM memberships_of(%s) ORDER BY programme_id"


def tell_everywhere(user: User) -> None:
    """In each programme of an account, in the transaction in which it is done: where it cannot be written down, it is not done."""
    with connection.cursor() as cursor:
        cursor.execute(WHERE, [user.pk])
        places = [place for (place,) in cursor.fetchall()]
    for place in places:
        with tenant.inside(place):
            note_disowned(user, by=system(place))
