"""Words that lay in a plain column, carried into a sealed one by the migration that makes it; and words under one key, sealed anew under two.

The plain column is renamed to `<name>_plain` before the sealed one is added under its
name, because a ciphertext is bound to the name of its column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from setfair.core import tenant

from . import ring
from .fields import Ciphertext, SealedText

MANY = 500
Step = Callable[[Any, Any], None]


def seal(app: str, model: str, name: str) -> Step:
    """Seal what stands in `<name>_plain` of each row, inside its programme, and empty the plain column."""

    def carry(apps: Any, schema_editor: Any) -> None:
        table = apps.get_model(app, model)
        for row in _rows(table, **{f"{name}_plain__gt": ""}):
            with tenant.inside(row.programme_id):
                setattr(row, name, getattr(row, f"{name}_plain"))
                setattr(row, f"{name}_plain", "")
                row.save(update_fields=[name, f"{name}_plain"])

    return carry


def unseal(app: str, model: str, name: str) -> Step:
    """The same back."""

    def carry(apps: Any, schema_editor: Any) -> None:
        table = apps.get_model(app, model)
        longest = table._meta.get_field(f"{name}_plain").max_length
        for row in _rows(table, **{f"{name}__isnull": False}):
            with tenant.inside(row.programme_id):
                setattr(row, f"{name}_plain", str(getattr(row, name))[:longest])
                row.save(update_fields=[f"{name}_plain"])

    return carry


def under_two(app: str, model: str) -> Step:
    """Seal what was sealed before there was a second key under both of them. Where either key is gone it stays as it lies: none is made."""

    def carry(apps: Any, schema_editor: Any) -> None:
        _each_anew(apps.get_model(app, model), schema_editor, _under_both)

    return carry


def under_one(app: str, model: str) -> Step:
    """The same back."""

    def carry(apps: Any, schema_editor: Any) -> None:
        table = apps.get_model(app, model)
        _each_anew(table, schema_editor, lambda field, row: field.sealed(*_of(field, row)))

    return carry


def _under_both(field: SealedText, row: Any) -> bytes:
    within = getattr(row, field.within)
    ring.read_key(within)
    return field.sealed(*_of(field, row), within)


def _of(field: SealedText, row: Any) -> tuple[UUID, str, Any]:
    return getattr(row, field.of), f"{row._meta.db_table}.{field.column}|{row.pk}", getattr(row, field.attname)


def _each_anew(table: Any, schema_editor: Any, anew: Callable[[SealedText, Any], bytes]) -> None:
    fields = [field for field in table._meta.local_fields if isinstance(field, SealedText) and field.within]
    named = {f"{field.within}__isnull": False for field in fields}
    for programme_id in list(table.objects.filter(**named).order_by().values_list("programme_id", flat=True).distinct()):
        with tenant.inside(programme_id):
            for page in _pages(_rows(table, programme_id=programme_id, **named)):
                ring.gather(getattr(row, name) for row in page for field in fields for name in (field.of, field.within))
                for field in fields:
                    _written(table, field, page, anew, schema_editor)


def _pages(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while page := list(islice(rows, MANY)):
        yield page


def _written(table: Any, field: SealedText, page: list[Any], anew: Callable[[SealedText, Any], bytes], schema_editor: Any) -> None:
    found = []
    for row in page:
        if isinstance(row.__dict__[field.attname], Ciphertext):
            try:
                found.append((anew(field, row), row.programme_id, row.pk))
            except ring.WordsAreGone:
                continue
    with schema_editor.connection.cursor() as cursor:
        cursor.executemany(f'UPDATE "{table._meta.db_table}" SET "{field.column}" = %s WHERE programme_id = %s AND id = %s', found)  # noqa: S608


def _rows(table: Any, **which: Any) -> Any:
    return table.objects.filter(**which).order_by("programme_id", "pk").iterator(chunk_size=MANY)
