"""Text in columns: how it is spelled and what stands between two cells is found out from the text itself."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from encodings import cp1252, utf_8_sig, utf_16, utf_16_be, utf_16_le
from itertools import islice

from setfair.core.bounds import NotTaken

READ_BEFOREHAND = (cp1252, utf_8_sig, utf_16, utf_16_be, utf_16_le)
"""What would else be read from the disk in the middle of the work, when nothing can be read any more."""
BETWEEN = (";", "\t", ",", "|")
ELSEWHERE = re.compile(rb"[\xc0-\xff]{4}")
LOOKED_AT = 30
LONGEST_CELL = 60_000
OTHER_FILES = (b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"PK\x05\x06", b"\xff\xd8\xff", b"\x89PNG", b"{\\rtf")


def rows(data: bytes) -> Iterator[list[str]]:
    """Each line of the table, empty ones too; raises `NotTaken`."""
    if data.startswith(OTHER_FILES):
        raise NotTaken("other_file")
    text = _text(data)
    if "\0" in text:
        raise NotTaken("other_file")
    first, _end, rest = text.partition("\n")
    told = first.strip().lower()
    between = told[4:5] if told.startswith("sep=") else _between(text)
    csv.field_size_limit(LONGEST_CELL)
    if told.startswith("sep="):
        yield []
        text = rest
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=between or "\t")
    except csv.Error:
        raise NotTaken("broken_table") from None


def _text(data: bytes) -> str:
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        if _is_wide(data):
            return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _in_windows_letters(data)


def _in_windows_letters(data: bytes) -> str:
    """As Western Europe writes. Four such letters in a row are a word in Arabic, Greek or Russian, and would be read as noise."""
    if ELSEWHERE.search(data):
        raise NotTaken("spelling")
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise NotTaken("spelling") from None


def _is_wide(data: bytes) -> bool:
    """Two bytes to a sign, and nothing at the start that says so."""
    start = data[:200]
    return len(start) > 3 and max(start[0::2].count(0), start[1::2].count(0)) > len(start) // 4


def _between(text: str) -> str:
    """The sign that parts most of the first lines into the same number of cells; where none does, there is one column."""
    best, found = 1, ""
    for sign in BETWEEN:
        try:
            lines = islice(csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=sign), LOOKED_AT)
            widths = [len(line) for line in lines if line]
        except csv.Error:
            continue
        alike = max((widths.count(width) * (width > 1), width) for width in widths)[0] if widths else 0
        if alike >= best:
            best, found = alike + 1, sign
    return found
