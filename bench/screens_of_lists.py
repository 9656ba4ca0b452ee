"""Screens of a list that is brought in, from the file to taking it back."""

from __future__ import annotations

from .screen import Screen, refused

LISTS = (
    Screen("lists", "lists", "cora"),
    *(Screen(f"list new, {kind}", "list_new", "cora", more={"kind": kind}) for kind in ("requests", "cases", "people")),
    refused("list new", "list_new", "cora", more={"kind": "cases"}),
    *(Screen(f"list, {stage}", "list", "cora", on=f"list.{stage}") for stage in ("named", "looking", "looked", "done", "undone", "away")),
)
