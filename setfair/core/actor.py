"""Who acts. Every action demands one (`by=`) and the journal writes it down."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    STAFF = "staff"
    PARTICIPANT = "participant"
    REFERRER = "referrer"
    OFFICE = "office"
    TABLET = "tablet"
    ANYONE = "anyone"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """Someone who acts in one programme. It holds ids and roles, never a name.

    `id` is a user's id for staff, a participation's id for a participant, a
    referral's id for a referrer, for an office what its address comes down to in
    one programme, an agreement's id for the tablet that goes round to be signed,
    and None for the system and for the public.
    `roles` are the roles of a staff member's live memberships in `programme_id`,
    read again at each request, so that a right that was taken away is gone at once.
    """

    kind: Kind
    programme_id: UUID | None = None
    id: UUID | None = None
    roles: frozenset[str] = frozenset()

    @property
    def known_id(self) -> UUID:
        """Their id, for a row that has to name who acted: nothing of that kind is done by the system or by somebody we know nothing about."""
        if self.id is None:
            raise ValueError(f"Nobody in particular acts here ({self.kind}), and somebody has to be named.")
        return self.id

    def has(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)


def system(programme_id: UUID) -> Actor:
    """The worker, acting in one programme on what it found due."""
    return Actor(kind=Kind.SYSTEM, programme_id=programme_id)


def anyone(programme_id: UUID | None = None) -> Actor:
    """Somebody we know nothing about, at the public door."""
    return Actor(kind=Kind.ANYONE, programme_id=programme_id)
