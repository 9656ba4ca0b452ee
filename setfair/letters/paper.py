"""Words on paper: a tagged PDF, the same on every machine, set from data that is never read as source."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_noto_sans
import fontpkg_noto_sans_arabic
import typst

SHEETS = Path(__file__).parent / "sheets"
TO_LAST = ["ua-1", "a-2a"]
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


def printed(sheet: Path, data: Mapping[str, Any], *, language: str) -> bytes:
    """The PDF of `sheet` (a Typst file) with `data`, which it reads by `json(bytes(sys.inputs.data))`.

    Universally accessible (PDF/UA-1) and archivable (PDF/A-2a). That standard refuses
    a sign which none of our fonts can draw; a letter with such a sign (an emoji in a
    name) is still printed, tagged, without the claim.
    """
    try:
        return printed_to_last(sheet, data, language=language)
    except typst.TypstError:
        return _compiler().compile(str(sheet), format="pdf", sys_inputs=_inputs(data, language), timestamp=_now())


def printed_to_last(sheet: Path, data: Mapping[str, Any], *, language: str) -> bytes:
    """The same, and never without the standard: what cannot be drawn in it is refused (`typst.TypstError`)."""
    return _compiler().compile(str(sheet), format="pdf", sys_inputs=_inputs(data, language), pdf_standards=TO_LAST, timestamp=_now())


def _inputs(data: Mapping[str, Any], language: str) -> dict[str, str]:
    return {"data": json.dumps({**data, **direction(language)}, ensure_ascii=False)}


def direction(language: str) -> dict[str, Any]:
    """The language of a sheet, or of a part of one, and which way it runs."""
    short = language.split("-")[0]
    return {"language": short, "right_to_left": short in RIGHT_TO_LEFT}


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def undrawn(texts: Sequence[str]) -> list[str]:
    """Those of `texts` that hold a sign none of our fonts can draw, or that the standard forbids, as it does private ones.

    So somebody can be told which name it is before it is printed.
    """
    return [] if _drawn(texts) else [text for text in texts if not _drawn([text])]


def _drawn(texts: Sequence[str]) -> bool:
    data = {
        "title": "Page",
        "address": "",
        "address_right_to_left": False,
        "language": "en",
        "right_to_left": False,
        "paragraphs": list(texts),
    }
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        _compiler().compile(str(SHEETS / "letter.typ"), format="pdf", sys_inputs=inputs, pdf_standards=TO_LAST, timestamp=_now())
    except typst.TypstError:
        return False
    return True


@cache
def _compiler() -> typst.Compiler:
    fonts = [str(package.ROOT / "files") for package in (fontpkg_noto_sans, fontpkg_noto_sans_arabic)]
    return typst.Compiler(root=str(SHEETS.parents[1]), font_paths=fonts, ignore_system_fonts=True)
