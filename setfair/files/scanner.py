"""Asks the ClamAV that the operator has named whether something is harmful. It is one more look; what is kept was drawn or written anew before."""

from __future__ import annotations

import io
from enum import StrEnum

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings

SECONDS = 20


class Verdict(StrEnum):
    CLEAN = "clean"
    HARMFUL = "harmful"
    UNKNOWN = "unknown"


def is_named() -> bool:
    return bool(settings.CLAMD)


def verdict(data: bytes) -> Verdict:
    """`UNKNOWN` when none is named, when it does not answer, and when it answers anything but yes or no."""
    if not is_named():
        return Verdict.UNKNOWN
    try:
        answers = _scanner().instream(io.BytesIO(data)).values()
    except (ClamdError, OSError, ValueError):
        return Verdict.UNKNOWN
    said = {status for status, _name in answers}
    if "FOUND" in said:
        return Verdict.HARMFUL
    return Verdict.CLEAN if said == {"OK"} else Verdict.UNKNOWN


def _scanner() -> ClamdNetworkSocket:
    if settings.CLAMD.startswith("/"):
        return ClamdUnixSocket(settings.CLAMD, timeout=SECONDS)
    host, _colon, port = settings.CLAMD.rpartition(":")
    return ClamdNetworkSocket(host, int(port), timeout=SECONDS)
