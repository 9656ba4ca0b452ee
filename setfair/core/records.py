"""The shape of rows: random ids, and the programme that every case-wing row carries."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models

from . import tenant


class Record(models.Model):
    """A row with a random UUIDv4 key, made in Python: it cannot be guessed, and words can be sealed to it before it is saved."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Walled(Record):
    """A row behind the second wall.

    It carries its programme; `walls.BuildWalls` gives its table row-level security
    and keys that lead with the programme, so that a row can neither be read from
    next door nor hang under another programme's parent.
    """

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, default=tenant.current, editable=False, related_name="+")

    class Meta:
        abstract = True

    def case_key(self) -> uuid.UUID | None:
        """The case whose history an act on this row belongs to."""
        return getattr(self, "case_id", None)


class Within(models.ForeignKey):
    """A reference to a row of the same programme.

    The database key is `(programme_id, <this>)` and is written by `BuildWalls`,
    because foreign keys look past row-level security: a simple key would accept
    another programme's parent.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        super().__init__(to, on_delete, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_constraint", None)
        return name, path, args, kwargs
