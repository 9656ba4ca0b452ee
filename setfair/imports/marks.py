"""What is remembered of a list when its words are gone: keyed digests, which tell of nobody and outlive a rotation."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from uuid import UUID

from setfair.core.text import folded
from setfair.vault import master


def of_row(programme: UUID | None, kind: str, said: Mapping[str, str]) -> bytes:
    """The same row of the same kind of list, whatever file it stands in; of a case that has a number the number alone."""
    words = {"number": folded(said["number"])} if said.get("number") else {name: folded(value) for name, value in said.items() if value}
    return master.digest("row of a list", json.dumps([str(programme), kind, sorted(words.items())]))


def of_cells(programme: UUID | None, kind: str, cells: Sequence[str]) -> bytes:
    """All that stands in the row, whatever its columns were taken for."""
    return master.digest("cells of a list", json.dumps([str(programme), kind, [folded(cell) for cell in cells]]))


def of_own_number(programme: UUID | None, number: str) -> bytes:
    return master.digest("number in a list", f"{programme} {folded(number)}")


def of_heading(programme: UUID | None, kind: str, heading: str) -> bytes:
    return master.digest("heading of a list", f"{programme} {kind} {folded(heading)}")


def of_word(programme: UUID | None, kind: str, field: str, word: str) -> bytes:
    return master.digest("word in a list", f"{programme} {kind} {field} {folded(word)}")
