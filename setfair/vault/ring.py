"""The keys of one stay inside a programme, unwrapped as they are needed and forgotten when it ends."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from setfair.core import clock, tenant

from . import master


class WordsAreGone(Exception):
    """The key of these words has been destroyed, or is not the key they were sealed with."""


class MasterReplaced(Exception):
    """The newest master key is not among those here: nothing can be sealed until it is."""


def read_key(owner: UUID) -> bytes:
    """The data key of a case or person; raises `WordsAreGone` when there is none."""
    keys = _kept()
    if owner not in keys:
        gather([owner])
    if owner not in keys:
        raise WordsAreGone
    return keys[owner]


def gather(owners: Iterable[UUID | None]) -> None:
    """Fetch many keys with one query, before a list opens its words row by row."""
    keys, scope = _kept(), tenant.scope()
    missing = {o for o in owners if o is not None and o not in keys}
    if missing:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, wrapped, epoch FROM vault_datakey WHERE id = ANY(%s)", [list(missing)])
            opener = cache(_opener)
            for owner, wrapped, epoch in cursor.fetchall():
                keys[owner] = _unwrap(scope.programme_id, owner, wrapped, epoch, opener)


def write_key(owner: UUID) -> bytes:
    """The data key to seal with, made on first use.

    A key made in this stay is trusted while the savepoint it was made in is open, and
    looked up again after that: its row may have been rolled back, and words sealed
    under it would be lost.
    """
    keys, fresh, here = _kept(), _fresh(), tuple(connection.savepoint_ids)
    made_in = fresh.get(owner, ())
    if owner in keys and here[: len(made_in)] == made_in:
        return keys[owner]
    keys.pop(owner, None)
    if _found_or_made(owner) or made_in:
        fresh[owner] = here
    return keys[owner]


def write_keys(owner: UUID, within: UUID) -> tuple[bytes, bytes]:
    """Both keys that words are sealed under which must outlive neither; looked for together, each made on first use."""
    gather([owner, within])
    return write_key(owner), write_key(within)


def _found_or_made(owner: UUID) -> bool:
    """Have the key of this owner, and say whether it is a new one. Of two made at the same moment the first one stands, for both.

    The database passes over a key wrapped under a master that was replaced meanwhile: then the newer one is looked for.
    """
    found = _try_to_make(owner)
    if found is None:
        gather([owner])
    if found is None and owner not in _kept():
        master.look_again()
        found = _try_to_make(owner)
        if found is None:
            raise MasterReplaced
    return bool(found)


def _try_to_make(owner: UUID) -> bool | None:
    """Whether the key is new; None when there is neither an older one to be seen nor a new one made."""
    programme_id, epoch, key = tenant.scope().programme_id, master.epoch(), os.urandom(32)
    values = {"owner": owner, "programme": programme_id, "wrapped": _wrap(programme_id, owner, epoch, key), "epoch": epoch, "now": clock.now()}
    with connection.cursor() as cursor:
        cursor.execute(FOUND_OR_MADE, values)
        found = cursor.fetchone()
    if found is None:
        return None
    wrapped, its_epoch, made = found
    _kept()[owner] = _unwrap(programme_id, owner, wrapped, its_epoch)
    return bool(made)


FOUND_OR_MADE = """
    WITH there AS (SELECT wrapped, epoch FROM vault_datakey WHERE id = %(owner)s), made AS (
        INSERT INTO vault_datakey (id, programme_id, wrapped, epoch, made_at)
        SELECT %(owner)s, %(programme)s, %(wrapped)s, %(epoch)s, %(now)s WHERE NOT EXISTS (SELECT FROM there)
        ON CONFLICT DO NOTHING RETURNING wrapped, epoch
    )
    SELECT wrapped, epoch, false FROM there UNION ALL SELECT wrapped, epoch, true FROM made
"""


def rewrapped(programme_id: UUID, owner: UUID, wrapped: bytes, epoch: int, newest: int) -> bytes | None:
    """The same data key under the newest master; None for what its own master does not open, which is noise under any."""
    try:
        return _wrap(programme_id, owner, newest, _unwrap(programme_id, owner, wrapped, epoch))
    except WordsAreGone:
        return None


def _wrap(programme_id: UUID | None, owner: UUID, epoch: int, key: bytes) -> bytes:
    nonce = os.urandom(12)
    return nonce + AESGCM(master.derived(epoch, "wrap")).encrypt(nonce, key, f"{programme_id}|{owner}".encode())


def _opener(epoch: int) -> AESGCM:
    """What opens the keys of one epoch. The master keys' files are looked at for it: once for a whole list, not for each key of it."""
    return AESGCM(master.derived(epoch, "wrap"))


def _unwrap(programme_id: UUID | None, owner: UUID, wrapped: bytes, epoch: int, opener: Callable[[int], AESGCM] = _opener) -> bytes:
    sealed = bytes(wrapped)
    try:
        return opener(epoch).decrypt(sealed[:12], sealed[12:], f"{programme_id}|{owner}".encode())
    except (InvalidTag, KeyError) as fault:
        raise WordsAreGone from fault


def _kept() -> dict[UUID, bytes]:
    return tenant.scope().kept.setdefault("vault.keys", {})


def _fresh() -> dict[UUID, tuple[str | None, ...]]:
    """The keys made in this stay, each with the savepoints that were open then."""
    return tenant.scope().kept.setdefault("vault.fresh", {})
