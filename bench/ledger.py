"""What a full run has found so far. Ended and begun again on the same tree, it goes on where it was; on another tree it starts anew."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from .figure import FULL, ROOT

KEPT = ROOT / "var" / "bench" / "full"


class Ledger:
    """One line for each part, written as it is found; a default run keeps none."""

    def __init__(self, figure: str) -> None:
        self.figure = figure
        self._lock = Lock()

    @cached_property
    def path(self) -> Path:
        KEPT.mkdir(parents=True, exist_ok=True)
        return KEPT / f"{self.figure}-{_tree()}.jsonl"

    @cached_property
    def found(self) -> dict[str, Any]:
        if not FULL or not self.path.exists():
            return {}
        whole, end, _cut = self.path.read_text().rpartition("\n")
        self.path.write_text(whole + end)
        found = dict(json.loads(line) for line in whole.splitlines())
        if found:
            print(f"({len(found)} parts were found by an earlier run on this tree)", flush=True)
        return found

    def put(self, part: str, what: Any) -> Any:
        with self._lock:
            self.found[part] = what
            if FULL:
                with self.path.open("a") as lines:
                    lines.write(json.dumps([part, what]) + "\n")
        return what

    def close(self) -> None:
        """The whole was found: the next run begins anew."""
        for path in KEPT.glob(f"{self.figure}-*.jsonl"):
            path.unlink()


def _tree() -> str:
    """A name for the state of all that is measured; documents are not."""
    asked = ["git", "ls-files", "-coz", "--exclude-standard", "--", ".", ":!docs"]
    names = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True).stdout.split(b"\0")
    digest = hashlib.sha256()
    for name in sorted({os.fsdecode(name) for name in names if name}):
        path = ROOT / name
        digest.update(name.encode() + b"\0" + (path.read_bytes() if path.is_file() else b""))
    return digest.hexdigest()[:16]
