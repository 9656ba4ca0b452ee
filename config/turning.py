"""A new master key in the place of the old one, also while Setfair serves.

The order is such that whatever cuts it off leaves both keys until nothing needs the
old one, and the next start finishes it.
"""

import os
import subprocess
import sys

import psycopg

from config import key_copies, keyring, keysdump, locks, manifest, places, postgres, schema

STATE = "select number, marks, exists (select from vault_datakey) from vault_epoch order by number desc limit 1"


class NotTurned(Exception):
    """Not everything came under the new key; both are there, and nothing is lost."""


def rotate() -> int:
    """From the newest master key to one more; answers how many data keys there are."""
    handle = locks.hold(places.data_dir() / "rotate.lock", "")
    try:
        key_copies.demand_apart()
        in_order()
        keyring.make_next()
        return _finish()
    finally:
        os.close(handle)


def in_order() -> None:
    """See to it that the keys are those of the data, and finish what was cut off or brought back. Raises `KeyMissing` when one is not there."""
    with psycopg.connect(postgres.conninfo("setfair_owner")) as connection:
        epoch, marks, any_data = connection.execute(STATE).fetchone()
    _demand_marks(epoch, marks)
    there = [keyring.epoch_of(path) for path in keyring.master_keys()]
    if epoch not in there:
        raise keyring.KeyMissing(f"The data need master-{epoch}.key, which is not in {places.keys_dir()}: put the key back before starting.")
    traced = schema.remembered().get("keys") == str(epoch)
    if there != [epoch] or key_copies.retired() or (any_data and not traced):
        _finish()
    elif not traced:
        schema.remember(keys=str(epoch))


def _demand_marks(epoch: int, wanted: str) -> None:
    """The file of marks that goes with the data; an installation that was born before there was one gets its own."""
    file = keyring.marks_file()
    if not file.is_file() and not wanted:
        keyring.write_marks(_manage("inherited_marks"))
    if not file.is_file() or (wanted and manifest.fingerprint(file) != wanted):
        raise keyring.KeyMissing(f"The data need another marks.key than is in {places.keys_dir()}: put it back before starting.")
    if not wanted:
        with psycopg.connect(postgres.conninfo("setfair_owner")) as connection:
            connection.execute("update vault_epoch set marks = %s where number = %s", [manifest.fingerprint(file), epoch])


def _finish() -> int:
    """Bring everything to the newest master key there is, keep copies of it, then destroy the older ones and their copies."""
    newest = keyring.epoch_of(keyring.master_keys()[-1])
    kept = int(_manage("turn_keys"))
    key_copies.add()
    with psycopg.connect(postgres.conninfo("setfair_owner")) as connection:
        keysdump.write(connection)
    keyring.retire_older(newest)
    key_copies.bring_up_to_date()
    schema.remember(keys=str(newest))
    return kept


def _manage(command: str) -> str:
    surroundings = {**os.environ, "SETFAIR_DB_ROLE": "setfair_owner"}
    done = subprocess.run([sys.executable, str(places.ROOT / "manage.py"), command], env=surroundings, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise NotTurned((done.stderr.strip().splitlines() or [f"{command} ended with {done.returncode}"])[-1])
    return done.stdout.strip()
