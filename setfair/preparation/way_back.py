"""A new link for somebody who asks for one, to the safe address we know and to no other."""

from __future__ import annotations

import uuid
from base64 import b64decode, b64encode
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from psycopg.types.json import Jsonb

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
from setfair.people.queries import held_address, people_at
from setfair.programmes.speaking import in_language
from setfair.referrals import office
from setfair.vault import master

from . import letters
from .models import Invitation

SEND = "setfair.preparation.tasks.send_new_links"
PURPOSE = "new link"
AGAIN = timedelta(minutes=30)
"""One new link for one person in this time, however often it is asked for."""


def ask_for_new_links(typed: str) -> None:
    """Leave it to the worker, sealed: the page answers as fast for an address that nobody has as for one that leads to many."""
    app.configure_task(SEND).defer(sealed=b64encode(master.sealed(PURPOSE, typed.encode())).decode())


def seal_anew() -> None:
    """What waits for the worker, under the newest master key."""
    waiting = ProcrastinateJob.objects.filter(task_name=SEND, status="todo")
    with transaction.atomic(), connection.cursor() as cursor:
        for number, args in waiting.values_list("id", "args"):
            anew = b64encode(master.sealed(PURPOSE, master.unsealed(PURPOSE, b64decode(args["sealed"])))).decode()
            said = {"sealed": anew}
            cursor.execute("UPDATE procrastinate_jobs SET args = args || %s WHERE id = %s AND status = 'todo'", [Jsonb(said), number])


def send_new_links(typed: str) -> None:
    """To each who is reached at what was typed, and to an office that sent something from there: a link to the address that is written down.

    Nobody learns whether there was one.
    """
    for programme_id, person_id in people_at(typed):
        with tenant.inside(programme_id):
            for participation in Participation.objects.filter(person=person_id, left_at__isnull=True).select_related("person", "case"):
                _send(participation, programme_id)
    office.send_links(typed)


@transaction.atomic
def _send(participation: Participation, programme_id: UUID) -> None:
    case, to, by = cases.lock(participation.case), held_address(participation.person, opens=True), system(programme_id)
    key = f"way_back:{participation.pk}:"
    lately = Letter.objects.filter(key__startswith=key, made_at__gt=clock.now() - AGAIN).exists()
    invited = Invitation.objects.filter(participation=participation).exists()
    if case.stage == Stage.CLOSED or to is None or lately or not invited:
        return
    lasts_with = {"reader": participation.person_id, "way": to.channel}
    token = issue_link(bearer=Pass.Bearer.PARTICIPATION, bearer_id=participation.pk, case=participation.case_id, by=by, **lasts_with)
    with in_language(participation.person.language):
        said = letters.invitation(participation.programme, token)
        write(said, to=to, reader=participation.person_id, case=case.pk, key=f"{key}{uuid.uuid4()}", by=by)
    record("asked_way_back", participation, by=by)
