"""Gives each test process a database of its own, cloned in a moment from one migrated once.

Loaded by `-p` before the settings are read, so that no test run can ever
reach the data of an installation: it has its own cluster, its own keys, its
own directory. Tests work as the restricted role, exactly as the web does;
what TransactionTestCase dirties is thrown away and cloned anew, so that the
role needs no right it has not in earnest.
"""

import gc
import os
import shutil
import tempfile
from pathlib import Path

from config import keyring, messages, places
from tests import pgcluster, pgfixtures, scenes, shares
from tests.told import FOR_THE_TESTS

SCRATCH = Path(tempfile.mkdtemp(prefix="setfair-test-"))


def _stand_apart() -> None:
    for name in list(os.environ):
        installed = name.startswith(("SETFAIR_", "DATABASE_")) or name in ("DATA_DIR", "BACKUP_KEYS_DIR")
        if installed and name not in FOR_THE_TESTS:
            del os.environ[name]
    os.environ |= {
        "SETFAIR_DATA_DIR": str(SCRATCH),
        "SETFAIR_PGHOST": str(pgcluster.box().socket),
        "SETFAIR_DB_NAME": pgcluster.clone_name(),
        # Playwright's loop lives in the thread that also asks the database.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }
    places.keys_dir().mkdir(mode=0o700)
    keyring.make()
    messages.compile_changed()


_stand_apart()


def pytest_configure(config):
    # Registered this late, the set-up fixture comes after pytest-django's own and replaces it.
    config.pluginmanager.register(pgfixtures, "setfair-database")
    config.pluginmanager.register(scenes, "setfair-scenes")
    config.pluginmanager.register(shares, "setfair-shares")


def pytest_collection_finish(session):
    """What is loaded by now stays to the end: looking through it for waste again and again takes an eighth of the processor time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_unconfigure(config):
    pgcluster.leave()
    shutil.rmtree(SCRATCH, ignore_errors=True)
