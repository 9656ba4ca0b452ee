"""The tests' cluster: one for everybody who tests in this checkout, up while anyone does.

Its users hold a shared lock that the kernel lets go when they end, however
they end. A keeper owns the server and stops it a few seconds after the last.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path

import psycopg
from psycopg import sql

from config import places, schema
from config.box import Box

LOCKS = places.ROOT / "var" / "test-locks"
# Nothing here must survive a power cut, and everything here is thrown away.
HASTY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "300", "max_wal_size": "1GB"}
# Two that wait for each other end in an error that names them, never in a run that stands still.
HASTY["lock_timeout"] = "60s"
IN_MEMORY = Path("/dev/shm")  # noqa: S108
PLENTY = 8 * 2**30
"""The tests' cluster takes less than two."""
SHAPED_BY_PACKAGES = ("django", "django-allauth", "procrastinate")
TEMPLATES_KEPT = 8

_using: list[int] = []
_template_used: list[str] = []


def box() -> Box:
    return Box(places.cluster_home(_ground() / "pgtest"), places.ROOT / "var" / "log" / "pgtest.log", HASTY)


def in_memory(checkout: Path) -> Path:
    """Where the cluster of this checkout's tests lies when it does not lie in it."""
    return IN_MEMORY / f"setfair-tests-{places.mark(checkout)}"


@cache
def _ground() -> Path:
    """In memory where there is plenty: a clone is a thousand files, and a disk takes longer to make and forget them than a test runs."""
    at_hand = in_memory(places.ROOT)
    if at_hand.is_dir():
        return at_hand
    if sys.platform != "linux" or not IN_MEMORY.is_dir() or min(shutil.disk_usage(IN_MEMORY).free, _memory_free()) < PLENTY:
        return places.ROOT / "var"
    at_hand.mkdir(mode=0o755, exist_ok=True)
    return at_hand


def _memory_free() -> int:
    """Of the machine, or of the part of it that a container may use."""
    lines = dict(line.split(":", 1) for line in Path("/proc/meminfo").read_text().splitlines())
    most = Path("/sys/fs/cgroup/memory.max")
    share = most.read_text().strip() if most.is_file() else ""
    return min(int(lines["MemAvailable"].split()[0]) * 1024, int(share) if share.isdigit() else sys.maxsize)


def clone_name() -> str:
    return f"test_{os.getpid()}"


@contextmanager
def locked(name: str) -> Iterator[None]:
    handle = open_lock(name)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def open_lock(name: str) -> int:
    LOCKS.mkdir(parents=True, exist_ok=True)
    return os.open(LOCKS / name, os.O_RDWR | os.O_CREAT, 0o600)


def join() -> None:
    """Become a user of the cluster; it answers when this returns."""
    if _using:
        return
    with locked("starting"):
        handle = open_lock("users")
        fcntl.flock(handle, fcntl.LOCK_SH)
        _using.append(handle)
        if not box().answers():
            _start_keeper()


def leave() -> None:
    """Drop this process's clone and stop being a user."""
    if not _using:
        return
    drop(clone_name())
    os.close(_using.pop())


def superuser(database: str = "postgres") -> psycopg.Connection:
    return psycopg.connect(host=str(box().socket), user="postgres", dbname=database, autocommit=True)


def clone(installed_apps: list[str]) -> None:
    """Give this process a fresh database, migrated and empty but for what the migrations put in."""
    with locked("templates"):
        _template_used[:] = [_template(installed_apps)]
        renew()


def renew() -> None:
    """Throw this process's database away and clone it again: what a test committed is gone, sequences included."""
    name, template = sql.Identifier(clone_name()), sql.Identifier(_template_used[0])
    drop(clone_name())
    with superuser() as server:
        server.execute(sql.SQL("create database {} template {} owner setfair_owner strategy file_copy").format(name, template))
        server.execute(sql.SQL("revoke all on database {} from public").format(name))
        server.execute(sql.SQL("grant connect on database {} to setfair_app, setfair_backup").format(name))


def drop(name: str) -> None:
    with superuser() as server:
        server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def used() -> str:
    """The template that this process's database was cloned from."""
    return _template_used[0]


def _template_name(installed_apps: list[str]) -> str:
    versions = [f"{name} {version(name)}" for name in SHAPED_BY_PACKAGES]
    return f"template_{schema.fingerprint(besides=[*installed_apps, *versions])}"


def _template(installed_apps: list[str]) -> str:
    """The database every clone starts from: migrated once for each state of the migrations, by the role that owns it.

    Where an earlier state lies here of which only migrations are missing, it is continued: somebody at work adds one, and waits for one.
    """
    name, shape = _template_name(installed_apps), made_of()
    with superuser() as server:
        _sweep(server, name)
        if server.execute("select 1 from pg_database where datname = %s and not datallowconn", [name]).fetchone():
            return name
        drop(name)
        base = earlier(server, shape)
        if base:
            server.execute(sql.SQL("create database {} template {} owner setfair_owner").format(sql.Identifier(name), sql.Identifier(base)))
    box().lay_out(name)
    surroundings = {**os.environ, "SETFAIR_DB_NAME": name, "SETFAIR_DB_ROLE": "setfair_owner"}
    command = [sys.executable, "-m", "config.migrate"]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, cwd=places.ROOT)
    if done.returncode:
        raise RuntimeError(f"The migrations do not run:\n{done.stdout}{done.stderr}")
    with superuser() as server:
        server.execute(sql.SQL("comment on database {} is {}").format(sql.Identifier(name), sql.Literal(json.dumps(shape))))
        server.execute(sql.SQL("alter database {} with allow_connections false").format(sql.Identifier(name)))
    return name


def made_of() -> dict[str, str]:
    """What shapes the database, by file; and by package, with its version."""
    files = {str(path.relative_to(places.ROOT)): hashlib.sha256(path.read_bytes()).hexdigest() for path in schema.files()}
    return files | {name: version(name) for name in SHAPED_BY_PACKAGES}


def earlier(server: psycopg.Connection, wanted: dict[str, str]) -> str:
    """The fullest template in which nothing is otherwise, and nothing but migrations is missing; empty where there is none."""
    rows = server.execute(
        "select datname, shobj_description(oid, 'pg_database') from pg_database where datname like 'template\\_%' and not datallowconn"
    )
    there = {name: json.loads(note or "{}") for name, note in rows.fetchall()}
    fits = [
        name for name, made_of in there.items() if made_of and made_of.items() <= wanted.items() and _only_migrations(wanted.keys() - made_of.keys())
    ]
    return max(fits, key=lambda name: len(there[name]), default="")


def _only_migrations(names: Iterable[str]) -> bool:
    return all("/migrations/" in name and name.endswith(".py") for name in names)


def _sweep(server: psycopg.Connection, wanted: str) -> None:
    """Drop the clones of processes that died, and templates of states long gone."""
    found = server.execute("select datname from pg_database order by oid desc").fetchall()
    names = [name for (name,) in found]
    old = [name for name in names if name.startswith("template_") and name != wanted][TEMPLATES_KEPT:]
    orphans = [name for name in names if name.startswith("test_") and not _alive(int(name.removeprefix("test_")))]
    for name in old + orphans:
        server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _start_keeper() -> None:
    log = box().log
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.pgkeeper"]
    with log.open("ab") as output:
        done = subprocess.run(command, cwd=places.ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    if done.returncode:
        raise RuntimeError(f"The tests' database did not start; the reason is at the end of {log}.")
