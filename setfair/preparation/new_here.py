"""Word to somebody that there is something new on their own page."""

from __future__ import annotations

from uuid import UUID

from setfair.accounts.models import Pass
from setfair.cases.journey import Stage
from setfair.cases.models import Participation
from setfair.core.actor import Actor
from setfair.letters.actions import write
from setfair.letters.queries import waits
from setfair.people.queries import held_address
from setfair.programmes.speaking import in_language

from . import letters, queries


def tell(reader: Participation, new: UUID, by: Actor) -> None:
    """One letter that says so and not what, unless one of these still waits to go. Only to somebody who was asked in and wants to hear from us."""
    to, key = held_address(reader.person), f"note:{reader.pk}:"
    asked_in = reader.left_at is None and Pass.objects.filter(bearer=Pass.Bearer.PARTICIPATION, bearer_id=reader.pk).exists()
    if to is None or not asked_in or reader.case.stage == Stage.CLOSED or queries.is_let_be(reader):
        return
    if queries.has_stopped(reader) or queries.break_of(reader) is not None:
        return
    if not waits(reader.person_id, key=key):
        with in_language(reader.person.language):
            said = letters.new_here(reader.programme)
            write(said, to=to, reader=reader.person_id, case=reader.case_id, key=f"{key}{new}", by=by)
