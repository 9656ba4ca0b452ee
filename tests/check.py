"""`make check`: everything that can be known about the code without running it. All gates are asked, then the answer given."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from config import keyring, places

PY = sys.executable
BIN = Path(sys.executable).parent
# What a caller relies on is typed: who may, when, what is asked and what is done. A seam may be a file, a few of them, or a package of rooms.
JUDGED = ("actions", "queries", "policy", "journey")
FOUND = (path for seam in JUDGED for shape in (f"{seam}*.py", f"{seam}/**/*.py") for path in places.ROOT.glob(f"setfair/*/{shape}"))
SEAMS = sorted(str(path) for path in FOUND)
# Only the models are compared; whether a database is there to ask for its history does not matter here.
NO_DATABASE = "ignore:Got an error checking a consistent migration history"
GATES = {
    "lint": [PY, "-m", "ruff", "check", "-q", "."],
    "format": [PY, "-m", "ruff", "format", "--check", "-q", "."],
    "floors": [str(BIN / "lint-imports"), "--no-cache"],
    "types": [PY, "-m", "mypy", *SEAMS],
    "migrations": [PY, "-W", NO_DATABASE, "manage.py", "makemigrations", "--check", "--dry-run"],
    "locks": [PY, "-m", "config.lock", "--check"],
    "documents": [PY, "-m", "tests.check_docs"],
}


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="setfair-check-") as scratch:
        # The settings want a secret; none that is in use belongs here.
        os.environ["SETFAIR_DATA_DIR"] = scratch
        keyring.make()
        failed = [name for name, command in GATES.items() if not _passes(name, command)]
    print("Every gate passed." if not failed else f"Not yet: {', '.join(failed)}.")
    return 1 if failed else 0


def _passes(name: str, command: list[str]) -> bool:
    began = time.monotonic()
    done = subprocess.run(command, cwd=places.ROOT, capture_output=True, text=True)
    good = done.returncode == 0
    print(f"{'ok  ' if good else 'NOT '}{name:<12}{time.monotonic() - began:5.1f} s", flush=True)
    if not good:
        print(done.stdout + done.stderr)
    return good


if __name__ == "__main__":
    sys.exit(main())
