"""Other venues, and how far they are from each other."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from setfair.core.actor import Actor
from setfair.journal.actions import record

from ..models import Travel, Venue


@transaction.atomic
def set_travel(venue: Venue, *, by: Actor, minutes: Mapping[UUID, int | None]) -> None:
    """How many minutes it is from here to each of these venues, and back; None takes out what was known."""
    changed = False
    for other in Venue.objects.filter(pk__in=minutes).exclude(pk=venue.pk):
        one, two = sorted((venue.pk, other.pk))
        row, wanted = Travel.objects.filter(one=one, other=two).first(), minutes[other.pk]
        if (row.minutes if row else None) == wanted:
            continue
        changed = True
        if wanted is None:
            Travel.objects.filter(one=one, other=two).delete()
        else:
            Travel.objects.update_or_create(one_id=one, other_id=two, defaults={"minutes": wanted})
    if changed:
        record("changed_setting", venue, by=by, fields=["travel"])
