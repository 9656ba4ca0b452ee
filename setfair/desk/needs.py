"""Today's lines as sentences, each with its one button, in the order of what cannot wait."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from setfair.core.actor import Actor
from setfair.programmes.models import Programme

from .asked import MOST
from .asking import Line, lines
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


@dataclass(frozen=True)
class Needs:
    """The rows of Today that fit a page, and whether there is more than they tell."""

    rows: list[Need]
    is_full: bool


def needs(actor: Actor, programme: Programme, *, everyones: bool = False) -> Needs:
    """What needs this person, what cannot wait first, then the oldest, and no more than fits a page.

    A quiet case that is named for another reason is named once. What is said several
    times of one case is one row with its number, and leads to the first of them; when
    that one is seen to, the next stands in it. Of a rule with very many lines only the
    first are known: then there is more, however few the rows.
    """
    found = sorted([*lines(actor, programme, everyones=everyones), *set_aside(actor)], key=lambda line: (TOLD[line[0]].rank, line[3]))
    named = {ref for rule, ref, *_rest in found if rule != QUIET}
    kept = [line for line in found if line[0] != QUIET or line[1] not in named]
    times = Counter(map(_alike, kept))
    rows: dict[tuple[Any, ...], Line] = {}
    for line in kept:
        rows.setdefault(_alike(line), line)
    shown = [_need(*line, zone=programme.zone, times=times[alike]) for alike, line in list(rows.items())[:PAGE]]
    return Needs(shown, is_full=len(rows) >= PAGE or MOST in Counter(rule for rule, *_rest in found).values())


def _alike(line: Line) -> tuple[Any, ...]:
    """What one row stands for: the same rule in the same case; where no case is named, each line for itself."""
    rule, ref, _alias, _since, key = line
    return (rule, ref) if ref and rule not in COUNTED else (rule, ref, key)


def _need(rule: str, ref: str, alias: str, since: datetime, key: Any, *, zone: str, times: int) -> Need:
    told = TOLD[rule]
    counts = rule in COUNTED
    sentence = str(told.sentence) % {"count": ref} if counts else str(told.sentence) + (f" ({times})" if times > 1 else "")
    shown = ("", "") if counts else (ref, alias)
    return Need(sentence, *shown, told.when(since, zone), str(told.button), told.url(ref, key), TAGS.get(told.rank, ""))
