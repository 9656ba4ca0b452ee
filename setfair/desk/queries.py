from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from setfair.accounts.models import User
from setfair.core import tenant
from setfair.programmes.models import Programme

MOST_SHOWN = 40
"""On the front page. An installation with more has its own ways to send people to their programme."""


@dataclass(frozen=True)
class Shown:
    name: str
    slug: str


def nothing_here() -> bool:
    """Whether this installation has neither a programme nor an account."""
    return not _ids(1) and not User.objects.exists()


def programmes_here() -> list[Shown]:
    """The programmes of this installation by name, as their public pages name themselves."""
    shown = []
    for programme_id in _ids(MOST_SHOWN):
        with tenant.inside(programme_id):
            programme = Programme.objects.get(pk=programme_id)
            shown.append(Shown(programme.name, programme.slug))
    return sorted(shown, key=lambda one: one.name.casefold())


def _ids(most: int) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id FROM programmes_here() LIMIT %s", [most])
        return [row[0] for row in cursor.fetchall()]
