"""The three kinds of list: each says what its columns can be (`FIELDS`), and makes a row come true by the actions of the screens (`make`)."""

from __future__ import annotations

from collections.abc import Collection
from types import ModuleType

from setfair.programmes.models import Programme

from ..models import Table
from . import cases, people, requests
from .fields import Field

KINDS: dict[str, ModuleType] = {Table.Kind.REQUESTS: requests, Table.Kind.CASES: cases, Table.Kind.PEOPLE: people}
OTHERWISE: dict[str, str] = {Table.Kind.REQUESTS: "source", Table.Kind.PEOPLE: "role"}
"""The one thing that a list often does not say, because it is the same in every row."""


def words_of(kind: str, programme: Programme, columns: Collection[str]) -> list[tuple[str, list[str]]]:
    """Of the columns that take known words only: each by its name, and the words."""
    takes = getattr(KINDS[kind], "takes", lambda field, _programme: [label for _code, label in field.words])
    known = [field for field in fields_of(kind).values() if field.words and field.name in columns]
    return [(str(field.label), takes(field, programme)) for field in known]


def fields_of(kind: str) -> dict[str, Field]:
    found: tuple[Field, ...] = KINDS[kind].FIELDS
    return {field.name: field for field in found}
