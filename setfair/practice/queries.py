"""One's own talks, and what a programme may know of all of them: months that are over, by kind, with small figures left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.programmes.models import Programme

from .models import Talk

LEAST = 5
"""A figure below this is not shown (practice.md 4.5)."""
FEW, LEFT_OUT = "<5", "–"
MONTHS, LATEST = 12, 20


def live() -> QuerySet[Talk]:
    """All that were not struck."""
    return Talk.objects.filter(struck__isnull=True)


def mine(user: UUID) -> list[Talk]:
    """What this member of the team wrote down, the latest first."""
    return list(live().filter(by=user).order_by("-held_on", "-at", "id")[:LATEST])


def own(user: UUID, pk: UUID) -> Talk | None:
    """This talk, if this member wrote it down."""
    return Talk.objects.filter(by=user, pk=pk).first()


@dataclass(frozen=True)
class Row:
    """A month, or all of them, and what is shown of each kind and of all kinds."""

    month: str
    figures: list[tuple[str, str]]


@dataclass(frozen=True)
class Table:
    columns: list[str]
    rows: list[Row]


def table(programme: Programme) -> Table:
    """The last twelve months that are over. A month that runs is not counted, so that no two readings of it tell of one talk."""
    today = clock.local(clock.now(), programme.zone).date()
    months = _months(today)
    held = live().filter(held_on__gte=months[0], held_on__lt=today.replace(day=1))
    found = Counter(held.annotate(month=TruncMonth("held_on")).order_by().values_list("month", "kind"))
    kinds = list(Talk.Kind)
    cells = [[found[(month, kind.value)] for kind in kinds] for month in months]
    with_sums = [[*row, sum(row)] for row in cells]
    with_sums.append([sum(column) for column in zip(*with_sums, strict=True)])
    named = [*(date_format(month, "YEAR_MONTH_FORMAT") for month in months), _("All")]
    heads = [*(str(kind.label) for kind in kinds), _("All")]
    rows = [Row(name, list(zip(heads, line, strict=True))) for name, line in zip(named, _shown(with_sums), strict=True)]
    return Table([_("Month"), *heads], rows)


def _months(today: date) -> list[date]:
    """The first day of each, the earliest first."""
    past = [today.year * 12 + today.month - 1 - back for back in range(MONTHS, 0, -1)]
    return [date(count // 12, count % 12 + 1, 1) for count in past]


def _shown(cells: list[list[int]]) -> list[list[str]]:
    """Each figure as it is shown, the sums among them.

    What is below five is hidden. Where one alone is hidden in a row or a column it could
    be worked out from the rest: then the smallest other figure of that line is left out
    too, a nought last of all, until no line hides one alone.
    """
    height, width = len(cells), len(cells[0])
    hidden = {(y, x) for y in range(height) for x in range(width) if 0 < cells[y][x] < LEAST}
    lines = [[(y, x) for x in range(width)] for y in range(height)] + [[(y, x) for y in range(height)] for x in range(width)]
    left_out = set(hidden)
    while alone := next((line for line in lines if len(left_out & set(line)) == 1), None):
        left_out.add(min((spot for spot in alone if spot not in left_out), key=lambda s: (cells[s[0]][s[1]] == 0, cells[s[0]][s[1]])))
    return [[FEW if (y, x) in hidden else LEFT_OUT if (y, x) in left_out else str(cells[y][x]) for x in range(width)] for y in range(height)]
