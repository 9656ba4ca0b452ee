"""A copy of the tree as it would be cloned, in a place of its own with nothing cached, and what is started in it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config import places
from tests import pgcluster

from .figure import ROOT

ENDS_WITHIN = 40
OURS = ("SETFAIR_", "DATABASE_", "DJANGO_")


@dataclass(frozen=True)
class Copy:
    """The tree, and the surroundings in which `make` is asked for something there."""

    tree: Path
    caches: Path

    @property
    def surroundings(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS) and name not in ("DATA_DIR", "VIRTUAL_ENV")}
        caches = {"PIP_CACHE_DIR": str(self.caches / "pip"), "UV_CACHE_DIR": str(self.caches / "uv"), "XDG_CACHE_HOME": str(self.caches)}
        return {**kept, **caches}

    def make(self, *words: str, **environment: str) -> subprocess.Popen[bytes]:
        """`make` in a session of its own, so that all it starts can be ended with it."""
        log = (self.caches / "make.log").open("ab")
        return subprocess.Popen(
            ["make", *words], cwd=self.tree, env={**self.surroundings, **environment}, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip

    def forget(self) -> None:
        """No data and no database: the next start is a first one, in an environment that is there."""
        for place in (self.tree / "var", *self.elsewhere):
            shutil.rmtree(place, ignore_errors=True)

    @property
    def elsewhere(self) -> list[Path]:
        """Where databases of this tree lie when their account cannot walk in it."""
        homes = [places.cluster_home(self.tree / "var" / name).parent for name in ("pg", "pgtest")]
        return [pgcluster.in_memory(self.tree), *(home for home in homes if not home.is_relative_to(self.tree.parent))]

    @property
    def said(self) -> str:
        return (self.caches / "make.log").read_text(errors="replace")


@contextmanager
def copied() -> Iterator[Copy]:
    """What git knows and what it would add, and nothing a machine makes for itself; gone when the block ends."""
    home = Path(tempfile.mkdtemp(prefix="setfair-cold-"))
    home.chmod(0o711)  # the database's own account walks through here
    copy = Copy(home / "setfair", home / "caches")
    copy.caches.mkdir()
    names = subprocess.run(["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True).stdout.split(b"\0")
    for name in filter(None, map(os.fsdecode, names)):
        if (ROOT / name).is_file():
            (copy.tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy.tree / name)
    subprocess.run(["git", "init", "-q"], cwd=copy.tree, check=True)
    try:
        yield copy
    finally:
        for place in (home, *copy.elsewhere):
            shutil.rmtree(place, ignore_errors=True)


def end(started: subprocess.Popen[bytes]) -> None:
    """Ask it to stop as Ctrl-C would, and after a while end what it started by force."""
    for how, patience in ((signal.SIGINT, ENDS_WITHIN), (signal.SIGKILL, 5)):
        if started.poll() is not None:
            break
        os.killpg(started.pid, how)
        try:
            started.wait(patience)
        except subprocess.TimeoutExpired:
            continue
