"""Plain text, in one spelling."""

from __future__ import annotations

import unicodedata
from encodings import cp1252, utf_8_sig, utf_16

from setfair.core.bounds import NotTaken

from .kinds import HIDDEN

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
READ_BEFOREHAND = (cp1252, utf_8_sig, utf_16)
"""Python reads a spelling from the disk when it is first asked for; by then nothing can be read any more."""
KEPT = "\n\t"
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that make words stand in another order than they are read in."""


def written_anew(data: bytes) -> bytes:
    """As UTF-8 with plain line ends; raises `NotTaken` for what is no text, or is a page."""
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Cn") and sign not in KEPT for sign in text):
        raise NotTaken("unknown")
    if HIDDEN.search(text.encode()) or text.lstrip().startswith(("<?xml", "%!PS")):
        raise NotTaken("two_things")
    text = unicodedata.normalize("NFC", "".join(sign for sign in text if sign not in TURNING))
    if not text.strip():
        raise NotTaken("empty")
    return text.encode()


def _decoded(data: bytes) -> str:
    try:
        return data.decode(next((name for mark, name in MARKS if data.startswith(mark)), "utf-8"))
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise NotTaken("unknown") from None
