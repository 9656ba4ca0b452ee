"""What was shredded is nowhere any more: not in files, log, statistics or a copy; and no old copy opens with all of today's keys."""

from __future__ import annotations

import base64
import hmac
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from psycopg import sql

from bench import planting
from bench.figure import FULL, Figure, Plant, Result, Trial, trials
from config import box, places
from setfair.vault import master
from setfair.vault.fields import key_of_two
from tests import pgcluster

MANY, FEW = (400, 6) if FULL else (40, 6)
PLANTS = (
    Plant("short-plain-words", "lie open in"),
    Plant("long-plain-words", "lie open in"),
    Plant("kept-master-key", "opens with what is kept today"),
    Plant("kept-data-key", "the data key lies in"),
    Plant("under-the-person-alone", "open with the keys of whoever stands in another"),
)


class Place:
    """An installation of its own, with its database up, and everything it keeps under one directory."""

    def __init__(self, home: Path) -> None:
        self.home, self.data, self.copies = home, home / "data", home / "copies"
        self.around = {name: value for name, value in os.environ.items() if not name.startswith(("SETFAIR_", "DATABASE_"))} | {
            "DATA_DIR": str(self.data),
            "BACKUP_KEYS_DIR": str(self.copies),
            "SETFAIR_DATA_DIR": str(self.data),
            "SETFAIR_KEYS_DIR": str(self.data / "keys"),
            "SETFAIR_SECRET_FILE": str(self.data / "secret.key"),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        self.cluster = box.Box(self.data / "pg", self.data / "log" / "postgres.log", box.DURABLE)

    def run(self, *words: str) -> str:
        done = subprocess.run([sys.executable, "-m", *words], cwd=places.ROOT, env=self.around, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout

    def say(self, verb: str, many: int) -> Any:
        return json.loads(self.run("bench.planting", verb, str(many)))

    def superuser(self, database: str = "setfair") -> psycopg.Connection:
        return psycopg.connect(host=str(self.cluster.socket), user="postgres", dbname=database, autocommit=True)

    def tool(self, name: str, *arguments: str | Path) -> str:
        return box.tool(name, "-h", str(self.cluster.socket), "-U", "postgres", *arguments)


@contextmanager
def _place() -> Iterator[Place]:
    """As a programme has it after its first start: migrated by the house, with keys of its own."""
    home = Path(tempfile.mkdtemp(prefix="setfair-shred-"))
    home.chmod(0o711)
    place, server = Place(home), None
    try:
        _write_keys(place)
        place.cluster.prepare()
        server = place.cluster.start()
        place.cluster.lay_out()
        _shape(place)
        yield place
    finally:
        if server is not None:
            place.cluster.stop(server)
        shutil.rmtree(home, ignore_errors=True)


def _write_keys(place: Place) -> None:
    places.make_way(place.data)
    code = "from config import keyring; keyring.make()"
    subprocess.run([sys.executable, "-c", code], cwd=places.ROOT, env=place.around, check=True)


def _shape(place: Place) -> None:
    """The tables as the migrations leave them, from the database that tests are cloned from."""
    pgcluster.join()
    try:
        pgcluster.clone(settings.INSTALLED_APPS)
        dump = place.home / "shape.dump"
        box.tool("pg_dump", "-Fc", "-h", str(pgcluster.box().socket), "-U", "postgres", "-f", dump, pgcluster.clone_name())
    finally:
        pgcluster.leave()
    place.tool("pg_restore", "-d", "setfair", "--clean", "--if-exists", "--exit-on-error", dump)
    dump.unlink()


def _faults(plant: str, many: int = FEW, times: tuple[int, ...] = (1,)) -> list[str]:
    """Everything that is found where nothing should be."""
    with _place() as place:
        return _life(place, plant, many, times)


def _life(place: Place, plant: str, many: int, times: tuple[int, ...]) -> list[str]:
    sown = place.say("sow", many)
    print(f"  {plant or 'sound'}: {many} owners, {sown['columns']} sealed columns in {sown['tables']} tables", flush=True)
    _planted(place, plant, sown["keys"][0])
    _copied(place)
    found: list[str] = []
    for gone in times:
        place.say("shred", gone)
        if plant == "kept-master-key" and gone == 1:
            (place.home / "attic").mkdir()
            shutil.copy(place.data / "keys" / "master-1.key", place.home / "attic")
        place.run("config.rotate")
        found += _opened(place, gone) + _of_others(place, gone)
        found += _unread(place, gone, many, sown["columns"])
    return found + _lying(place, [bytes.fromhex(key) for key in sown["keys"][: times[-1] if FULL else 3]])


def _planted(place: Place, plant: str, key: str) -> None:
    """The fault: a plain column, short or long enough to be packed away, or a data key that somebody wrote down."""
    with place.superuser() as everything:
        if plant in ("short-plain-words", "long-plain-words"):
            owner = planting.owners(1)[0]
            everything.execute("alter table people_person add column remarks text")
            everything.execute("update people_person set remarks = %s where id = %s", [planting.words(owner, plant == "long-plain-words"), owner])
        if plant == "under-the-person-alone":
            place.say("loosen", FEW)
        if plant == "kept-data-key":
            everything.execute("create table written_down (key bytea)")
            everything.execute("insert into written_down values (%s)", [bytes.fromhex(key)])


def _copied(place: Place) -> None:
    """A copy from before anything was shredded, in the hands of somebody else."""
    old = place.home / "old.dump"
    place.tool("pg_dump", "-Fc", "-f", old, "setfair")
    with place.superuser("postgres") as server:
        server.execute("create database stolen")
    place.tool("pg_restore", "-d", "stolen", "--section=pre-data", "--section=data", old)
    old.unlink()


def _opened(place: Place, gone: int) -> list[str]:
    """Whoever has the copy from before and every key there is today: what of the shredded opens, and whose name can be guessed."""
    keys = [bytes.fromhex(path.read_text().split()[0]) for path in place.home.rglob("*.key") if path.name != "secret.key"]
    shredded, found = planting.owners(gone), []
    with place.superuser("stolen") as everything:
        wrapped = dict(everything.execute("select id, wrapped from vault_datakey").fetchall())
        tokens = dict(everything.execute("select id, tokens from people_person").fetchall())
    for owner in shredded:
        if any(_unwrapped(key, owner, wrapped[owner]) for key in keys):
            found.append(f"a key of the old copy opens with what is kept today ({owner})")
        if any(set(map(bytes, tokens[owner])) & _guessed(key, owner) for key in keys):
            found.append(f"a name in the old copy can be guessed with what is kept today ({owner})")
    return found


def _of_others(place: Place, gone: int) -> list[str]:
    """Of a shredded case the letters to somebody who stands in another, whose own key lives on: tried with every key that the copy and today give."""
    masters = [bytes.fromhex(path.read_text().split()[0]) for path in place.home.rglob("*.key") if path.name != "secret.key"]
    keys: list[bytes] = []
    for database in ("stolen", "setfair"):
        with place.superuser(database) as everything:
            wrapped = everything.execute("select id, wrapped from vault_datakey where id = any(%s)", [[planting.STANDS, *planting.owners(gone)]])
            keys += [key for owner, lying in wrapped.fetchall() for one in masters if (key := _unwrapped(one, owner, lying))]
    if not keys:
        return ["nobody who stands in another case was looked at"]
    with place.superuser("stolen") as everything:
        lying = [said for owner in planting.owners(gone) for model, pk in planting.rows_of(owner) for said in _sealed_in(everything, model, pk)]
    tried = [*keys, *(key_of_two(one, two) for one in keys for two in keys)]
    found = [where[0] for where, said in lying if any(_says(key, where, said) for key in tried)]
    return [f"words of a shredded case open with the keys of whoever stands in another ({table})" for table in found]


def _sealed_in(everything: psycopg.Connection, model: Any, pk: Any) -> Iterator[tuple[tuple[str, str], bytes]]:
    table = model._meta.db_table
    for field in planting.columns(model):
        (said,) = everything.execute(sql.SQL("select {} from {} where id = %s").format(*map(sql.Identifier, (field.column, table))), [pk]).fetchone()
        yield (table, f"{table}.{field.column}|{pk}"), said


def _says(key: bytes, where: tuple[str, str], said: bytes) -> bool:
    try:
        return bool(AESGCM(key).decrypt(said[1:13], said[13:], where[1].encode()))
    except InvalidTag:
        return False


def _unwrapped(key: bytes, owner: Any, wrapped: bytes) -> bytes | None:
    try:
        return AESGCM(master._derived(key, "wrap")).decrypt(wrapped[:12], wrapped[12:], f"{planting.HERE}|{owner}".encode())
    except InvalidTag:
        return None


def _guessed(key: bytes, owner: Any) -> set[bytes]:
    blind, said = master._derived(key, f"blind {planting.HERE}"), planting.words(owner, 0).lower().split()
    return {hmac.digest(blind, word.encode(), "sha256")[:10] for word in said}


def _unread(place: Place, gone: int, many: int, columns: int) -> list[str]:
    """Of the others everything opens, of the shredded nothing."""
    opened = place.say("read", many)
    wanted = {owner.hex: 0 if n < gone else columns for n, owner in enumerate(planting.owners(many))}
    return [f"{opened[owner]} of {wanted[owner]} columns of {owner} open" for owner in wanted if opened[owner] != wanted[owner]]


def _lying(place: Place, keys: list[bytes]) -> list[str]:
    """Every byte that is kept, looked through for the word and for the data keys, in each form in which they could lie there."""
    with place.superuser() as everything:
        everything.execute("vacuum analyze")
        statistics = str(everything.execute("select array_agg(s::text) from pg_stats s").fetchone())
        everything.execute("checkpoint")
    base = place.home / "base"
    place.tool("pg_basebackup", "-D", base, "-X", "stream", "-c", "fast")
    dump = place.tool("pg_dump", "--inserts", "setfair")
    looked: list[tuple[str, bytes]] = [("the statistics", statistics.encode()), ("a dump", dump.encode())]
    looked += [(str(path.relative_to(place.home)), path.read_bytes()) for path in sorted(place.home.rglob("*")) if path.is_file()]
    print(f"    looked through {sum(len(content) for _where, content in looked) // 1_000_000} MB in {len(looked)} places", flush=True)
    found = [f"planted words lie open in {where} as {form}" for where, content in looked for form in _forms_in(content, planting.WORD.encode())]
    return found + [f"the data key lies in {where} as {form}" for where, content in looked for key in keys for form in _forms_in(content, key)]


def _forms_in(content: bytes, wanted: bytes) -> list[str]:
    return [name for name, forms in FORMS.items() if any(form in content for form in forms(wanted))]


def _base64(wanted: bytes) -> list[bytes]:
    """As it reads inside a longer text, wherever in it it begins."""
    whole = [(base64.b64encode(b"\0" * lead + wanted + b"\0\0"), start, lost) for lead, start, lost in ((0, 0, 0), (1, 2, 4), (2, 3, 2))]
    return [text[start : start + (len(wanted) * 8 - lost) // 6] for text, start, lost in whole]


FORMS: dict[str, Callable[[bytes], list[bytes]]] = {
    "itself": lambda wanted: [wanted],
    "utf-16": lambda wanted: [b"".join(bytes([sign, 0]) for sign in wanted), b"".join(bytes([0, sign]) for sign in wanted)],
    "hex": lambda wanted: [wanted.hex().encode(), wanted.hex().upper().encode()],
    "base64": _base64,
}


def _measure() -> Result:
    found = _faults("", MANY, (1, MANY // 2))
    for fault in found[:20]:
        print(f"  {fault}")
    return Result(str(len(found)), "hits", not found, n=f"{MANY} owners, of whom 1 and then {MANY // 2} were shredded, two rotations")


def _canary() -> Iterator[Trial]:
    yield from trials(PLANTS, _faults)


FIGURE = Figure(
    name="shredding",
    says="words whose key was shredded are in no file, log, statistics or copy, and an old copy opens with none of today's keys, "
    "nor letters of a case with those of somebody who stands in another; all others open",
    goal="0 hits",
    measure=_measure,
    canary=_canary,
)
