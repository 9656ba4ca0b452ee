"""Holds `config.drawn` to Django's own way: both bring an empty database to the same schema. `python -m tests.same_schema`, three minutes."""

from __future__ import annotations

import difflib
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from config import box, keyring, places
from tests import pgcluster

WAYS = {"quick": ("-m", "config.migrate"), "django": ("manage.py", "migrate", "-v0")}


def main() -> int:
    pgcluster.join()
    try:
        with tempfile.TemporaryDirectory(prefix="setfair-schema-") as scratch:
            os.environ["SETFAIR_DATA_DIR"] = scratch
            keyring.make()
            for name in WAYS:
                _lay_out(f"schema_{name}")
            with ThreadPoolExecutor(len(WAYS)) as both:
                ours, djangos = both.map(_schema, *zip(*WAYS.items(), strict=True))
    finally:
        pgcluster.leave()
    differences = list(difflib.unified_diff(djangos, ours, "django", "ours", lineterm="", n=0))
    print("\n".join(differences[:60]) or f"Both ways lead to the same schema, {len(ours)} lines.")
    return 1 if differences else 0


def _lay_out(database: str) -> None:
    """One after the other: both change the same roles, and the server refuses the second of two who do that at once."""
    pgcluster.drop(database)
    pgcluster.box().lay_out(database)


def _schema(name: str, command: tuple[str, ...]) -> list[str]:
    """Every line of the schema; what a line stands in is not compared, and no line is left out."""
    database = f"schema_{name}"
    around = {
        **os.environ, "SETFAIR_DB_NAME": database, "SETFAIR_DB_ROLE": "setfair_owner", "SETFAIR_PGHOST": str(pgcluster.box().socket),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip
    try:
        subprocess.run([sys.executable, *command], env=around, check=True, cwd=places.ROOT)
        written = box.tool("pg_dump", "-h", str(pgcluster.box().socket), "-U", "postgres", "--schema-only", "--exclude-table=shared_cache", database)
    finally:
        pgcluster.drop(database)
    return sorted(line for line in str(written).splitlines() if line and not line.startswith(("--", "\\")))


if __name__ == "__main__":
    sys.exit(main())
