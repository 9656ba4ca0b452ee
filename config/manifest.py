"""What a backup says about itself: enough to know that what comes back is what went in."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from config import keyring, places


class Unfit(Exception):
    """This copy cannot be brought back; the message says why. Nothing was changed."""


@dataclass(frozen=True)
class Manifest:
    """Fingerprints of the dump and of the keys its rows are sealed under, and every table's rows counted and summed."""

    made_at: str
    sha256: str
    keys: dict[str, str]
    tables: dict[str, list]

    @staticmethod
    def beside(dump: Path) -> Path:
        return dump.with_suffix(".json")

    @property
    def masters(self) -> list[str]:
        return [name for name in self.keys if name.startswith("master-")]

    @property
    def epochs(self) -> list[int]:
        return [keyring.epoch_of(Path(name)) for name in self.masters]

    def write(self, dump: Path) -> None:
        self.beside(dump).write_text(json.dumps(asdict(self), indent=1) + "\n")

    @classmethod
    def read(cls, dump: Path) -> "Manifest":
        if not dump.is_file():
            raise Unfit(f"There is no copy at {dump}.")
        try:
            return cls(**json.loads(cls.beside(dump).read_text()))
        except FileNotFoundError:
            raise Unfit(f"{dump.name} has no manifest beside it ({cls.beside(dump).name}).") from None
        except (ValueError, TypeError):
            raise Unfit(f"The manifest {cls.beside(dump).name} is damaged.") from None


def fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def key_files() -> list[Path]:
    marks = [keyring.marks_file()] if keyring.marks_file().is_file() else []
    return [*keyring.master_keys(), *marks, places.secret_file()]


def tables(connection: psycopg.Connection) -> dict[str, list]:
    """For each table how many rows, and a sum over them that no order changes and any changed row does."""
    connection.execute("set local row_security = off")
    connection.execute("set local timezone = 'UTC'")
    connection.execute("set local bytea_output = 'hex'")
    found = connection.execute("select tablename from pg_tables where schemaname = 'public' order by 1").fetchall()
    counted = {}
    for (name,) in found:
        query = sql.SQL("select count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text from public.{} t")
        counted[name] = list(connection.execute(query.format(sql.Identifier(name))).fetchone())
    return counted
