"""A bell schedule comes in whole, takes the place of the one before, and can be taken back."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record

from ..bells import Reading
from ..bounds import CannotChange
from ..models import BellDay, Bells, Period


@transaction.atomic
def ring(reading: Reading, *, by: Actor) -> Bells:
    """From now on these bells count. Raises `CannotChange` for a list with a row that cannot be."""
    if reading.wrong or not reading.rows:
        raise CannotChange(reading.wrong[0] if reading.wrong else _("There is no period in it."))
    if by.id is None:
        raise CannotChange(_("A schedule is brought in by somebody of the team."))
    bells = Bells.objects.create(by=by.id)
    Period.objects.bulk_create(
        Period(bells=bells, schedule=r.schedule, days=list(r.days), name=r.name, starts=r.starts, ends=r.ends, kind=r.kind) for r in reading.rows
    )
    BellDay.objects.bulk_create(BellDay(bells=bells, on=day, schedule=schedule) for day, schedule in sorted(reading.days.items()))
    record("added_setting", bells, by=by)
    return bells


@transaction.atomic
def unring(bells: Bells, *, by: Actor) -> Bells:
    """Take it back: the one before counts again, or none."""
    if Bells.objects.filter(pk=bells.pk, undone_at__isnull=True).update(undone_at=clock.now()):
        record("removed_setting", bells, by=by)
    return bells
