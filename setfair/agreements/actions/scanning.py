from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.audience import Audience
from setfair.core.actor import Actor
from setfair.files import actions as files
from setfair.files.examined import Examined
from setfair.files.models import File
from setfair.journal.actions import record

from .. import queries
from ..checks import CannotSign
from ..models import Agreement, Scan


@transaction.atomic
def scan_paper(agreement: Agreement, *, by: Actor, found: Examined, whose: Iterable[UUID]) -> File:
    """Keep the sheet that was signed with a pen, for the team, and say whose names are on it. Raises `CannotSign` for whoever did not
    sign these words on paper, and `files.CannotKeep` when there is no room."""
    locked, chosen = queries.lock(agreement), {*whose}
    there = [person for person in queries.signed_on_paper(locked) if person.pk in chosen]
    if not chosen or len(there) != len(chosen):
        raise CannotSign(_("Please choose whose names are on it."))
    file = files.add(locked.case, by=by, found=found, audience=Audience.TEAM, words=_("The signed paper, version %(n)d") % {"n": locked.version})
    Scan.objects.bulk_create(Scan(agreement=locked, participation=p, case_id=locked.case_id, file=file, by=by.id) for p in there)
    record("scanned_paper", agreement, by=by)
    return file
