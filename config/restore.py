"""`make restore FROM=...`: a backup brought back, proved, and only then put in place."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from config import backup, box, dotenv, keyring, keysdump, manifest, places, postgres, prepare, standing, verify
from config.keysdump import KeysDump
from config.manifest import Manifest, Unfit
from config.run import refuse

# It is filled and compared under this name; what is in place stays until it has proved right.
INCOMING = "setfair_incoming"


class NotEmpty(Exception):
    """There are data here that would be lost."""


def bring_back(dump: Path) -> Manifest:
    """Put the copy where there is no data yet, with its keys."""
    with _proved(dump) as cluster:
        if cluster.psql("-d", "setfair", "-c", "select count(*) from pg_tables where schemaname = 'public'") != "0":
            raise NotEmpty(f"There are data in {places.data_dir()}. FORCE=1 replaces them with this copy, for good.")
    return Manifest.read(dump)


def replace_with(dump: Path) -> Manifest:
    """Put the copy in the place of what is here, which is gone for good once the copy has proved right."""
    with _proved(dump):
        pass
    return Manifest.read(dump)


@contextmanager
def _proved(dump: Path) -> Iterator[box.Box]:
    """Ours alone, with a copy whose file and keys are right; filled in, compared and put in place after the caller's own questions."""
    if postgres.served_elsewhere():
        raise Unfit("This restores Setfair's own database; on a server of your own use pg_restore (docs/operator.md).")
    told = Manifest.read(dump)
    if manifest.fingerprint(dump) != told.sha256:
        raise Unfit(f"{dump.name} is damaged: its bytes are not those its manifest was written for. Nothing was changed.")
    data_keys = _data_keys(told)
    keys = {name: _find_key(name, wanted) for name, wanted in _needed(told, data_keys).items()}
    cluster = box.Box.of(places.data_dir())
    with standing.alone(cluster):
        prepare.roles(cluster)
        yield cluster
        _fill(cluster, dump, told, data_keys)
        for name, source in keys.items():
            _put_key(name, source)
        cluster.psql("-c", "drop database setfair with (force)", "-c", f"alter database {INCOMING} rename to setfair")
        _excuse_what_came_after(told)


def _excuse_what_came_after(told: Manifest) -> None:
    """The journal ends earlier now than it once did: written down, so that nobody takes it for a theft."""
    if places.anchor_file().is_file():
        made_at = datetime.strptime(told.made_at, backup.MOMENT).replace(tzinfo=UTC)
        verify.journal("brought-back", made_at.isoformat())


def _data_keys(told: Manifest) -> KeysDump | None:
    """Those to put in the place of the copy's own, when the master key was rotated after it was made."""
    chosen = Path(sys.argv[2]).resolve() if len(sys.argv) > 2 and sys.argv[2] else keysdump.newest()
    if chosen is None:
        return None
    found = keysdump.read(chosen)
    rotated = told.epochs != [found.epoch] and found.epoch >= max(told.epochs, default=0)
    return found if rotated else None


def _needed(told: Manifest, data_keys: KeysDump | None) -> dict[str, str]:
    if data_keys is None:
        return told.keys
    stays = {name: wanted for name, wanted in told.keys.items() if name not in told.masters}
    return {**stays, keyring.master_file(data_keys.epoch).name: data_keys.master, keyring.marks_file().name: data_keys.marks}


def _find_key(name: str, wanted: str) -> Path:
    candidates = (_home_of(name), places.backup_keys_dir() / name)
    for candidate in candidates:
        if candidate.is_file() and manifest.fingerprint(candidate) == wanted:
            return candidate
    here, copy = (candidate.parent for candidate in candidates)
    raise Unfit(f"The key {name} that this copy needs is neither in {here} nor in {copy}. Nothing was changed.")


def _put_key(name: str, source: Path) -> None:
    here = _home_of(name)
    if source == here:
        return
    here.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if here.is_file():
        here.replace(here.with_name(f"{name}.before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"))
    shutil.copyfile(source, here)
    here.chmod(0o600)


def _home_of(name: str) -> Path:
    return places.secret_file() if name == places.secret_file().name else places.keys_dir() / name


def _fill(cluster: box.Box, dump: Path, told: Manifest, data_keys: KeysDump | None) -> None:
    cluster.psql("-c", f"drop database if exists {INCOMING} with (force)")
    cluster.lay_out(INCOMING)
    try:
        into = ["-h", str(cluster.socket), "-U", "postgres", "-d", INCOMING]
        box.tool("pg_restore", *into, "--exit-on-error", "--single-transaction", str(dump))
        with psycopg.connect(host=str(cluster.socket), user="postgres", dbname=INCOMING) as connection:
            came = manifest.tables(connection)
        if came != told.tables:
            differing = sorted(name for name in {*came, *told.tables} if came.get(name) != told.tables.get(name))
            raise Unfit(f"What came back is not what went in: {', '.join(differing)}. Nothing was changed.")
        if data_keys is not None:
            with psycopg.connect(host=str(cluster.socket), user="postgres", dbname=INCOMING) as connection:
                keysdump.put_in(connection, data_keys)
    except (box.Refused, Unfit, psycopg.Error):
        cluster.psql("-c", f"drop database if exists {INCOMING} with (force)")
        raise


def main() -> int:
    dotenv.load()
    os.umask(0o077)
    if len(sys.argv) < 2 or not sys.argv[1]:
        known = sorted(places.backup_dir().glob("*.dump"))
        return refuse(f"Say which copy: make restore FROM={known[-1] if known else places.backup_dir() / '....dump'}")
    try:
        places.demand_room(places.data_dir())
        restore = replace_with if os.environ.get("FORCE") == "1" else bring_back
        told = restore(Path(sys.argv[1]).resolve())
    except (Unfit, NotEmpty, *backup.NOT_MADE) as reason:
        return refuse(f"{reason}")
    rows = sum(count for count, _ in told.tables.values())
    print(f"{rows} rows of {told.made_at} are back, compared with what went in. `make run` starts with them.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
