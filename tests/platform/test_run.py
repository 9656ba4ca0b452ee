"""`make run`: it starts, says plainly why not, ends cleanly however it is ended, and recovers."""

import os
import signal
import socket
import stat
import subprocess

import pytest

from config import places
from tests.platform.installation import Installation

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def place():
    installation = Installation()
    yield installation
    installation.clear()


@pytest.fixture(autouse=True)
def nothing_left_for_the_next(place):
    yield
    place.end()


@pytest.fixture
def running(place):
    return place.start()


def postmaster(place) -> int:
    return int((place.data / "pg" / "data" / "postmaster.pid").read_text().split()[0])


def test_it_serves_has_keys_nobody_else_reads_and_ends_in_order(place, running):
    assert place.page() in (200, 302)
    keys = [place.data / "secret.key", place.data / "keys" / "master-1.key"]
    assert [stat.S_IMODE(key.stat().st_mode) for key in keys] == [0o600, 0o600]
    assert len(bytes.fromhex(keys[1].read_text())) == 32
    running.terminate()
    assert running.wait(60) == 0
    assert place.said().splitlines()[-1] == "Stopped."
    assert place.processes() == []
    assert (place.data / "log" / "postgres.log").read_text().splitlines()[-1].endswith("database system is shut down")


def test_started_twice_says_so_in_one_line(place, running):
    second = place.run("config.run")
    assert second.returncode == 1
    said = f"setfair: Setfair is already running on {place.data} (http://localhost:{place.port}). Stop that one, or choose another DATA_DIR.\n"
    assert (second.stdout, second.stderr) == ("", said)
    assert place.page() in (200, 302)


def test_a_taken_port_is_said_in_one_line():
    other = Installation()
    try:
        with socket.socket() as holder:
            holder.bind(("127.0.0.1", 0))
            holder.listen()
            port = holder.getsockname()[1]
            refused = other.run("config.run", PORT=str(port))
        assert refused.returncode == 1
        line = f"setfair: Port {port} is taken by another program. Choose another: PORT={port + 1} make run.\n"
        assert (refused.stdout, refused.stderr) == ("", line)
    finally:
        other.clear()


def test_a_kill_leaves_no_process_and_the_next_start_recovers(place, running):
    running.send_signal(signal.SIGKILL)
    running.wait()
    again = place.start()
    assert place.page() in (200, 302)
    again.send_signal(signal.SIGKILL)
    again.wait()
    place.until(lambda: place.processes() == [], seconds=20)


def test_it_ends_with_the_shell_that_started_it(place):
    shell = place.start("sh", "-c", '"$@"; true', "sh")
    shell.send_signal(signal.SIGKILL)
    shell.wait()
    place.until(lambda: place.processes() == [], seconds=20)
    place.until(lambda: place.said().splitlines()[-1] == "Stopped.", seconds=5)


def test_what_dies_is_started_again(place, running):
    before = postmaster(place)
    os.kill(before, signal.SIGKILL)
    place.until(lambda: "The database ended" in place.said(), running)
    place.until(lambda: place.processes() and (place.data / "pg" / "data" / "postmaster.pid").exists() and postmaster(place) != before, running)
    place.until(place.answers, running)


def test_a_copy_is_made_while_it_runs(place, running):
    made = place.run("config.backup")
    assert (made.returncode, made.stderr) == (0, "")
    assert [path.suffix for path in sorted((place.data / "backups").iterdir())] == [".dump", ".json"]
    assert sorted(path.name for path in place.keys_copy.iterdir()) == ["marks.key", "master-1.key", "secret.key"]


def test_a_link_for_one_more_programme_is_made_while_it_runs_and_leads_to_signing_in(place, running):
    made = place.run("config.programme", "nils@river.example", "Nils Aster")
    assert (made.returncode, made.stderr) == (0, "")
    link = made.stdout.splitlines()[0]
    begins = f"http://localhost:{place.port}"
    assert (link.startswith(f"{begins}/begin/"), place.page(link.removeprefix(begins)), place.page("/begin/guess/")) == (True, 302, 410)
    empty = Installation()
    try:
        refused = empty.run("config.programme", "nils@river.example", "Nils Aster")
        assert (refused.returncode, refused.stderr) == (1, f"setfair: There is no database in {empty.data}.\n")
    finally:
        empty.clear()


def test_data_without_their_key_are_not_started_on(place):
    key = place.data / "keys" / "master-1.key"
    away = key.rename(place.home / "away.key")
    try:
        refused = place.run("config.run")
        line = f"setfair: There are data here but no key in {key.parent}: put the key back before starting.\n"
        assert (refused.returncode, refused.stdout, refused.stderr) == (1, "", line)
        assert [path.name for path in key.parent.iterdir()] == ["marks.key"]
    finally:
        away.rename(key)


def test_make_hands_its_place_to_the_supervisor():
    """A wrapper left between them would outlive a kill, or be all that dies of it."""
    apart = {name: value for name, value in os.environ.items() if not name.startswith("MAKE") and name != "MFLAGS"}
    planned = subprocess.run(["make", "-n", "run"], cwd=places.ROOT, env=apart, capture_output=True, text=True, check=True).stdout
    assert planned.strip().endswith("&& exec .venv/bin/python -m config.run")
