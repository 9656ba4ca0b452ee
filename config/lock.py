"""Writes the lock files from pyproject.toml: versions and hashes, and no word of where they were fetched from."""

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from config import environment, places

LOCKS = environment.LOCKS
HOW = [
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--system-certs",
    "-q",
]


def write() -> None:
    """Lock what the web needs, then what its developers need on top, at the same versions."""
    upgrade = ["--upgrade"] if os.environ.get("UPGRADE") == "1" else []
    _compile("pyproject.toml", *upgrade, "-o", LOCKS / "run.lock")
    _compile("pyproject.toml", "--group", "dev", *upgrade, "-c", LOCKS / "run.lock", "-o", LOCKS / "dev.lock")
    with tempfile.NamedTemporaryFile("w", suffix=".in") as wanted:
        wanted.write("uv\n")
        wanted.flush()
        _compile(wanted.name, *upgrade, "-o", environment.TOOL)


def faults() -> list[str]:
    """What is wrong with the lock files as they stand, without asking any registry."""
    project = tomllib.loads((places.ROOT / "pyproject.toml").read_text())
    wanted = {"run": project["project"]["dependencies"], "dev": project["dependency-groups"]["dev"]}
    found = []
    for name, requirements in wanted.items():
        text = (LOCKS / f"{name}.lock").read_text()
        locked = set(re.findall(r"^([a-z0-9._-]+)==", text, re.M))
        found += [f"{name}.lock lacks {asked}" for asked in map(_name, requirements) if asked not in locked]
    for lock in sorted(LOCKS.glob("*.lock")):
        text = lock.read_text()
        found += [f"{lock.name} names a registry: {line}" for line in text.splitlines() if re.search(r"://|^\s*--(index|extra|find)", line)]
        entries = re.split(r"^(?=[a-z0-9])", text, flags=re.M)[1:]
        found += [f"{lock.name} has no hash for {entry.split()[0]}" for entry in entries if "--hash=sha256:" not in entry]
    return found


def _name(requirement: str) -> str:
    return re.sub(r"[._]+", "-", re.match(r"[A-Za-z0-9._-]+", requirement)[0]).lower()


def _compile(*arguments: str | Path) -> None:
    command = [environment.HOME / "bin" / "uv", "pip", "compile", *HOW, *arguments]
    subprocess.run([str(part) for part in command], cwd=places.ROOT, check=True)  # noqa: S603


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit("\n".join(faults()) or 0)
    write()
