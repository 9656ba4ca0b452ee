"""The style sheets that every page needs go out as one, so that an old phone on a slow line asks once. They are written and read as four."""

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from config import places

LIE = places.ROOT / "setfair" / "ui" / "static" / "ui"
WRITTEN = ("base.css", "frame.css", "forms.css", "parts.css")
"""In this order: what comes later says more of the same thing."""
TOGETHER = "ui/setfair.css"


class Finder(BaseFinder):
    """Finds the one sheet among the static files as if it lay there."""

    def find(self, path: str, find_all: bool = False, **other: Any) -> str | list[str]:
        found = [str(_made() / TOGETHER)] if path == TOGETHER else []
        return found if find_all else "".join(found[:1])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, FileSystemStorage]]:
        yield TOGETHER, FileSystemStorage(location=_made())


@cache
def _made() -> Path:
    """Where it lies, put together once in each process; whoever reads meanwhile finds the old one or the new one, whole."""
    home = places.data_dir() / "sheets"
    sheet = home / TOGETHER
    sheet.parent.mkdir(parents=True, exist_ok=True)
    fresh = sheet.with_name(f"setfair.{os.getpid()}.css")
    fresh.write_text("\n".join((LIE / name).read_text() for name in WRITTEN))
    fresh.replace(sheet)
    return home
