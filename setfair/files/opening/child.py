"""The process in which a stranger's file is opened. It ends after one file.

python -I -c "…" : bytes on the way in, one line of JSON and bytes on the way out
"""

from __future__ import annotations

import json
import sys

from setfair.core.bounds import NotTaken, bind

from . import documents, kinds, pictures, texts


def opened(data: bytes) -> tuple[dict[str, str | int], bytes]:
    """What it is, and how it is kept."""
    kind = kinds.kind_of(data)
    if kind == kinds.PDF:
        written, pages = documents.written_anew(data)
        return {"kind": kind, "extent": str(pages)}, written
    if kind == kinds.TEXT:
        return {"kind": kind, "extent": ""}, texts.written_anew(data)
    kind, drawn, size = pictures.drawn_anew(data, kind)
    return {"kind": kind, "extent": size}, drawn


def main() -> None:
    bind()
    try:
        told, data = opened(sys.stdin.buffer.read())
    except NotTaken as refused:
        told, data = {"refused": refused.code}, b""
    except MemoryError:
        told, data = {"refused": "bomb"}, b""
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + data)
