"""The keys outside the database: `master-<epoch>.key` and `marks.key` in `SETFAIR_KEYS_DIR`, never in the database nor in its backups.

A rotation (`rotation`) makes a new master key and destroys the old one. Whatever
tells of a person stands on a master key and is made anew then, so that with the old
key every old copy of it goes blind. Codes and links are random and tell of nobody:
their digests stand on `marks.key`, which stays, so that codes on paper outlive a
rotation.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

OF_OLD = ("code", "link", "founding", "bucket", "tablet number", "whose page", "calendar")
"""Purposes whose marks stood on the first master key before there was a file of marks; `inherited` carries them over."""


def masters() -> dict[int, bytes]:
    """All master keys by epoch, read again whenever a file came or went. Raises `ImproperlyConfigured`, in plain words, when there is none."""
    folder = Path(settings.KEYS_DIR)
    try:
        return _masters(folder, folder.stat().st_mtime_ns)
    except FileNotFoundError:
        raise _none_in(folder) from None


@lru_cache(maxsize=1)
def _masters(folder: Path, _changed: int) -> dict[int, bytes]:
    _derived.cache_clear()
    found = {int(p.stem.split("-")[1]): bytes.fromhex(p.read_text().strip()) for p in folder.glob("master-*.key")}
    if not found or any(len(key) != 32 for key in found.values()):
        raise _none_in(folder)
    return found


def _none_in(folder: Path) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"There is no usable master key in {folder}. `make run` writes one on its first start; "
        "after a restore, put back the keys that were kept apart from the data."
    )


@lru_cache(maxsize=1)
def _marks(file: Path, _changed: int) -> dict[str, bytes]:
    root, *inherited = file.read_text().splitlines()
    return {"": bytes.fromhex(root), **{purpose: bytes.fromhex(key) for key, purpose in (line.split(" ", 1) for line in inherited)}}


def look_again() -> None:
    """Forget what was read of the files: two changes in one tick of the clock look like one."""
    _masters.cache_clear()
    _marks.cache_clear()


def epoch() -> int:
    return max(masters())


def derived(number: int, purpose: str) -> bytes:
    """A key for one purpose (RFC 5869), so that no key serves two; raises `KeyError` for a master key that is not there."""
    if number not in masters():
        look_again()
    return _derived(masters()[number], purpose)


@lru_cache(maxsize=10_000)
def _derived(key: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=f"setfair {purpose}".encode()).derive(key)


def mark_key(purpose: str) -> bytes:
    """A key that no rotation changes, for proofs that hold for years and tell of nobody. Without a file of marks these stand on the first master."""
    file = Path(settings.KEYS_DIR) / "marks.key"
    try:
        kept = _marks(file, file.stat().st_mtime_ns)
    except FileNotFoundError:
        return derived(min(masters()), purpose)
    return kept.get(purpose) or _derived(kept[""], purpose)


def inherited(first: bytes) -> dict[str, bytes]:
    """The keys for marks that a first master key gave. From none of them can it be had back, nor anything it wraps."""
    return {purpose: _derived(first, purpose) for purpose in OF_OLD}


def digest(purpose: str, text: str) -> bytes:
    """A keyed digest for codes and links: short codes would fall to a dictionary if a plain hash were stolen."""
    return hmac.new(mark_key(purpose), text.encode(), sha256).digest()


def trace(purpose: str, text: str) -> bytes:
    """A keyed digest of something that tells of a person, such as an address. It lasts until the next rotation, which makes it anew."""
    known = masters()
    return _trace(known[max(known)], purpose, text)


def traces(purpose: str, text: str) -> list[bytes]:
    """What to look for in rows: while a rotation is under way, some still stand on the older master key."""
    return [_trace(key, purpose, text) for key in _in_order()]


def _in_order() -> list[bytes]:
    """The master keys as they are at one moment, the oldest first: a rotation that ends meanwhile takes none of them away."""
    return [key for _number, key in sorted(masters().items())]


def _trace(key: bytes, purpose: str, text: str) -> bytes:
    return hmac.new(_derived(key, purpose), text.encode(), sha256).digest()


def blind(programme_id: UUID, token: str) -> bytes:
    """Ten bytes that stand for a name within one programme, as `trace` does; the same name next door gives others."""
    return trace(f"blind {programme_id}", token)[:10]


def blinds(programme_id: UUID, tokens: Iterable[str]) -> list[list[bytes]]:
    """What to look for: the tokens under each master key there is."""
    chosen = list(tokens)
    return [[_trace(key, f"blind {programme_id}", token)[:10] for token in chosen] for key in _in_order()]


def sealed(purpose: str, words: bytes) -> bytes:
    """Something that belongs to no programme, such as the secret of a second step, under a master key. In a rotation its floor seals it anew."""
    number, nonce = epoch(), os.urandom(12)
    return number.to_bytes(2) + nonce + AESGCM(derived(number, purpose)).encrypt(nonce, words, purpose.encode())


def unsealed(purpose: str, noise: bytes) -> bytes:
    """What was sealed for the same purpose; raises `InvalidTag` for anything else."""
    try:
        key = derived(int.from_bytes(noise[:2]), purpose)
    except KeyError as fault:
        raise InvalidTag from fault
    return AESGCM(key).decrypt(noise[2:14], noise[14:], purpose.encode())
