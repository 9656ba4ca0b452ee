"""The master keys: files `master-<epoch>.key` of 64 hex digits in `SETFAIR_KEYS_DIR`, never in the database nor in its backups."""

from __future__ import annotations

import hmac
import os
from functools import cache
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@cache
def masters() -> dict[int, bytes]:
    """All master keys by epoch. Raises `ImproperlyConfigured`, in plain words, when there is none."""
    folder = Path(settings.KEYS_DIR)
    found = {int(p.stem.split("-")[1]): bytes.fromhex(p.read_text().strip()) for p in folder.glob("master-*.key")}
    if not found or any(len(key) != 32 for key in found.values()):
        raise ImproperlyConfigured(
            f"There is no usable master key in {folder}. `make run` writes one on its first start; "
            "after a restore, put back the keys that were kept apart from the data."
        )
    return found


def epoch() -> int:
    return max(masters())


@cache
def derived(number: int, purpose: str) -> bytes:
    """A key for one purpose (RFC 5869), so that no key serves two."""
    return HKDF(SHA256(), 32, salt=None, info=f"setfair {purpose}".encode()).derive(masters()[number])


def digest(purpose: str, text: str) -> bytes:
    """A keyed digest for codes and links: short codes would fall to a dictionary if a plain hash were stolen.

    It stands on the first master key, so that codes on paper outlive a rotation.
    """
    return hmac.new(derived(min(masters()), purpose), text.encode(), sha256).digest()


def mark_key(purpose: str) -> bytes:
    """The key of a proof that has to hold for years: like a digest it outlives a rotation."""
    return derived(min(masters()), purpose)


def blind(programme_id: UUID, token: str) -> bytes:
    """Ten bytes that stand for a name within one programme; the same name next door gives others."""
    return hmac.new(derived(min(masters()), f"blind {programme_id}"), token.encode(), sha256).digest()[:10]


def sealed(purpose: str, words: bytes) -> bytes:
    """Something that belongs to no programme, such as the secret of a second step, under a master key itself: the first, as for `digest`."""
    number, nonce = min(masters()), os.urandom(12)
    return number.to_bytes(2) + nonce + AESGCM(derived(number, purpose)).encrypt(nonce, words, purpose.encode())


def unsealed(purpose: str, noise: bytes) -> bytes:
    """What was sealed for the same purpose; raises `InvalidTag` for anything else."""
    return AESGCM(derived(int.from_bytes(noise[:2]), purpose)).decrypt(noise[2:14], noise[14:], purpose.encode())
