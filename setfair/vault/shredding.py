"""To destroy a key is to destroy the words under it, wherever copies of them lie."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from setfair.core import clock, tenant


def shred(owners: Iterable[UUID]) -> int:
    """Destroy the keys of these cases, people or requests of the programme one is inside; says how many there were.

    Part of the caller's transaction, and its last part: the database refuses it with
    `vault_shred_gone` while a row of theirs still stands. From its commit on the words open nowhere here;
    in copies made before they open until the master key they were wrapped by is gone
    too. The rotation that destroys it is owed from then on.
    """
    chosen = set(owners)
    for name in ("vault.keys", "vault.fresh"):
        kept = tenant.scope().kept.get(name, {})
        for owner in chosen:
            kept.pop(owner, None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT vault_shred(%s, %s)", [list(chosen), clock.now()])
        return cursor.fetchone()[0]
