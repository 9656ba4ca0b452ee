"""A new link for somebody who asks for one, to the safe address we know and to no other."""

from __future__ import annotations

import uuid
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from setfair.accounts.actions import issue_link
from setfair.accounts.models import Pass
from setfair.cases import queries as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Participation
from setfair.core import clock, tenant
from setfair.core.actor import system
from setfair.journal.actions import record
from setfair.letters.actions import write
from setfair.letters.models import Letter
from setfair.people.queries import people_at, safe_address
from setfair.programmes.speaking import in_language

from . import letters
from .models import Invitation

AGAIN = timedelta(minutes=30)
"""One new link for one person in this time, however often it is asked for."""


def send_new_links(typed: str) -> None:
    """To each who is reached at what was typed: a link to the safe address that is written down. Nobody learns whether there was one."""
    for programme_id, person_id in people_at(typed):
        with tenant.inside(programme_id):
            for participation in Participation.objects.filter(person=person_id, left_at__isnull=True).select_related("person", "case"):
                _send(participation, programme_id)


@transaction.atomic
def _send(participation: Participation, programme_id: UUID) -> None:
    case, to, by = cases.lock(participation.case), safe_address(participation.person), system(programme_id)
    key = f"way_back:{participation.pk}:"
    lately = Letter.objects.filter(key__startswith=key, made_at__gt=clock.now() - AGAIN).exists()
    invited = Invitation.objects.filter(participation=participation).exists()
    if case.stage == Stage.CLOSED or to is None or lately or not invited:
        return
    token = issue_link(bearer=Pass.Bearer.PARTICIPATION, bearer_id=participation.pk, case=participation.case_id, by=by)
    with in_language(participation.person.language):
        said = letters.invitation(participation.programme, token)
        write(said, to=to, reader=participation.person_id, case=case.pk, key=f"{key}{uuid.uuid4()}", by=by)
    record("asked_way_back", participation, by=by)
