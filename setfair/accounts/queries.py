from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils import timezone

from setfair.core.text import typed
from setfair.vault.master import digest

from .models import Pass, User

LINK_SIGNS = 40
"""A link's token is longer than this, and no code is."""


@dataclass(frozen=True)
class Found:
    programme_id: UUID
    pass_id: UUID


def pass_behind(text: str) -> Found | None:
    """What a code, or the token of a link, leads to: ids and nothing else. Works before any programme is known.

    A code may be typed in any case, with spaces or dashes. One that was revoked or
    has run out leads nowhere, the same as one that never was. A spent link is found:
    whether it still opens is decided when it is spent.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id, pass_id FROM pass_by_digest(%s)", [_digest(text)])
        rows = cursor.fetchall()
    return Found(*rows[0]) if len(rows) == 1 else None


def pass_over(text: str) -> Found | None:
    """The last code of somebody in something that has come to its end: it opens nothing. None for every other text."""
    if is_link(text):
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id, pass_id FROM pass_over_by_digest(%s)", [_digest(text)])
        rows = cursor.fetchall()
    return Found(*rows[0]) if len(rows) == 1 else None


def is_link(text: str) -> bool:
    return len(text) > LINK_SIGNS


def last_code(*, bearer: str, bearer_id: UUID) -> Pass | None:
    """The code this person can come in with now; of it only that it exists and since when can be told."""
    return Pass.objects.filter(kind=Pass.Kind.CODE, bearer=bearer, bearer_id=bearer_id, revoked_at__isnull=True).first()


def link_stands(*, bearer: str, bearer_id: UUID, way: str) -> bool:
    """Whether a link that was sent over this way has neither been taken back nor run out; one that was used counts."""
    links = Pass.objects.filter(kind=Pass.Kind.LINK, bearer=bearer, bearer_id=bearer_id, way=way, revoked_at__isnull=True)
    return links.filter(expires_at__gt=timezone.now()).exists()


def with_old_passes() -> list[UUID]:
    """Ids of the programmes that have passes to be dropped. Works before any programme is known."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id FROM passes_old()")
        return [row[0] for row in cursor.fetchall()]


def _digest(text: str) -> bytes:
    return digest("link", text) if is_link(text) else digest("code", typed(text))


def account_at(email: str) -> User | None:
    return User.objects.filter(email__iexact=email).first()


FIRST = """
SELECT programme_id FROM (
  SELECT programme_id, 1 AS rank FROM memberships_of(%(who)s) UNION ALL SELECT programme_id, 2 FROM offers_to(%(who)s)
  UNION ALL SELECT programme_id, 3 FROM once_in(%(who)s)
) AS known ORDER BY rank, programme_id LIMIT 1
"""


def first_programme_of(user_id: UUID) -> UUID | None:
    """One programme that this account belongs to, or else one that asks them to join, or else one that once did; the same each time, or None."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST, {"who": user_id})
        row = cursor.fetchone()
    return row[0] if row else None
