"""Compiles the translations, so that a bare machine needs no gettext; gathers them, where it has."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib

from config import keyring, places

CATALOGUES = ("locale/*/LC_MESSAGES/*.po", "setfair/**/locale/*/LC_MESSAGES/*.po")


def compile_changed() -> list[Path]:
    """Write the binary catalogue of every .po that is newer than its own; say which."""
    return [_compile(source) for pattern in CATALOGUES for source in sorted(places.ROOT.glob(pattern)) if _stale(source)]


def gather() -> None:
    """Bring the .po files up to the texts in the code; a new language begins as an empty locale/<code>/LC_MESSAGES."""
    if shutil.which("xgettext") is None:
        sys.exit("setfair: gathering texts needs GNU gettext: on Debian, `apt-get install gettext`.")
    keyring.make()
    command = [sys.executable, "manage.py", "makemessages", "--all", "--no-obsolete", "--no-wrap", "--add-location", "file"]
    ignored = [part for name in (".venv", "var", "tests", "bench", "config") for part in ("--ignore", name)]
    subprocess.run([*command, *ignored], cwd=places.ROOT, check=True)  # noqa: S603


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
    if sys.argv[1:] == ["gather"]:
        gather()
    for path in compile_changed():
        print(f"compiled {path.relative_to(places.ROOT)}")
