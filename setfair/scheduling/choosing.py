"""What the page shows that finds a time: what is needed, the rules, the best times, what blocks, and the week as a grid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.cases.models import Case, Duty
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.preparation.queries import Circle as Prepared
from setfair.preparation.queries import blockers
from setfair.preparation.queries import circle as known
from setfair.programmes.wording import told

from . import queries, solver
from .look import Look
from .queries import LaidOut, Suggestion
from .said import clock_time, day, listed, when
from .ways import ways

MANY = 999
OF_THE_TEAM = frozenset({"lead", "staff", "students"})


@dataclass(frozen=True)
class Slot:
    """One window of one day: the time that is best in it, or in a few words what stands in the way."""

    name: str
    hours: str
    time: Mapping[str, Any] | None
    blocks: str


def to_choose(case: Case, by: Actor, look: Look) -> dict[str, Any]:
    """The best five, or with a day of it the whole week in which that day lies."""
    prepared, zone = known(case), case.programme.zone
    laid = queries.lay_out(case, look.minutes, prepared)
    days = _days(look.week, laid, zone) if look.week else None
    asked = queries.asked_of(case, laid.needed.team)
    found = queries.of_layout(laid, prepared, MANY if days else 5, days, asked)
    rows = [_row(one, case) for one in found]
    context = {
        "choosing": True,
        "of_all": _of_all(rows),
        "suggestions": rows,
        "needs": _needs(laid),
        "length": _length(case, laid),
        "other": _other(case, laid, look),
        "rules": _rules(case, laid),
        "blocks": [] if rows or days else queries.blocks_of(case, laid),
        "ways": [] if days or any(not one.reluctant for one in found) else ways(case, laid, by, look),
        "head": [_("Time and place"), _("Why"), ""],
        "views": _views(case, laid, look),
        "agreed": _agreed(case, prepared, asked, queries.length_of(case, laid.needed.people).minutes),
        "asks_team": bool(laid.helping.needs.places()) or any(one.asks_anew for one in found),
        "seeks_team": bool(laid.helping.needs.places()),
        "can_offer": not laid.helping.needs.places() and not all(one.asks_anew for one in found),
        "asked_to_help": listed([duty.facilitator.user.name for duty in _waiting(case)]) if laid.helping.needs.places() else "",
    }
    return context | (_week(case, laid, look, days, dict(zip(found, rows, strict=True))) if days else {})


def waits_for_team(case: Case) -> bool:
    """Whether nothing is missing but somebody of the team, or nothing at all: then a time is looked for before the case is marked ready."""
    return {blocker.code for blocker in blockers(case)} <= OF_THE_TEAM


def _agreed(case: Case, prepared: Prepared, asked: queries.Asked, usual: int) -> dict[str, Any]:
    """The hour to which the team said yes, as a row that can be booked; or what each of them said, where that is not one hour or it does not fit.

    Where they said yes to less than the meeting needs now, that is said: whether it may be shorter, or they are asked for longer, is for people.
    """
    said, zone = queries.agreed_of(asked), case.programme.zone
    if said.waits or not said.words:
        return {}
    one = queries.at_hour(case, prepared, said.hour, said.minutes) if said.hour else None
    words = [(when(at, at + timedelta(minutes=said.minutes), zone), listed(names)) for at, names in said.words.items()]
    row = _row(one, case) if one is not None and not one.missing else None
    shorter = {"said": said.minutes, "usual": usual} if said.minutes < usual else None
    return {"row": row, "words": words, "lacks": bool(one and one.lacks_team), "missing": one.missing if one else "", "shorter": shorter}


def _waiting(case: Case) -> QuerySet[Duty]:
    """Who was asked to help and has not answered yet."""
    return Duty.objects.filter(case=case, answer="").select_related("facilitator__user").order_by("asked_at", "id")


def _row(one: Suggestion, case: Case) -> dict[str, Any]:
    zone, there = case.programme.zone, clock.local(one.starts_at, case.programme.zone)
    day_of_team = urlencode({"day": there.date().isoformat(), "clock": f"{there:%H:%M}", "minutes": one.minutes})
    return {
        "when": when(one.starts_at, one.ends_at, zone),
        "hours": _hours(one, zone),
        "room": one.room,
        "reasons": one.reasons,
        "against": one.against,
        "missing": one.missing,
        "team": one.team,
        "lacks_team": one.lacks_team,
        "team_page": f"{reverse('team_builder', args=[case.ref])}?{day_of_team}",
        "day": there.date(),
        "asks_anew": listed(list(one.asks_anew)),
        "moment": one.starts_at.isoformat(),
        "minutes": one.minutes,
    }


def _of_all(rows: list[dict[str, Any]]) -> list[str]:
    """What speaks against each of these times alike. It is taken out of them: said once, it does not hide in what they differ."""
    if len(rows) < 2:
        return []
    alike = [line for line in rows[0]["against"] if all(line in row["against"] for row in rows)]
    for row in rows:
        row["against"] = [line for line in row["against"] if line not in alike]
    return alike


def _hours(span: Suggestion | solver.Stretch, zone: str) -> str:
    starts, ends = (span.starts_at, span.ends_at) if isinstance(span, Suggestion) else (span.starts, span.ends)
    return f"{clock_time(starts, zone)}–{clock_time(ends, zone)}"


def _needs(laid: LaidOut) -> str:
    said = [_("%(minutes)s minutes") % {"minutes": laid.minutes}, _("a room with %(seats)s seats") % {"seats": laid.meeting.seats}]
    said.append(listed(list(laid.names.values())))
    places = len(laid.helping.needs.places())
    if places:
        said.append(_("%(n)s more of the team") % {"n": places})
    return " · ".join(said)


def _length(case: Case, laid: LaidOut) -> str:
    """How the minutes come about, where there is more in them than the talk."""
    its = queries.length_of(case, laid.needed.people)
    if laid.minutes != its.minutes:
        return ""
    return its.words if its.wanted != its.talk or its.minutes != its.wanted else ""


def _other(case: Case, laid: LaidOut, look: Look) -> dict[str, Any]:
    """That these are times for another length than the usual one, and the way back; nothing where they are for that."""
    usual = queries.length_of(case, laid.needed.people).minutes
    return {"minutes": laid.minutes, "usual": usual, "back": look.at(case, minutes=None)} if laid.minutes != usual else {}


def _rules(case: Case, laid: LaidOut) -> str:
    said = list(dict.fromkeys(told(one.name) for one in laid.almanac.stretches))
    said.append(_("the two sides arrive %(minutes)s minutes apart") % {"minutes": queries.apart(case.programme)})
    if case.deadline:
        said.append(_("by %(day)s, the deadline") % {"day": date_format(case.deadline, "DATE_FORMAT")})
    return " · ".join(said)


def _views(case: Case, laid: LaidOut, look: Look) -> list[dict[str, Any]]:
    first, _last = _reach(laid, case.programme.zone)
    return [
        {"label": _("Best times"), "url": look.at(case, week=""), "current": not look.week},
        {"label": _("Week by week"), "url": look.at(case, week=first.isoformat()), "current": bool(look.week)},
    ]


def _week(case: Case, laid: LaidOut, look: Look, days_of: tuple[date, date], found: dict[Suggestion, dict[str, Any]]) -> dict[str, Any]:
    zone, monday = case.programme.zone, days_of[0]
    first, last = _reach(laid, zone)
    best = {laid.almanac.stretch_of(one.starts_at): row for one, row in found.items()}
    hindered = solver.hindered(laid.diary, laid.meeting)
    days: dict[str, list[Slot]] = {}
    for stretch in laid.almanac.stretches:
        if monday <= clock.local(stretch.starts, zone).date() < monday + timedelta(weeks=1):
            row = best.get(stretch)
            words = "" if row else queries.stands_in_the_way(laid, stretch, hindered)
            days.setdefault(day(stretch.starts, zone), []).append(Slot(told(stretch.name), _hours(stretch, zone), row, words))
    earlier, later = monday - timedelta(weeks=1), monday + timedelta(weeks=1)
    return {
        "week": [{"day": name, "slots": slots} for name, slots in days.items()],
        "is_week": True,
        "week_of": _("Week of %(day)s") % {"day": date_format(monday, "DATE_FORMAT")},
        "earlier": look.at(case, week=earlier.isoformat()) if monday > first else "",
        "later": look.at(case, week=later.isoformat()) if later <= last else "",
    }


def _days(said: str, laid: LaidOut, zone: str) -> tuple[date, date]:
    """Monday and Sunday of the week in which that day lies; of the first week in which anything is open, where it is no day or an earlier one."""
    first, last = _reach(laid, zone)
    try:
        chosen = min(max(date.fromisoformat(said), first), last)
    except ValueError:
        chosen = first
    monday = chosen - timedelta(days=chosen.weekday())
    return monday, monday + timedelta(days=6)


def _reach(laid: LaidOut, zone: str) -> tuple[date, date]:
    """The first and the last day on which anything is open; today, where nothing is."""
    open_at = [one.starts for one in laid.almanac.stretches] or [clock.now()]
    return clock.local(open_at[0], zone).date(), clock.local(open_at[-1], zone).date()
