"""What has to be true before the first page is served; each step is skipped when nothing it depends on has changed."""

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

from config import box, keyring, messages, places, postgres, schema

PYTHON = sys.executable
MANAGE = str(places.ROOT / "manage.py")
RUN_LOCK = places.ROOT / "requirements" / "run.lock"

Step = Callable[[list[str], dict[str, str]], bool]


def keys(cluster: box.Box | None) -> None:
    """New keys for a new installation; for one that has data, the keys it has or no start."""
    if cluster is not None and cluster.data.exists():
        keyring.demand()
    keyring.make()


def roles(cluster: box.Box) -> None:
    """The roles and grants of deploy/roles.sql, once for each version of it."""
    done = cluster.home / "roles.sha256"
    wanted = hashlib.sha256(box.ROLES_SQL.read_bytes()).hexdigest()
    if not done.exists() or done.read_text() != wanted:
        cluster.lay_out()
        done.write_text(wanted)


def pages(run: Step) -> bool:
    """Translations compiled, static files collected under names that say their content."""
    messages.compile_changed()
    done = places.data_dir() / "static.sha256"
    wanted = _content("setfair/**/static/**/*", "requirements/run.lock", "config/settings.py", "config/sheets.py")
    if done.exists() and done.read_text() == wanted and (places.data_dir() / "static").is_dir():
        return True
    if not run([PYTHON, MANAGE, "collectstatic", "--no-input", "--clear", "--verbosity", "0"], {}):
        return False
    done.write_text(wanted)
    return True


def tables(run: Step) -> bool:
    wanted = schema.fingerprint(besides=[_content("requirements/run.lock", "config/settings.py", "config/migrate.py")])
    if schema.remembered().get("shape") == wanted:
        return True
    if not run([PYTHON, "-m", "config.migrate"], {"SETFAIR_DB_ROLE": "setfair_owner"}):
        return False
    schema.remember(shape=wanted)
    return True


def village(run: Step) -> bool:
    """The demo, if wanted: never by itself on a server that strangers reach, nor in an operator's own database."""
    wanted = schema.remembered()["shape"]
    if not demo_wanted() or schema.remembered().get("demo") == wanted:
        return True
    if not run([PYTHON, MANAGE, "demo"], {}):
        return False
    schema.remember(demo=wanted)
    return True


def demo_wanted() -> bool:
    usual = "0" if os.environ.get("SETFAIR_PUBLIC") == "1" or postgres.served_elsewhere() else "1"
    return os.environ.get("DEMO", usual) != "0"


def _content(*patterns: str) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for pattern in patterns for path in places.ROOT.glob(pattern) if path.is_file()):
        digest.update(f"{path.relative_to(places.ROOT)}\0".encode() + _hash(path))
    return digest.hexdigest()


def _hash(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()
