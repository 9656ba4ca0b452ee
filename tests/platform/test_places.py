"""Where the data go when the database's own account cannot walk to them, and when the disk is full."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from config import box, places

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="anyone but root runs PostgreSQL as themselves, who can walk to their own data")


@pytest.fixture
def closed():
    """A private home with a data directory inside."""
    home = Path(tempfile.mkdtemp(prefix="setfair-private-"))
    assert home.stat().st_mode & 0o077 == 0
    yield home / "data"
    shutil.rmtree(home)
    shutil.rmtree(places.OPEN_GROUND / places.mark(home / "data" / "pg"), ignore_errors=True)


@only_root
def test_behind_a_closed_door_the_database_stands_on_open_ground_and_stays_there(closed):
    cluster = box.Box.of(closed)
    assert cluster.home == places.OPEN_GROUND / places.mark(closed / "pg") / "pg"
    cluster.prepare()
    server = cluster.start()
    try:
        cluster.lay_out()
        assert cluster.psql("-d", "setfair", "-c", "select 6 * 7") == "42"
        assert (closed / "log" / "postgres.log").is_file()
    finally:
        cluster.stop(server)
    closed.parent.chmod(0o711)
    assert box.Box.of(closed).home == cluster.home


@only_root
def test_data_that_became_unreachable_are_not_silently_begun_anew(closed):
    closed.parent.chmod(0o711)
    cluster = box.Box.of(closed)
    assert cluster.home == closed / "pg"
    cluster.prepare()
    closed.parent.chmod(0o700)
    with pytest.raises(places.Unreachable, match=f"The database in {closed / 'pg'} is closed to the account"):
        box.Box.of(closed)


@only_root
def test_programs_behind_a_closed_door_are_carried_out():
    home = Path(tempfile.mkdtemp(prefix="setfair-private-"))
    installed = Path(importlib.util.find_spec(box.WHEEL).origin).parent
    carried = None
    try:
        for name in (box.WHEEL, f"{box.WHEEL}.libs"):
            shutil.copytree(installed.parent / name, home / name, symlinks=True)
        for place in home.rglob("*"):
            if not place.is_symlink():
                place.chmod(0o700)
        assert not places.reachable(home / box.WHEEL, places.database_user())
        carried = box._carried_out(home / box.WHEEL)
        account = places.database_user()
        done = subprocess.run(
            [carried / "pginstall" / "bin" / "postgres", "--version"],
            user=account.pw_uid,
            group=account.pw_gid,
            cwd="/",
            capture_output=True,
        )
        assert (done.returncode, done.stdout.split()[:2]) == (0, [b"postgres", b"(PostgreSQL)"])
    finally:
        shutil.rmtree(home)
        if carried:
            shutil.rmtree(carried.parent)


def test_a_closed_directory_is_noticed_wherever_it_stands(tmp_path):
    nobody = pwd.getpwnam("nobody")
    tmp_path.chmod(0o700)
    assert not places.reachable(tmp_path / "not" / "yet", nobody)
    assert places.reachable(Path("/"), nobody)


def test_a_full_disk_is_said_before_anything_is_written(tmp_path):
    with pytest.raises(places.NoRoom, match=r"^Only \d+ MB are free where .*/data is; Setfair needs 1000000000000 MB to start safely\.$"):
        places.demand_room(tmp_path / "data", needed=10**18)
    places.demand_room(tmp_path / "data", needed=1)


def test_a_long_path_still_has_a_short_socket(tmp_path):
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    assert len(str(places.socket_dir(deep))) <= places.LONGEST_SOCKET_DIR
    assert places.socket_dir(deep) != places.socket_dir(deep / "c")
