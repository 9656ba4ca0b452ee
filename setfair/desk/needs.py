"""Today's lines as sentences, each with its one button, in the order of what cannot wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from setfair.core.actor import Actor
from setfair.programmes.models import Programme

from .asking import lines
from .back import set_aside
from .telling import TAGS
from .told import COUNTED, TOLD

QUIET = "quiet"
PAGE = 25
"""Rows at a time: what stands below them comes up as these are done."""


@dataclass(frozen=True)
class Need:
    """One row of Today."""

    sentence: str
    ref: str
    alias: str
    when: str
    button: str
    url: str
    tag: str


def needs(actor: Actor, programme: Programme, *, everyones: bool = False) -> list[Need]:
    """What needs this person, what cannot wait first, then the oldest, and no more than fits a page.

    A quiet case that is named for another reason is named once.
    """
    found = sorted([*lines(actor, programme, everyones=everyones), *set_aside(actor)], key=lambda line: (TOLD[line[0]].rank, line[3]))
    named = {ref for rule, ref, *_rest in found if rule != QUIET}
    kept = [line for line in found if line[0] != QUIET or line[1] not in named]
    return [_need(*line, zone=programme.zone) for line in kept[:PAGE]]


def _need(rule: str, ref: str, alias: str, since: datetime, key: Any, *, zone: str) -> Need:
    told = TOLD[rule]
    if rule in COUNTED:
        return Need(
            str(told.sentence) % {"count": ref}, "", "", told.when(since, zone), str(told.button), told.url(ref, key), TAGS.get(told.rank, "")
        )
    return Need(str(told.sentence), ref, alias, told.when(since, zone), str(told.button), told.url(ref, key), TAGS.get(told.rank, ""))
