"""The process in which a list is read. It ends after one file.

bytes on the way in; one line of JSON, and then each row as a line `[number, [cells]]`, on the way out
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator

from setfair.core.bounds import NotTaken, bind

from . import tables, workbooks

MOST_ROWS, MOST_COLUMNS, MOST_SIGNS = 50_001, 60, 20_000_000
"""Fifty thousand and the line of names above them."""
FORMULA = "=+-@"
Row = tuple[int, list[str]]


def main() -> None:
    bind()
    try:
        told, rows = read(sys.stdin.buffer.read())
    except NotTaken as refused:
        told, rows = {"refused": refused.code}, []
    except MemoryError:
        told, rows = {"refused": "bomb"}, []
    out = sys.stdout.buffer
    out.write(json.dumps(told).encode() + b"\n")
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")


def read(data: bytes) -> tuple[dict[str, int], list[Row]]:
    """How many rows and columns there are, and the rows without those that are empty; raises `NotTaken`."""
    rows = list(_bounded(_filled(workbooks.rows(data) if workbooks.is_one(data) else tables.rows(data))))
    if not rows:
        raise NotTaken("empty")
    return {"rows": len(rows), "columns": max(len(cells) for _number, cells in rows)}, rows


def _filled(rows: Iterable[Iterable[str]]) -> Iterator[Row]:
    """Rows with something in them, by the number that a spreadsheet shows beside them."""
    for number, cells in enumerate(rows, start=1):
        clean = [_meant(" ".join(cell.split(" ")).strip()) for cell in cells]
        while clean and not clean[-1]:
            clean.pop()
        if clean:
            yield number, clean


def _meant(cell: str) -> str:
    """Without the sign that keeps a spreadsheet from running what follows it; ours puts it there too."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA and cell[1:] else cell


def _bounded(rows: Iterable[Row]) -> Iterator[Row]:
    signs = 0
    for count, (number, cells) in enumerate(rows, start=1):
        signs += sum(map(len, cells))
        if count > MOST_ROWS:
            raise NotTaken("too_many_rows")
        if len(cells) > MOST_COLUMNS:
            raise NotTaken("too_many_columns")
        if signs > MOST_SIGNS:
            raise NotTaken("too_large")
        yield number, cells
