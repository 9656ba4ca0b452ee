"""The tests' own cluster: shared by everyone who tests here, and gone soon after the last of them."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from config import places
from tests import pgcluster

pytestmark = pytest.mark.slow

USE_IT = "from tests import pgcluster; pgcluster.join(); print(pgcluster.superuser().info.backend_pid, flush=True); input(); pgcluster.leave()"


@pytest.fixture
def checkout():
    """A checkout of nothing but the platform, so that its cluster is nobody else's."""
    home = Path(tempfile.mkdtemp(prefix="setfair-checkout-"))
    home.chmod(0o711)
    for name in ("config", "deploy", "tests"):
        shutil.copytree(places.ROOT / name, home / name, ignore=shutil.ignore_patterns("__pycache__", "platform", "house", "stories"))
    yield home
    for place in (home, pgcluster.in_memory(home)):
        shutil.rmtree(place, ignore_errors=True)


def user(checkout: Path) -> subprocess.Popen:
    surroundings = {**os.environ, "PYTHONPATH": str(checkout)}
    process = subprocess.Popen(
        [sys.executable, "-c", USE_IT], cwd=checkout, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert int(process.stdout.readline()) > 0
    return process


def end(process: subprocess.Popen) -> None:
    process.communicate("\n", timeout=20)
    assert process.returncode == 0


def running(checkout: Path) -> Path:
    ground = pgcluster.in_memory(checkout)
    return (ground if ground.is_dir() else checkout / "var") / "pgtest" / "data" / "postmaster.pid"


def server(checkout: Path) -> int:
    return int(running(checkout).read_text().split()[0])


def test_it_is_one_for_all_outlives_a_killed_user_and_ends_after_the_last(checkout):
    first, second = user(checkout), user(checkout)
    pid = server(checkout)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    third = user(checkout)
    assert server(checkout) == pid
    end(second)
    end(third)
    give_up = time.monotonic() + 30
    while running(checkout).exists():
        assert time.monotonic() < give_up
        time.sleep(0.2)
    assert (checkout / "var" / "log" / "pgtest.log").read_text().splitlines()[-1].endswith("database system is shut down")


def test_a_template_is_continued_only_where_nothing_but_migrations_is_missing(db):
    there = pgcluster.made_of()
    with pgcluster.superuser() as server:
        assert pgcluster.earlier(server, there | {"setfair/cases/migrations/9999_later.py": "1"}) == pgcluster.used()
        assert pgcluster.earlier(server, there | {"setfair/core/walls_of_more.py": "1"}) == ""
        assert pgcluster.earlier(server, there | {"deploy/roles.sql": "1"}) == ""
        assert pgcluster.earlier(server, there | {"django": "0"}) == ""
