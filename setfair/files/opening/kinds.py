"""What something is, by what stands in it: neither its name nor what the browser says of it is asked."""

from __future__ import annotations

import re

from setfair.core.bounds import NotTaken

PDF, JPEG, PNG, TEXT = "pdf", "jpeg", "png", "text"

BEGINS = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))
OTHERS = (
    (b"PK\x03\x04", "document"),
    (b"PK\x05\x06", "document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "document"),
    (b"{\\rtf", "document"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"BM", "picture"),
    (b"\x1aE\xdf\xa3", "film"),
    (b"ID3", "film"),
    (b"OggS", "film"),
)
"""How what we do not take begins, so that its sender is told what to do with it."""

PHONE = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"}
HIDDEN = re.compile(rb"<script|<html|<!doctype html|<\?php|<iframe|<svg[\s>]", re.I)
"""What a browser would run if it were told that this is a page. No picture and no printed paper has it."""

ZIP_END, ZIP_TAIL = b"PK\x05\x06", 66_000


def kind_of(data: bytes) -> str:
    """One of the four kinds; raises `NotTaken` for everything else, and for what is two things at once."""
    if not data:
        raise NotTaken("empty")
    kind = next((kind for sign, kind in BEGINS if data.startswith(sign)), None)
    if kind is None:
        _say_what_else(data)
        return TEXT
    if _is_two_things(data, kind):
        raise NotTaken("two_things")
    return kind


def _is_two_things(data: bytes, kind: str) -> bool:
    """Also an archive that is read from its end, a page, or a paper inside a picture."""
    if ZIP_END in data[-ZIP_TAIL:] or HIDDEN.search(data):
        return True
    return kind != PDF and b"%PDF-" in data[: 1024 + 5]


def _say_what_else(data: bytes) -> None:
    if data[4:8] == b"ftyp":
        raise NotTaken("phone_picture" if data[8:12] in PHONE else "film")
    if data[:4] == b"RIFF":
        raise NotTaken("picture" if data[8:12] == b"WEBP" else "film")
    for sign, code in OTHERS:
        if data.startswith(sign):
            raise NotTaken(code)
    if b"%PDF-" in data[:1024]:
        raise NotTaken("two_things")
