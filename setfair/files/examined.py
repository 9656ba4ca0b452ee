"""What comes of a file before it is anybody's: opened and written anew elsewhere, and asked about."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from setfair.core.bounds import NotTaken

from .opened import opened
from .scanner import Verdict, verdict

MOST = 10 * 1024 * 1024
"""Bytes of one file as it comes, and as it is kept."""


@dataclass(frozen=True)
class Examined:
    """Ready to be kept, unless the verdict is harmful; then there is nothing to keep. `came` is a digest of the bytes as they came."""

    kind: str
    extent: str
    data: bytes
    verdict: Verdict
    came: str = ""


def examined(data: bytes) -> Examined:
    """Raises `NotTaken` with the code of why it is not taken."""
    if len(data) > MOST:
        raise NotTaken("too_large")
    said = verdict(data)
    if said == Verdict.HARMFUL:
        return Examined("", "", b"", said)
    kept = opened(data)
    if not 0 < len(kept.data) <= MOST:
        raise NotTaken("too_large")
    return Examined(kept.kind, kept.extent, kept.data, said, sha256(data).hexdigest())
