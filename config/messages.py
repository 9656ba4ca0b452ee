"""Compiles the translations, so that a bare machine needs no gettext. `config.gathering` writes them."""

import os
from pathlib import Path

import polib

from config import places

CATALOGUES = ("locale/*/LC_MESSAGES/*.po", "setfair/**/locale/*/LC_MESSAGES/*.po")


def compile_changed() -> list[Path]:
    """Write the binary catalogue of every .po that is newer than its own; say which."""
    return [_compile(source) for pattern in CATALOGUES for source in sorted(places.ROOT.glob(pattern)) if _stale(source)]


def _stale(source: Path) -> bool:
    made = source.with_suffix(".mo")
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> Path:
    made = source.with_suffix(".mo")
    fresh = made.with_name(f"{made.name}.{os.getpid()}")
    polib.pofile(str(source)).save_as_mofile(str(fresh))
    fresh.replace(made)
    return made


if __name__ == "__main__":
    for path in compile_changed():
        print(f"compiled {path.relative_to(places.ROOT)}")
