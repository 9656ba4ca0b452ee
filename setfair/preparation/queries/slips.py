"""Slips that were typed in, and which of them still wait for a second pair of eyes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from ..models import Slip, SlipLook
from .blockers import Blocker
from .known import Circle


def uncompared(rows: QuerySet[Slip]) -> QuerySet[Slip]:
    """Where the programme wants it: of people in the circle, and nobody else has compared them with the paper."""
    looked = SlipLook.objects.filter(slip=OuterRef("pk"))
    return rows.filter(~Exists(looked), programme__slips_twice=True, participation__left_at__isnull=True)


def not_compared(known: Circle, on: date) -> Iterator[Blocker]:
    """What was typed in counts when two have seen it; a no or a stop has counted already."""
    if not known.programme.slips_twice:
        return
    people = {k.participation.pk: k.participation for k in known.people}
    waiting = uncompared(Slip.objects.filter(case=known.case)).order_by("at", "id")
    for key in dict.fromkeys(waiting.values_list("participation_id", flat=True)):
        if key in people:
            sentence = _("What %(name)s answered on paper was typed in, and nobody else has compared it.") % {"name": people[key].person.shown}
            yield Blocker("slip", people[key], sentence, False)
