"""A year that is over, with sixty cases that were long forgotten: only what may be said of them is there."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from setfair.tallies import rules, tables
from setfair.tallies.models import Release

ENDED = {"screened_out": 7, "withdrawn": 5, "not_met": 9, "met": 6, "not_kept": 2, "part": 6, "kept": 25}
DECIDED = {
    "screened_out": ("programme", "law"),
    "withdrawn": ("sender", "harmed"),
    "not_met": ("harmed", "responsible"),
    **dict.fromkeys(("met", "not_kept", "part", "kept"), ("together", "together")),
}
CIRCLE = {"harmed": 1, "responsible": 1, "supporter": 2}


def a_year_that_is_over() -> Release:
    """The year before last, as it was said when it was over."""
    year = timezone.localdate().year - 2
    said = tables.release(year, year, list(_cases(year)))
    return Release.objects.create(first=year, last=year, edition=rules.EDITION, tables=said.stored())


def _cases(year: int) -> Iterator[tables.Counted]:
    sources, kinds = ("self", "school", "school", "family", "school"), ("words", "letter", "repair", "payment", "time")
    every = [ended for ended, many in ENDED.items() for _n in range(many)]
    for n, ended in enumerate(every):
        promises = []
        if ended in tables.AGREED:
            promises = [("done", kinds[n % 5]), ("done" if ended == "kept" else "not_done", kinds[(n + 1) % 5])]
        days = {"to_accepted": 3 + n % 5, **({"to_met": 20 + n % 30} if ended in tables.MET else {})}
        people = CIRCLE if ended in tables.ACCEPTED else {}
        yield tables.Counted(n, year, ended, DECIDED[ended][n % 2], str(1 + n % 4), sources[n % 5], people, promises, days)
