"""A PDF under the seal of the programme one is inside."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import Any

from . import queries
from .models import SealKey


class NoSeal(Exception):
    """The programme has no key yet; the worker makes one within minutes."""


def sealed(pdf: bytes) -> tuple[bytes, SealKey]:
    """The same PDF, certified so that readers of PDFs tell any change, and the key it was sealed with."""
    key = queries.live_key()
    if key is None:
        raise NoSeal
    return _sealer(bytes(key.certificate), queries.private_half(key)).sealed(pdf), key


def forget() -> None:
    """Let go of every opened key: one that has ended is to be nowhere any more."""
    _sealer.cache_clear()


@lru_cache(maxsize=8)
def _sealer(certificate: bytes, private: bytes) -> Any:
    """What opens the key is heavy, so it is fetched where something is sealed and not where the web begins."""
    return import_module("setfair.seals.pdf").Sealer(certificate, private)
