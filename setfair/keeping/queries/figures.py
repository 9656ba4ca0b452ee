"""What stays of all that was forgotten, counted so that nobody can be found in it.

These figures are carried on: into a yearly report, a letter to whoever pays. So no
number from 1 to 4 is in them, and none that one of those could be worked out from:
not from the others beside it, and not from the same page on another day. Each is
about one whole year that is over, so it never changes (decision 57).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Sum
from django.utils import timezone

from setfair.outcomes.models import Closure
from setfair.programmes.own_reasons import called
from setfair.programmes.reasons import DECIDED, Decider, Reason
from setfair.referrals.journey import Stage as Asked
from setfair.referrals.models import Referral, Screening

from ..endings import Group
from ..models import Tombstone
from .due import terms

FEWEST = 5
"""So many have to be in a number before it is said."""


@dataclass(frozen=True)
class Figure:
    """One line of what stays: how many that ended so were forgotten in a year, and what was promised and kept in them.

    `number` is None where it is not said: `few` tells whether that is because there are
    fewer than five, or because one that is fewer could be worked out from it.
    """

    year: int
    group: str
    number: int | None
    promises: int | None
    kept: int | None
    few: bool = False


def figures() -> list[Figure]:
    """What was forgotten in each year that is over, as it may be said outside. No year gets a stone later: it is of the month in which it is made."""
    here = Tombstone.objects.filter(forgotten_in__lt=timezone.localdate().replace(month=1, day=1))
    rows = here.order_by().values("forgotten_in__year", "group")
    counted = rows.annotate(n=Count("pk"), of=Sum("promises"), done=Sum("promises_kept")).order_by("-forgotten_in__year", "group")
    lines = [(row["forgotten_in__year"], str(Group(row["group"]).label), row["n"], row["of"], row["done"]) for row in counted]
    return [figure for year, these in groupby(lines, key=lambda line: line[0]) for figure in _sayable(year, list(these))]


@dataclass(frozen=True)
class Decided:
    """One line of whose decision it was: how many requests and cases ended so in a year. `number` and `few` as in `Figure`."""

    year: int
    decider: str
    number: int | None
    few: bool


def deciders() -> list[Decided]:
    """Whose decision it was, for each year that is over.

    What is kept and what was forgotten are counted together, so that a number stays
    when its words go; and requests with cases, so that it stands beside no other sum.
    """
    counted: Counter[tuple[int, Decider]] = Counter()
    for year, decider, number in _decided():
        counted[year, decider] += number
    this = timezone.localdate().year
    found = []
    for year in sorted({year for year, _decider in counted if year < this}, reverse=True):
        lines = [(year, called(decider), counted[year, decider], 0, 0) for decider in Decider if counted[year, decider]]
        found += [Decided(one.year, one.group, one.number, one.few) for one in _sayable(year, lines)]
    return found


def _decided() -> Iterable[tuple[int, Decider, int]]:
    for facts in (Closure.objects.all(), Screening.objects.filter(accepted=False)):
        for row in facts.order_by().values("at__year", "reason", "own__decider").annotate(n=Count("pk")):
            yield row["at__year"], Decider(row["own__decider"] or DECIDED[Reason(row["reason"])]), row["n"]
    stones = Tombstone.objects.exclude(decider="").order_by().values_list("closed_in__year", "decider").annotate(n=Count("pk"))
    for year, decider, number in stones:
        yield year, Decider(decider), number
    for term in terms(list(Referral.objects.filter(stage=Asked.WITHDRAWN))).values():
        yield timezone.localdate(term.ended).year, Decider.SENDER, 1


def at_least(number: int) -> int | None:
    """A count as it may be said: none is none, and from 1 to 4 it is not said."""
    return number if number == 0 or number >= FEWEST else None


def _sayable(year: int, lines: list[tuple[int, str, int, int, int]]) -> Iterable[Figure]:
    """Of one year. Where a single group is too small, the next one is not said either: from the sum of the year the small one could be worked out."""
    numbers = [line[2] for line in lines]
    small = {place for place, number in enumerate(numbers) if number < FEWEST}
    beside: set[int] = set()
    if len(small) == 1 and len(lines) > 1:
        beside = {min((place for place in range(len(lines)) if place not in small), key=numbers.__getitem__)}
    for place, (_year, group, number, of, done) in enumerate(lines):
        if place in small | beside:
            yield Figure(year, group, None, None, None, few=place in small)
        else:
            said = all(at_least(part) is not None for part in (of, done, of - done))
            yield Figure(year, group, number, at_least(of), done if said else None)
