"""What somebody said about one way to reach them, beside the address itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from uuid import UUID

from .models import Contact


@dataclass(frozen=True)
class Card:
    """May a message be left, may it be said who calls, when, through whom, and who else reads there or picks up."""

    may_leave_message: bool = False
    may_say_who: bool = False
    times: str = ""
    days: tuple[int, ...] = ()
    starts: time | None = None
    ends: time | None = None
    whom: str = ""
    also_reads: str = ""
    read_by: tuple[UUID, ...] = ()

    def reaches_fewer(self, before: Card) -> bool:
        """Whether what was right to send there before may be wrong now: less may be left, or more eyes are on it."""
        return (
            (before.may_leave_message and not self.may_leave_message)
            or bool(set(self.read_by) - set(before.read_by))
            or (bool(self.also_reads) and self.also_reads != before.also_reads)
        )


def card_of(contact: Contact) -> Card:
    return Card(
        may_leave_message=contact.may_leave_message,
        may_say_who=contact.may_say_who,
        times=str(contact.times),
        days=tuple(contact.days),
        starts=contact.starts,
        ends=contact.ends,
        whom=contact.whom,
        also_reads=str(contact.also_reads),
        read_by=tuple(contact.read_by),
    )
