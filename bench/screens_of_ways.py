"""Screens of a case in which nobody meets: what they write to each other, for the team and on their own pages."""

from __future__ import annotations

from functools import partial

from . import acts
from .screen import Screen, refused, to

# fmt: off
WAYS = (
    Screen("practice", "practice", "ines"),
    Screen("practice, errors", "practice", "cora", act=acts.send_empty, status=422),
    Screen("practice figures", "practice_figures", "cora"),
    Screen("outcomes", "outcomes", "cora"),
    Screen("outcomes, nothing yet", "outcomes", "nour"),
    Screen("exchanges", "exchanges", "fadi", on="apart"),
    Screen("exchanges, nothing yet", "exchanges", "fadi", on="half"),
    Screen("exchanges, errors", "exchanges", "fadi", on="apart", act=partial(acts.send_empty, form=to("note/")), status=422),
    *(Screen(f"piece, {stage}", "piece", "fadi", on=f"apart.team.{stage}") for stage in ("noted", "offered", "back", "had", "unwanted")),
    refused("piece", "piece", "fadi", on="apart.team.noted", form=to("keep/")),
    Screen("home, nobody meets", "home", "apart.hana"),
    Screen("my exchange", "my_exchange", "apart.hana"),
    Screen("my exchange, nothing wanted", "my_exchange", "apart.rami"),
    Screen("my writing", "my_writing", "apart.hana"),
    refused("my writing", "my_writing", "apart.hana"),
    Screen("my writing, given back", "my_piece", "apart.sol", on="apart.back"),
    Screen("my piece", "my_piece", "apart.rami", on="apart.offered"),
    Screen("piece for me", "piece_here", "apart.hana", on="apart.offered"),
    Screen("piece for me, read", "piece_here", "apart.sol", on="apart.had"),
)
