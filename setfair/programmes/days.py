"""School days and court days: which do not count. Pure; `off_for_school` and `off_for_courts` look them up.

A deadline is `clock.add_days(start, n, closed=off)`. Days are dates on the programme's own calendar and never spans of
hours, so no night in which the clocks change makes one shorter or longer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from setfair.core.moulds import Mould, together

from .models import Closure, Term

Span = tuple[date, date]
SHUTS_SCHOOL = (Closure.Kind.CLOSED, Closure.Kind.HOLIDAY, Closure.Kind.COURT)
"""An exam is a school day: lessons fall out, deadlines run on."""


@dataclass(frozen=True)
class Off:
    """The days that do not count, beside weekends. Between two terms none does; before the first and after the last one
    that is known nobody knows, and every day counts that is not closed."""

    closed: tuple[Span, ...] = ()
    terms: tuple[Span, ...] = ()

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and (_in(self.closed, day) or self._between_terms(day))

    def _between_terms(self, day: date) -> bool:
        known = any(last < day for _first, last in self.terms) and any(day < first for first, _last in self.terms)
        return known and not _in(self.terms, day)


def off_for_school() -> Off:
    """For what a school owes, asked in one trip."""
    closed, terms = together(CLOSURES.asking(values={}), TERMS.asking(values={}))
    return Off(_spans(closed, SHUTS_SCHOOL), tuple(terms))


def off_for_courts() -> Off:
    """For what a court is owed: weekends and public holidays."""
    return Off(_spans(CLOSURES.ask(values={}), (Closure.Kind.COURT,)))


CLOSURES = Mould(lambda: Closure.objects.filter(whom=Closure.Whom.ALL).values_list("kind", "starts_on", "ends_on"))
TERMS = Mould(lambda: Term.objects.values_list("starts_on", "ends_on"))


def _spans(rows: Iterable[tuple[str, date, date]], kinds: Iterable[str]) -> tuple[Span, ...]:
    wanted = set(kinds)
    return tuple((first, last) for kind, first, last in rows if kind in wanted)


def _in(spans: Iterable[Span], day: date) -> bool:
    return any(first <= day <= last for first, last in spans)
