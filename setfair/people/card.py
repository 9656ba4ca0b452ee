"""What somebody said about one way to reach them, beside the address itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
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

    def no_more_than(self, before: Card) -> Card:
        """This, as far as it allows no more than what was said before: less may be left, at fewer hours, and nobody who reads there is left out."""
        days = self.days if not before.days or (self.days and set(self.days) <= set(before.days)) else before.days
        later = before.starts is None or (self.starts is not None and self.starts >= before.starts)
        sooner = before.ends is None or (self.ends is not None and self.ends <= before.ends)
        starts, ends = (self.starts, self.ends) if later and sooner else (before.starts, before.ends)
        readers = [words for words in (self.also_reads, before.also_reads) if words]
        return replace(
            self,
            may_leave_message=self.may_leave_message and before.may_leave_message,
            may_say_who=self.may_say_who and before.may_say_who,
            days=days,
            starts=starts,
            ends=ends,
            also_reads=self.also_reads if before.also_reads in self.also_reads else "; ".join(dict.fromkeys(readers)),
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
