"""What the pages of a plan show; they ask, and change nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.programmes.models import Programme
from setfair.scheduling.said import clock_time, day, when

from . import queries, searching
from .forms import AgainForm, TermForm, TimeForm
from .journey import LIVE, Stage
from .models import Line, Plan
from .queries import Row

MANY = 24
"""Times that are shown to choose one by hand; more than this nobody reads."""
State = Line.State


def begin(actor: Actor, programme: Programme, form: TermForm) -> dict[str, Any]:
    """How many wait for a time, and the plan that is there already."""
    latest = queries.latest(actor)
    return {
        "form": form,
        "waiting": list(queries.to_plan(actor)),
        "asked": _asked(actor, programme),
        "plan": latest if latest is not None and latest.stage in LIVE else None,
        "before": latest if latest is not None and latest.stage == Stage.DONE else None,
    }


def template(plan: Plan) -> str:
    busy = {Stage.SEARCHING: "planning/searching.html", Stage.BOOKING: "planning/booking.html", Stage.DRAFT: "planning/draft.html"}
    return busy.get(Stage(plan.stage), "planning/done.html")


def of(plan: Plan, actor: Actor, view: str, refusal: str = "") -> dict[str, Any]:
    """A plan as it stands: how far the search is, the draft, or what came of it."""
    page: dict[str, Any] = {"plan": plan, "refusal": refusal, "programme": plan.programme, "stays": queries.was_told(plan).exists()}
    if plan.stage in (Stage.SEARCHING, Stage.DROPPED):
        return page
    rows = queries.draft(plan, actor)
    by_state = {state: [_row(row, plan.programme.zone) for row in rows if row.line.state == state] for state in State}
    page |= {state.value: by_state[state] for state in State if state != State.ASKED} | {"team_asked": by_state[State.ASKED]}
    page |= {"of": len(rows) - len(by_state[State.OUT]), "stale": sum(bool(row["stale"]) for row in by_state[State.PLACED])}
    if plan.stage == Stage.BOOKING:
        told = sum(len(by_state[state]) for state in (State.BOOKED, State.ASKED, State.REFUSED))
        return page | {"told": told, "turns": told + len(by_state[State.PLACED])}
    if plan.stage == Stage.DONE:
        return page
    tabs = [(_("List"), ""), (_("Week by week"), "weeks")]
    return page | {
        "head": [_("Case"), _("Time and room"), _("Why"), ""],
        "again": AgainForm(),
        "asked": _asked(actor, plan.programme),
        "holds": sum(not row["would_be"] and not row["stale"] for row in by_state[State.PLACED]),
        "asks": sum(bool(row["would_be"]) and not row["stale"] for row in by_state[State.PLACED]),
        "tabs": [{"label": label, "url": f"?view={name}" if name else "?", "current": name == view} for label, name in tabs],
        "weeks": _weeks(by_state[State.PLACED]) if view == "weeks" else [],
    }


def change(line: Line, form: TimeForm, blocks: list[str]) -> dict[str, Any]:
    return {"line": line, "case": line.case, "form": form, "blocks": blocks, "now": _when(line, line.plan.programme.zone)}


def times_of(line: Line, data: Any = None) -> tuple[TimeForm, list[str]]:
    """The times that fit while every other line stays where it is, to choose from; or what blocks them all."""
    others = list(Line.objects.filter(plan=line.plan, state=State.PLACED).exclude(pk=line.pk))
    term = queries.lay_out([line.case], *searching.reach(line.plan), others)
    form = TimeForm(data, times=term.choices(line.case.ref, MANY), zone=line.plan.programme.zone)
    return form, [] if form.times else searching.blocks(term, line.case.ref, term.diary())


def _asked(actor: Actor, programme: Programme) -> list[dict[str, Any]]:
    """Whose people are asked about times, with the hour about which it is the team."""
    cases = list(queries.being_asked(actor))
    hours = {pk: when(duty.starts_at, duty.ends_at, programme.zone) for pk, duty in queries.asked_hours(cases).items()}
    return [{"ref": case.ref, "when": hours.get(case.pk, "")} for case in cases]


def _row(row: Row, zone: str) -> dict[str, Any]:
    line, words = row.line, row.line.words or {}
    return {
        "line": line,
        "ref": line.case.ref,
        "names": row.names,
        "team": row.team,
        "would_be": row.would_be,
        "stale": row.stale,
        "when": _when(line, zone),
        "hours": f"{clock_time(line.during.lower, zone)}–{clock_time(line.during.upper, zone)}" if line.during else "",
        "on": clock.local(line.during.lower, zone).date() if line.during else None,
        "day": day(line.during.lower, zone) if line.during else "",
        "room": line.room.name if line.room else "",
        "for": words.get("for", ()),
        "against": words.get("against", ()),
        "blocks": words.get("blocks", ()),
        "refused": words.get("refused", ""),
    }


def _when(line: Line, zone: str) -> str:
    return when(line.during.lower, line.during.upper, zone) if line.during else ""


def _weeks(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By week and day, without the days on which nothing lies."""
    weeks: dict[date, dict[str, list[dict[str, Any]]]] = {}
    for row in rows:
        monday = row["on"] - timedelta(days=row["on"].weekday())
        weeks.setdefault(monday, {}).setdefault(row["day"], []).append(row)
    there = reverse("week")
    return [
        {"name": _("Week of %(day)s") % {"day": date_format(monday, "DATE_FORMAT")}, "url": f"{there}?day={monday.isoformat()}", "days": days}
        for monday, days in sorted(weeks.items())
    ]
