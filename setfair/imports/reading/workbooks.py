"""The first sheet that is not hidden of an Excel workbook (.xlsx), as text. Formulas are not run: what was last seen in a cell is what counts."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from encodings import cp437
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from setfair.core.bounds import NotTaken

READ_BEFOREHAND = (cp437,)
"""What would else be read from the disk in the middle of the work (`tables`)."""
MOST_UNFOLDED = 150 * 1024 * 1024
MOST_ROWS = 20_000
"""A workbook takes twenty times as long to read as a CSV of the same rows."""


def is_one(data: bytes) -> bool:
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return "xl/workbook.xml" in parts.namelist()
    except (zipfile.BadZipFile, ValueError):
        raise NotTaken("broken_table") from None


def rows(data: bytes) -> Iterator[list[str]]:
    """Each line of the first sheet, empty ones too; raises `NotTaken`."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        if sum(part.file_size for part in parts.infolist()) > MOST_UNFOLDED:
            raise NotTaken("bomb")
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
        if sheet is None:
            raise NotTaken("empty")
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(values_only=True)):
            if number > MOST_ROWS:
                raise NotTaken("large_workbook")
            yield [_text(cell) for cell in cells]
    except (InvalidFileException, zipfile.BadZipFile, zlib.error, ParseError, KeyError, ValueError, TypeError, IndexError, AttributeError, EOFError):
        raise NotTaken("broken_table") from None


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
