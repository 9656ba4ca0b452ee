"""The shape of rows: random ids, codes and moments the database knows too, and the programme that every case-wing row carries."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar, Protocol

from django.db import models
from django.db.models.base import ModelBase
from django.db.models.functions import Now

from . import tenant

A_DAY = timedelta(days=1)
"""By how much the date of a fact may be ahead of the moment it was written: time zones differ."""

A_YEAR = timedelta(days=366)
"""How far ahead of the clock of the database a fact may lie. Demonstrations and tests play with clocks; a year and more is a slip or a lie."""


class Kept(models.CheckConstraint):
    """A rule about a column that the fields of a form keep already; asking the database before the row is written would only cost."""

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: Any = None) -> None:
        """The INSERT asks."""


class Shape(ModelBase):
    """Gives each table what follows from its columns: a code is one of its choices, and the moment of a fact (`at`) does not lie years ahead.

    Nobody writes these down, so nobody forgets one; `makemigrations` finds them as it finds the others.
    """

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any], **kwargs: Any) -> Any:
        model: Any = super().__new__(cls, name, bases, attrs, **kwargs)
        meta = model._meta
        if not (meta.abstract or meta.proxy):
            meta.constraints = [*meta.constraints, *_known_codes(meta), *_past_moments(meta)]
            meta.original_attrs["constraints"] = meta.constraints
        return model


def _known_codes(meta: Any) -> Iterator[Kept]:
    for field in meta.local_fields:
        if isinstance(field, models.CharField) and field.choices:
            codes = {str(code) for code, _label in field.flatchoices} | ({""} if field.blank else set())
            yield Kept(condition=models.Q(**{f"{field.name}__in": sorted(codes)}), name=f"{meta.db_table}_{field.column}_known")


def _past_moments(meta: Any) -> Iterator[Kept]:
    for field in meta.local_fields:
        if field.name == "at":
            yield Kept(condition=models.Q(at__lte=Now() + A_YEAR), name=f"{meta.db_table}_at_has_come")


class Record(models.Model, metaclass=Shape):
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


class Told(Protocol):
    """What a line of the journal may be about: a walled row, or a programme, which stands inside itself."""

    pk: Any
    _meta: ClassVar[Any]

    def case_key(self) -> uuid.UUID | None: ...


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
