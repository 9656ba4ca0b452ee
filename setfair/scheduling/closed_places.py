"""Days and hours in which a closed place lets people meet with somebody who is there, and how long before it must be asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from setfair.cases.models import Case
from setfair.cases.queries import here
from setfair.core import clock
from setfair.people.custody import lasting
from setfair.people.staying import not_then, too_soon

from . import solver


def closed_place(case: Case, starts_at: datetime, ends_at: datetime) -> str:
    """Why the place in which somebody is does not let them meet then; empty where it does, and where nobody is in one."""
    zone = case.programme.zone
    today, on = clock.local(clock.now(), zone).date(), clock.local(starts_at, zone).date()
    for custody in lasting(here(case).values("person_id")).select_related("person").order_by("at"):
        first, where = custody.first_day(today), _("%(name)s is in a closed place.") % {"name": custody.person.shown}
        if on < first:
            return f"{where} {too_soon(custody, first)}"
        if not custody.is_open(starts_at, ends_at, zone):
            return f"{where} {not_then(custody)}"
    return ""


def let_in(people: Iterable[UUID], stretches: list[solver.Stretch], today: date, zone: str) -> list[solver.Stretch]:
    """What is left of these within the hours of each closed place in which one of them is, and late enough to ask it."""
    for custody in lasting(list(people)):
        first = custody.first_day(today)
        days = [(s, clock.local(s.starts, zone).date()) for s in stretches]
        clipped = [
            replace(s, starts=max(s.starts, begins), ends=min(s.ends, ends))
            for s, day in days
            if day >= first
            for begins, ends in custody.where.spans(day, zone)
        ]
        stretches = [s for s in clipped if s.starts < s.ends]
    return stretches
