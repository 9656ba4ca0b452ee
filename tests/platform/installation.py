"""A whole installation of its own for one test module: data directory, port, processes.

A first start takes most of a minute of processor time, and only the test of
first starts needs one. The others get a copy of an installation that was
founded once, for each state of what shapes it, and ended in order.
"""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from config import locks, places, schema
from tests import pgcluster

FOUNDED = places.ROOT / "var" / "test-founded"


class Installation:
    """Setfair started the way `make run` does, apart from everything else on this machine."""

    def __init__(self) -> None:
        # Not pytest's own directory: that one is closed to the database's account, which is a test of its own.
        self.home = Path(tempfile.mkdtemp(prefix="setfair-place-"))
        self.home.chmod(0o711)
        self.data = self.home / "data"
        self.keys_copy = self.home / "keys-copy"
        self.port = free_port()
        self.started: list[subprocess.Popen] = []

    @classmethod
    def founded(cls) -> "Installation":
        """One that was started before and is empty still."""
        new = cls()
        subprocess.run(["cp", "-a", _founded(), new.data], check=True)
        return new

    def environment(self, **besides: str) -> dict[str, str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("SETFAIR_", "DATABASE_"))}
        own = {"DATA_DIR": str(self.data), "BACKUP_KEYS_DIR": str(self.keys_copy), "PORT": str(self.port), "DEMO": "0"}
        return {**plain, **own, **besides}

    def run(self, module: str, *arguments: str, **besides: str) -> subprocess.CompletedProcess:
        """One of the platform's own commands, to its end."""
        command = [sys.executable, "-m", module, *arguments]
        return subprocess.run(command, cwd=places.ROOT, env=self.environment(**besides), capture_output=True, text=True, timeout=120)

    def start(self, *through: str, **besides: str) -> subprocess.Popen:
        """Start serving, by itself or `through` another command, and return once a page is answered."""
        with (self.home / "said").open("wb") as said:
            command = [*through, sys.executable, "-m", "config.run"]
            process = subprocess.Popen(command, cwd=places.ROOT, env=self.environment(**besides), stdout=said, stderr=said)
        self.started.append(process)
        self.until(lambda: "running at" in self.said(), process)
        return process

    def said(self) -> str:
        return (self.home / "said").read_text()

    def until(self, true, process: subprocess.Popen | None = None, seconds: float = 240) -> None:
        give_up = time.monotonic() + seconds
        while not true():
            ended = process is not None and process.poll() is not None
            assert not ended and time.monotonic() < give_up, f"never came true; Setfair said:\n{self.said()}"
            time.sleep(0.05)

    def page(self, path: str = "/") -> int:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        finally:
            connection.close()

    def answers(self) -> bool:
        try:
            return self.page() < 500
        except OSError:
            return False

    def processes(self) -> list[int]:
        """Every process on this machine that works on this installation's data."""
        ours = f"SETFAIR_DATA_DIR={self.data}".encode()
        found = []
        for place in Path("/proc").glob("[0-9]*"):
            try:
                if ours in (place / "environ").read_bytes().split(b"\0") and (place / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z":
                    found.append(int(place.name))
            except OSError:
                continue
        return sorted(found)

    def end(self) -> None:
        """End what was started here. One whose shell was killed is nobody's child and has no memory to look at
        while it goes: only its hold on the data tells when it is gone."""
        for process in self.started:
            if process.poll() is None:
                process.terminate()
            process.wait(60)
        self.started.clear()
        if (self.data / "run.lock").exists():
            os.close(locks.await_free(self.data / "run.lock", 60))

    def clear(self) -> None:
        self.end()
        shutil.rmtree(self.home, ignore_errors=True)


def _founded() -> Path:
    """The data directory that is copied; whoever needs it first makes it, and those of earlier states go."""
    kept = FOUNDED / schema.fingerprint(besides=[places.mark(places.ROOT), (places.ROOT / "requirements" / "run.lock").read_text()])
    with pgcluster.locked("founded"):
        if not kept.is_dir():
            shutil.rmtree(FOUNDED, ignore_errors=True)
            FOUNDED.mkdir(parents=True)
            first = Installation()
            try:
                first.start()
                first.end()
                subprocess.run(["cp", "-a", first.data, kept.with_name("unfinished")], check=True)
            finally:
                first.clear()
            kept.with_name("unfinished").rename(kept)
    return kept


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
