"""Makes `.venv` from the lock files; run by any Python 3.11 or newer before anything is installed.

    python3 -m config.environment run | dev

Nothing is asked of the machine but pip: a system Python that refuses to
install into itself, or has no ensurepip, is enough. What is installed must
match the hashes in the lock, wherever it is fetched from.
"""

from __future__ import annotations  # so that an older Python still gets as far as being told

import fcntl
import hashlib
import json
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "requirements"
HOME = ROOT / ".venv"
PYTHON = HOME / "bin" / "python"
STAMP = HOME / "installed.json"
TOOL = LOCKS / "tool.lock"


class NotSetUp(Exception):
    """The environment could not be made; the message says what is missing."""


def ensure(wanted: str) -> None:
    """Have `.venv` hold what `requirements/<wanted>.lock` says; `dev` holds all of `run`."""
    if sys.version_info < (3, 11):  # noqa: UP036  it is run by whatever the machine has
        raise NotSetUp(f"Setfair needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try PYTHON=python3.12 make run.")
    with _alone():
        installed = _installed()
        if wanted in installed and installed[wanted] == _hash(wanted):
            return
        level = "dev" if "dev" in (wanted, *installed) else "run"
        print(f"Installing what requirements/{level}.lock lists into .venv (the first time takes about a minute).", flush=True)
        STAMP.unlink(missing_ok=True)
        if not _runs():
            venv.create(HOME, clear=True, with_pip=False, symlinks=True)
        _install(level)
        _let_everything_import_us()
        STAMP.write_text(json.dumps({name: _hash(name) for name in {"run", level}}))


def _install(level: str) -> None:
    lock = LOCKS / f"{level}.lock"
    quickly = _pip("-r", TOOL) and _said_yes(
        [HOME / "bin" / "uv", "pip", "sync", "-q", "--system-certs", "--python", PYTHON, "--require-hashes", lock, TOOL]
    )
    # The quick installer does not read pip's configuration; where that is the only way out, pip itself takes over.
    if not quickly and not _pip("--no-deps", "-r", lock):
        raise NotSetUp(f"The packages in {lock.relative_to(ROOT)} could not be installed; the reason stands above.")


def _pip(*arguments: str | Path) -> bool:
    """Install with this Python's own pip into `.venv`, which has none."""
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True).returncode:
        raise NotSetUp("This Python has no pip: on Debian, `apt-get install python3-pip`.")
    command = [sys.executable, "-m", "pip", "--python", PYTHON, "install", "-q", "--disable-pip-version-check", "--require-hashes"]
    return _said_yes([*command, *arguments])


def _said_yes(command: list[str | Path]) -> bool:
    return subprocess.run([str(part) for part in command], cwd=ROOT).returncode == 0  # noqa: S603


def _runs() -> bool:
    return PYTHON.exists() and subprocess.run([PYTHON, "-c", "import ssl"], capture_output=True).returncode == 0  # noqa: S603


def _let_everything_import_us() -> None:
    """So that `.venv/bin/pytest` and the like find the packages of this checkout from anywhere."""
    for site in HOME.glob("lib/python3*/site-packages"):
        (site / "setfair-checkout.pth").write_text(f"{ROOT}\n")


def _installed() -> dict[str, str]:
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def _hash(level: str) -> str:
    return hashlib.sha256((LOCKS / f"{level}.lock").read_bytes()).hexdigest()


@contextmanager
def _alone() -> Iterator[None]:
    """One at a time: two starts at once must not install over each other."""
    handle = os.open(LOCKS, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


if __name__ == "__main__":
    os.umask(0o022)  # the database's account must be able to run what is installed here
    try:
        ensure(sys.argv[1])
    except NotSetUp as reason:
        sys.exit(f"setfair: {reason}")
