"""Words that lay in a plain column, carried into a sealed one by the migration that makes it.

The plain column is renamed to `<name>_plain` before the sealed one is added under its
name, because a ciphertext is bound to the name of its column.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from setfair.core import tenant

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


def _rows(table: Any, **which: Any) -> Any:
    return table.objects.filter(**which).order_by("programme_id", "pk").iterator(chunk_size=MANY)
