"""The three kinds of list: each says what its columns can be (`FIELDS`), and makes a row come true by the actions of the screens (`make`)."""

from __future__ import annotations

from collections.abc import Collection
from types import ModuleType

from setfair.programmes.models import Programme

from ..models import Table
from . import cases, people, requests
from .fields import Field, Shape

KINDS: dict[str, ModuleType] = {Table.Kind.REQUESTS: requests, Table.Kind.CASES: cases, Table.Kind.PEOPLE: people}
OTHERWISE: dict[str, str] = {Table.Kind.REQUESTS: "source", Table.Kind.PEOPLE: "role"}
"""The one thing that a list often does not say, because it is the same in every row."""


def words_of(kind: str, programme: Programme, columns: Collection[str]) -> list[tuple[str, list[str]]]:
    """Of the columns that take known words only: each by its name, and the words."""
    known = [field for field in fields_of(kind).values() if field.words and field.shape != Shape.YES and field.name in columns]
    return [(str(field.label), [label for _code, label in choices_of(kind, field, programme)]) for field in known]


def choices_of(kind: str, field: Field, programme: Programme) -> list[tuple[str, str]]:
    """What can stand in a column that takes known words only, in a programme of this kind: each with its code."""
    takes = getattr(KINDS[kind], "takes", lambda field, _programme: field.words)
    return list(takes(field, programme))


def fields_of(kind: str) -> dict[str, Field]:
    found: tuple[Field, ...] = KINDS[kind].FIELDS
    return {field.name: field for field in found}
