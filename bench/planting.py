"""Words to look for, planted into every sealed column of an installation of its own; `python -m bench.planting sow|loosen|shred|read MANY`.

A row for each owner in each table that has a sealed column, written as the ring and
the fields seal it; what else a table wants of a row is not asked here. Where words
are of a person and of a case, there is a second row: the owner is the case, and the
person, who stands in other cases too, is never shredded.
"""

from __future__ import annotations

import json
import os
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

import psycopg
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from psycopg import sql
from psycopg.types.json import Jsonb

from config import box, places
from setfair.core import tenant
from setfair.people.models import Person, name_tokens
from setfair.programmes.models import Programme
from setfair.vault import ring
from setfair.vault.fields import SealedBytes, SealedJSON, SealedText
from setfair.vault.ring import WordsAreGone
from setfair.vault.sessions import SessionStore

WORD = "Quenzibar"
"""In everything that is planted, and nowhere else."""
HERE = uuid.UUID(int=77)
STANDS = uuid.uuid5(HERE, "stands in other cases")
LOOSE = """
    select c.relname, k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.contype in ('c', 'x') and k.connamespace = 'public'::regnamespace
"""
OF_A_KIND: tuple[tuple[type, Any], ...] = (
    (models.BooleanField, False),
    (models.DateTimeField, datetime(2026, 11, 21, 9, tzinfo=UTC)),
    (models.DateField, date(2026, 11, 21)),
    (models.TimeField, time(9)),
    (models.DurationField, timedelta(hours=1)),
    (models.JSONField, Jsonb({})),
    (ArrayField, []),
)
SHAPES = {"people": lambda told: [{"words": told}], "reach": lambda told: {"words": told}}
"""Structures that a rotation opens and reads: it looks in them for names and addresses."""


def owners(many: int) -> list[uuid.UUID]:
    return [uuid.uuid5(HERE, str(n)) for n in range(many)]


def sealing() -> list[Any]:
    """Every table with a sealed column."""
    return [model for model in apps.get_models() if any(isinstance(field, SealedText) for field in model._meta.local_fields)]


def columns(model: Any) -> list[Any]:
    return [field for field in model._meta.local_fields if isinstance(field, SealedText)]


def of_two() -> list[Any]:
    """Those whose words are of a person and of a case."""
    return [model for model in sealing() if any(field.within for field in columns(model))]


def rows_of(owner: uuid.UUID) -> list[tuple[Any, uuid.UUID]]:
    """Every row that is planted for one owner: its table and its id."""
    apart = [(model, uuid.uuid5(owner, f"{model._meta.db_table} of two")) for model in of_two()]
    return [(model, key_of(model, owner)) for model in sealing()] + apart


def words(owner: uuid.UUID, place: int) -> str:
    """Short in every other column, and some 10 kB in the others, which PostgreSQL packs away elsewhere."""
    said = f"{WORD} {owner.hex[:8]} "
    return said.strip() if place % 2 == 0 else (said + "and so it went on, as it had before. " * 3) * 80


def said(field: Any, owner: uuid.UUID, place: int) -> Any:
    told = words(owner, place)
    if isinstance(field, SealedJSON):
        return SHAPES.get(field.name, lambda told: [told])(told)
    return told.encode() if isinstance(field, SealedBytes) else told


def key_of(model: Any, owner: uuid.UUID) -> uuid.UUID:
    return owner if any(field.of == "id" for field in columns(model)) else uuid.uuid5(owner, model._meta.db_table)


def sow(many: int) -> dict[str, Any]:
    cluster = box.Box.of(places.data_dir())
    with psycopg.connect(host=str(cluster.socket), user="postgres", dbname="setfair", autocommit=True) as everything:
        for table, rule in everything.execute(LOOSE).fetchall():
            everything.execute(sql.SQL("alter table {} drop constraint {}").format(sql.Identifier(table), sql.Identifier(rule)))
        everything.execute("set session_replication_role = replica")
        with tenant.inside(HERE), everything.transaction():
            Programme.objects.create(pk=HERE, slug="planting-trial", kind="school", name="Trial", short_name="Trial")
            for number, owner in enumerate(owners(many)):
                for place, (model, pk) in enumerate(rows_of(owner)):
                    whose = (owner, None, number) if place < len(sealing()) else (STANDS, owner, number + many)
                    _put(everything, model, dict(_row(model, pk, *whose)))
    store = SessionStore()
    store["draft"] = words(HERE, 1)
    store.save()
    return {"columns": sum(len(columns(model)) for model, _pk in rows_of(HERE)), "tables": len(sealing()), "keys": _keys(many)}


def loosen(many: int) -> dict[str, Any]:
    """The fault: what is of a person and of a case lies under the key of the person alone."""
    cluster, loosened = box.Box.of(places.data_dir()), 0
    with psycopg.connect(host=str(cluster.socket), user="postgres", dbname="setfair") as everything, tenant.inside(HERE):
        for owner in owners(many):
            for model, pk in rows_of(owner)[len(sealing()) :]:
                for number, field in enumerate(columns(model)):
                    place = f"{model._meta.db_table}.{field.column}|{pk}"
                    change = sql.SQL("update {} set {} = %s where id = %s").format(*map(sql.Identifier, (model._meta.db_table, field.column)))
                    loosened += everything.execute(change, [field.sealed(STANDS, place, said(field, owner, number)), pk]).rowcount
    return {"loosened": loosened}


def _put(everything: psycopg.Connection, model: Any, row: dict[str, Any]) -> None:
    statement = sql.SQL("insert into {} ({}) values ({})").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, row)), sql.SQL(", ").join([sql.Placeholder()] * len(row))
    )
    everything.execute(statement, list(row.values()))


def _row(model: Any, pk: uuid.UUID, of: uuid.UUID, within: uuid.UUID | None, number: int) -> Iterator[tuple[str, Any]]:
    sealed, owner = columns(model), within or of
    known = {field.attname for field in model._meta.local_fields}
    told_by = {field.of if field.of in known else "case_id" for field in sealed}  # a word that stands for one of several leads to the case
    for field in model._meta.local_concrete_fields:
        if field in sealed:
            place = f"{model._meta.db_table}.{field.column}|{pk}"
            yield field.column, field.sealed(of, place, said(field, owner, sealed.index(field)), within)
        elif field.primary_key or field.attname in told_by:
            yield field.column, pk if field.primary_key else of
        elif within and field.attname in {field.within for field in sealed}:
            yield field.column, within
        elif field.attname == "programme_id":
            yield field.column, HERE
        elif model is Person and field.name == "tokens":
            yield field.column, name_tokens(HERE, f"{words(owner, 0)} {words(owner, 1)}")
        elif not field.null and not isinstance(field, models.GeneratedField):
            yield field.column, _anything(field, number)


def _anything(field: Any, number: int) -> Any:
    field = field.target_field if isinstance(field, models.ForeignKey) else field
    for kind, value in OF_A_KIND:
        if isinstance(field, kind):
            return value
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.CharField | models.TextField):
        return str(field.flatchoices[0][0]) if field.choices else f"N-{number:05d}"
    if isinstance(field, models.BinaryField):
        return os.urandom(32)
    return psycopg.types.range.TimestamptzRange(empty=True) if "Range" in type(field).__name__ else number


def _keys(many: int) -> list[str]:
    """The data keys themselves, to look for."""
    with tenant.inside(HERE):
        ring.gather(owners(many))
        return [ring.read_key(owner).hex() for owner in owners(many)]


def shred_first(many: int) -> dict[str, Any]:
    """As forgetting does it: the rows go, and the marks by which a request was known, then the keys.

    Then the rows are put back, sealed as they lay, as somebody has them who kept a copy.
    """
    cluster = box.Box.of(places.data_dir())
    with psycopg.connect(host=str(cluster.socket), user="postgres", dbname="setfair") as everything:
        everything.execute("set session_replication_role = replica")
        everything.execute("select set_config('app.programme', %s, true)", [str(HERE)])
        planted = [row for owner in owners(many) for row in rows_of(owner)]
        held = [(model, _taken_out(everything, model, [pk for of, pk in planted if of is model])) for model in sealing()]
        everything.execute("delete from referrals_likeness where referral_id = any(%s)", [owners(many)])
        (gone,) = everything.execute("select vault_shred(%s, now())", [owners(many)]).fetchone() or (0,)
        for model, rows in held:
            for row in rows:
                _put(everything, model, row)
    return {"shredded": gone}


def _taken_out(everything: psycopg.Connection, model: Any, keys: list[uuid.UUID]) -> list[dict[str, Any]]:
    """With every column that is there, also one that no model knows of."""
    taken = everything.execute(sql.SQL("delete from {} where id = any(%s) returning *").format(sql.Identifier(model._meta.db_table)), [keys])
    named = [column.name for column in taken.description or ()]
    of_json = {field.column for field in model._meta.local_concrete_fields if isinstance(field, models.JSONField)}
    return [{name: Jsonb(value) if name in of_json else value for name, value in zip(named, row, strict=True)} for row in taken.fetchall()]


def read(many: int) -> dict[str, Any]:
    """How many columns open as they were planted, by owner."""
    opened: dict[str, int] = {}
    with tenant.inside(HERE):
        for owner in owners(many):
            rows = [(model, model._base_manager.get(pk=pk)) for model, pk in rows_of(owner)]
            opened[owner.hex] = sum(_opens(row, field, said(field, owner, n)) for model, row in rows for n, field in enumerate(columns(model)))
    return opened


def _opens(row: Any, field: Any, expected: Any) -> bool:
    try:
        return bool(getattr(row, field.attname) == expected)
    except WordsAreGone:
        return False


if __name__ == "__main__":
    print(json.dumps({"sow": sow, "loosen": loosen, "shred": shred_first, "read": read}[sys.argv[1]](int(sys.argv[2]))))
