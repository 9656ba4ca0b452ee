"""A copy brings every row back or says why not; what is in place stays until the copy has proved right."""

import json
import os
import shutil

import psycopg
import pytest

from config import box, locks
from tests.platform.installation import Installation

pytestmark = pytest.mark.slow

HIDDEN_ROWS = """
create table letter (id int primary key, words text);
insert into letter select i, 'words ' || i from generate_series(1, 500) i;
alter table letter enable row level security;
alter table letter force row level security;
create policy nobody on letter to setfair_app using (false);
create sequence counter; select nextval('counter'), nextval('counter');
"""


class Place(Installation):
    """An installation whose database holds one small table, hidden from everyone by its row rules."""

    def cluster(self) -> box.Box:
        return box.Box(self.data / "pg", self.data / "log" / "postgres.log", box.DURABLE)

    def fill(self) -> None:
        with self.answering() as cluster:
            cluster.lay_out()
            cluster.psql("-d", "setfair", "-c", "set role setfair_owner", "-c", HIDDEN_ROWS)

    def rows(self) -> list[tuple]:
        with self.answering() as cluster, psycopg.connect(host=str(cluster.socket), user="postgres", dbname="setfair") as connection:
            return [
                connection.execute("select count(*), min(words), max(id), (select last_value from counter) from letter").fetchone(),
                connection.execute("select tableowner from pg_tables where tablename = 'letter'").fetchone(),
                connection.execute(
                    "select has_table_privilege('setfair_app', oid, 'select'), relforcerowsecurity from pg_class where relname = 'letter'"
                ).fetchone(),
            ]

    def answering(self):
        return _Answering(self.cluster())

    def born(self) -> None:
        for path, content in ((self.data / "secret.key", "s" * 64), (self.data / "keys" / "master-1.key", "ab" * 32)):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        self.data.chmod(0o711)

    def copy(self):
        made = self.run("config.backup")
        assert (made.returncode, made.stderr) == (0, "")
        return next((self.data / "backups").glob("*.dump"))


class _Answering:
    def __init__(self, cluster):
        self.cluster = cluster

    def __enter__(self):
        self.cluster.prepare()
        self.server = self.cluster.start()
        return self.cluster

    def __exit__(self, *what):
        self.cluster.stop(self.server)


@pytest.fixture(scope="module")
def copied():
    place = Place()
    place.born()
    place.fill()
    dump = place.copy()
    yield place, dump
    place.clear()


@pytest.fixture
def elsewhere():
    place = Place()
    yield place
    place.clear()


WHOLE = [(500, "words 1", 500, 2), ("setfair_owner",), (True, True)]


def test_every_row_comes_back_on_an_empty_machine_with_its_keys(copied, elsewhere):
    place, dump = copied
    back = elsewhere.run("config.restore", str(dump), BACKUP_KEYS_DIR=str(place.keys_copy))
    assert (back.returncode, back.stderr) == (0, "")
    assert elsewhere.rows() == WHOLE
    assert (elsewhere.data / "keys" / "master-1.key").read_text() == "ab" * 32
    assert (elsewhere.data / "secret.key").read_text() == "s" * 64


def test_what_is_there_is_not_overwritten_unless_that_is_said(copied):
    place, dump = copied
    refused = place.run("config.restore", str(dump))
    assert (refused.returncode, refused.stderr) == (
        1,
        f"setfair: There are data in {place.data}. FORCE=1 replaces them with this copy, for good.\n",
    )
    with place.answering() as cluster:
        cluster.psql("-d", "setfair", "-c", "delete from letter where id > 10")
    back = place.run("config.restore", str(dump), FORCE="1")
    assert (back.returncode, back.stderr) == (0, "")
    assert place.rows() == WHOLE


def test_one_changed_byte_is_refused(copied, elsewhere):
    place, dump = copied
    damaged = elsewhere.home / "damaged.dump"
    content = bytearray(dump.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    shutil.copy(dump.with_suffix(".json"), damaged.with_suffix(".json"))
    refused = place.run("config.restore", str(damaged), FORCE="1")
    line = "setfair: damaged.dump is damaged: its bytes are not those its manifest was written for. Nothing was changed.\n"
    assert (refused.returncode, refused.stderr) == (1, line)
    assert place.rows() == WHOLE


def test_a_copy_that_brings_other_rows_than_it_says_is_refused(copied, elsewhere):
    place, dump = copied
    shutil.copy(dump, elsewhere.home / "other.dump")
    told = json.loads(dump.with_suffix(".json").read_text())
    told["tables"]["letter"][1] = "1"
    (elsewhere.home / "other.json").write_text(json.dumps(told))
    refused = place.run("config.restore", str(elsewhere.home / "other.dump"), FORCE="1")
    assert (refused.returncode, refused.stderr) == (1, "setfair: What came back is not what went in: letter. Nothing was changed.\n")
    assert place.rows() == WHOLE


def test_without_its_key_a_copy_is_refused(copied, elsewhere):
    place, dump = copied
    refused = elsewhere.run("config.restore", str(dump))
    line = f"The key master-1.key that this copy needs is neither in {elsewhere.data / 'keys'} nor in {elsewhere.keys_copy}."
    assert (refused.returncode, refused.stderr) == (1, f"setfair: {line} Nothing was changed.\n")


def test_the_keys_never_lie_with_what_they_open(copied):
    place, dump = copied
    for wrong in (place.data / "backups", place.data / "backups" / "keys", place.data / "keys", place.data):
        refused = place.run("config.backup", BACKUP_KEYS_DIR=str(wrong))
        line = f"setfair: BACKUP_KEYS_DIR is {wrong}: the copies of the keys must not lie with the data or the copies they open.\n"
        assert (refused.returncode, refused.stderr) == (1, line)


def test_a_retired_key_does_not_live_on_in_the_copies(copied):
    place, dump = copied
    retired = place.keys_copy / "master-0.key"
    retired.write_text("cd" * 32)
    place.copy()
    assert sorted(path.name for path in place.keys_copy.iterdir()) == ["master-1.key", "secret.key"]


def test_a_restore_asks_for_the_running_one_to_be_stopped(copied):
    place, dump = copied
    handle = locks.hold(place.data / "run.lock", "here")
    try:
        refused = place.run("config.restore", str(dump), FORCE="1")
    finally:
        os.close(handle)
    assert (refused.returncode, refused.stderr) == (1, f"setfair: Setfair is running on {place.data}. Stop it first.\n")


def test_nothing_to_copy_is_said(elsewhere):
    elsewhere.born()
    refused = elsewhere.run("config.backup")
    assert (refused.returncode, refused.stderr) == (1, f"setfair: There is no database in {elsewhere.data}.\n")


def test_an_operators_server_needs_an_address_for_the_copying_role(elsewhere):
    elsewhere.born()
    refused = elsewhere.run("config.backup", DATABASE_URL="postgresql://app@db.example/setfair")
    line = "DATABASE_BACKUP_URL is not set: with DATABASE_URL, work as setfair_backup needs an address of its own."
    assert (refused.returncode, refused.stderr) == (1, f"setfair: {line}\n")
