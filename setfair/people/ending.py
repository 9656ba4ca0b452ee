"""A way ends by itself: they wrote STOP, it was the wrong number, or the address gave everything back."""

from __future__ import annotations

from uuid import UUID

from setfair.core.actor import Actor

from .actions import reach
from .models import Person


def end_way(reader: UUID, channel: str, by: Actor, case: UUID | None) -> bool:
    """End this way of this person, with all that was due over it; False when it is nobody we wrote down."""
    person = Person.objects.filter(pk=reader).first()
    if person is None:
        return False
    reach(person, by=by, way=channel, value="", case=case)
    return True
