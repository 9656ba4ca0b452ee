"""The three kinds of list: each says what its columns can be (`FIELDS`), and makes a row come true by the actions of the screens (`make`)."""

from __future__ import annotations

from types import ModuleType

from ..models import Table
from . import cases, people, requests
from .fields import Field

KINDS: dict[str, ModuleType] = {Table.Kind.REQUESTS: requests, Table.Kind.CASES: cases, Table.Kind.PEOPLE: people}
OTHERWISE: dict[str, str] = {Table.Kind.REQUESTS: "source", Table.Kind.PEOPLE: "role"}
"""The one thing that a list often does not say, because it is the same in every row."""


def fields_of(kind: str) -> dict[str, Field]:
    found: tuple[Field, ...] = KINDS[kind].FIELDS
    return {field.name: field for field in found}
