"""Years that are over are counted once, and what may be said of them is kept."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.programmes.models import Programme

from . import queries, rules, tables
from .models import Release

EARLIEST = 1990


@transaction.atomic
def count_years(programme: Programme, *, by: Actor) -> list[Release]:
    """What can be said now and was not said yet. Asked twice, it says nothing twice; what was said stays as it was.

    The programme's own row is held meanwhile, so that two who count at once do not both say a year.
    """
    Programme.objects.select_for_update(of=("self",), no_key=True).get(pk=programme.pk)
    with timezone.override(programme.zone):
        before = queries.released()
        until = queries.last_over(clock.local(clock.now(), programme.zone).date())
        first = before[-1].last + 1 if before else EARLIEST
        counted = queries.counted(first, until) if first <= until else []
        since = min((one.year for one in counted), default=until + 1)
        new = tables.releases(counted, since, until, before)[len(before) :]
    found = []
    for one in new:
        release = Release.objects.create(first=one.first, last=one.last, edition=rules.EDITION, tables=one.stored())
        record("counted_years", release, by=by, first=one.first, last=one.last)
        found.append(release)
    return found
