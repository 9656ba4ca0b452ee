"""The code at the foot of a copy that lasts, by which anybody asks whether it is ours and the current one.

It follows from the copy's own id under a key that no rotation changes, so it is kept nowhere; its digest finds the copy again.
What is answered says nothing of anybody: a number of a version. A copy that was forgotten answers as one that never was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest

from setfair.access.limits import allow, deny, give_back
from setfair.access.network import network_of, wider_network_of
from setfair.core import tenant
from setfair.core.text import SPOKEN, typed
from setfair.vault.master import digest

from . import queries

SIGNS = 12
"""56 bits, more than the code of a person has: it stays on a paper for years."""
NEAR, WIDE = (20, timedelta(minutes=10)), (600, timedelta(hours=1))
"""Wrong codes from one network, and from the wider one that it lies in. A right one tells hardly anything: this bounds the work of trying."""


@dataclass(frozen=True)
class Found:
    """A copy of ours: its version, whether that still runs, the newest one that everyone signed, and the digest of the copy's bytes."""

    version: int
    runs: bool
    newest: int
    file: str


def code_of(copy: UUID) -> str:
    """What stands at its foot."""
    number, signs = int.from_bytes(digest("code of a copy", copy.hex)), ""
    for _sign in range(SIGNS):
        number, at = divmod(number, len(SPOKEN))
        signs += SPOKEN[at]
    return signs


def traced(code: str) -> bytes:
    """By what the copy with this code is found again; any case, with or without dashes."""
    return digest("copy", typed(code))


def asked(request: HttpRequest, code: str) -> Found | None:
    """The copy with this code; None for every other text and for too many tries, which count only when they are wrong."""
    near, wide = f"check near {network_of(request)}", f"check wide {wider_network_of(request)}"
    if not (allow(near, limit=NEAR[0], per=NEAR[1]) and allow(wide, limit=WIDE[0], per=WIDE[1])):
        return None
    row = queries.copy_behind(traced(code))
    if row is None:
        deny(request, "check")
        return None
    give_back(near)
    give_back(wide)
    with tenant.inside(row[0]):
        return Found(*queries.standing_of_copy(row[1]))
