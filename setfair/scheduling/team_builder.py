"""The page on which a team is put together for one time: whose turn it is and why, who cannot, who was asked and what they said."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases import actions as cases
from setfair.cases.letters_of_duty import when_of
from setfair.cases.models import Assignment, Case, Duty
from setfair.cases.queries import frame
from setfair.core import clock
from setfair.facilitators.models import Facilitator

from . import actions
from . import candidates as pure
from .candidates import Candidate, Chosen
from .forms_of_team import DayForm, HourForm, NextForm, TeamForm
from .open_days import first_open
from .queries import live_booking
from .said import when
from .team_for import TeamFor, language_words, needs_of, team_for, why_not_words, why_words


@door(Permission.RUN_CASE, Case)
@require_http_methods(["GET", "POST"])
def team_builder(request: HttpRequest, case: Case) -> HttpResponse:
    day = DayForm(request.GET if "day" in request.GET else _usual(case))
    if not day.is_valid():
        return render(request, "scheduling/team.html", frame(case, "case_people") | {"day": day}, status=422)
    starts_at, minutes = day.starts_at(case.programme.zone), day.cleaned_data["minutes"]
    found = team_for(case, day.cleaned_data["day"], day.cleaned_data["day"])
    form, refused = TeamForm(request.POST if request.method == "POST" else None, places=_places(found, starts_at, minutes)), ""
    if form.is_valid():
        try:
            asked = form.chosen()
            they = Facilitator.objects.select_related("user").in_bulk([who for _part, who in asked])
            places = [(part, they[who]) for part, who in asked]
            goes_on = form.cleaned_data["goes_on"]
            _thank(request, len(actions.ask_team(case, by=request.actor, starts_at=starts_at, minutes=minutes, places=places, goes_on=goes_on)))  # type: ignore[attr-defined]
            return redirect(request.get_full_path())
        except cases.CannotChange as reason:
            refused = str(reason)
    page = _page(found, day, form, starts_at, minutes) | {"refused": refused}
    return render(request, "scheduling/team.html", frame(case, "case_people") | page, status=422 if refused or form.is_bound else 200)


@door(Permission.RUN_CASE, Case)
@require_POST
def ask_next(request: HttpRequest, case: Case) -> HttpResponse:
    """One more is asked for a place that nobody has said yes to yet; the first who does has it."""
    form = NextForm(request.POST, duties=Duty.objects.filter(case=case).select_related("case__programme"))
    if form.is_valid():
        duty = form.cleaned_data["duty"]
        who = next_in_turn(duty)
        if who is None:
            messages.info(request, _("Nobody else is free then."))
        else:
            cases.ask_to_help(case, by=request.actor, facilitator=who, place=duty.place, goes_on=duty.goes_on, **duty.asked())  # type: ignore[attr-defined]
            _thank(request, 1)
    return redirect("team_builder", ref=case.ref)


@door(Permission.RUN_CASE, Case)
@require_POST
def ask_anew(request: HttpRequest, case: Case) -> HttpResponse:
    """Whoever of the team said yes to another time is asked about this one."""
    form = HourForm(request.POST)
    if form.is_valid():
        try:
            _thank(request, len(actions.ask_anew(case, by=request.actor, **form.cleaned_data)))  # type: ignore[attr-defined]
        except cases.CannotChange as reason:
            messages.info(request, str(reason))
    return redirect("schedule", ref=case.ref)


def next_in_turn(duty: Duty) -> Facilitator | None:
    """Whose turn it is for a place that somebody else was asked for: nobody who was asked here before."""
    on = clock.local(duty.starts_at, duty.case.programme.zone).date()
    found = team_for(duty.case, on, on)
    asked = set(Duty.objects.filter(case=duty.case, starts_at=duty.starts_at).values_list("facilitator", flat=True))
    ranked = [c.who.id for c in _ranked(found, duty.part, duty.starts_at, duty.minutes) if c.who.id not in asked]
    return Facilitator.objects.select_related("user").get(pk=ranked[0]) if ranked else None


def still_needed(duty: Duty) -> bool:
    """Whether the place that somebody was asked for is still empty, or is theirs already."""
    theirs = Assignment.objects.filter(case=duty.case, facilitator=duty.facilitator, part=duty.part, ended_at__isnull=True)
    return duty.part in needs_of(duty.case).places() or theirs.exists()


def _usual(case: Case) -> dict[str, Any]:
    """The time that is booked; else the first of the programme's own windows from tomorrow on."""
    booking, zone = live_booking(case), case.programme.zone
    if booking is not None:
        there, minutes = clock.local(booking.starts_at, zone), (booking.ends_at - booking.starts_at) // timedelta(minutes=1)
        return {"day": there.date(), "clock": there.time(), "minutes": minutes}
    today = clock.local(clock.now(), zone).date()
    first = first_open(case.programme, today)
    begins = clock.local(first.starts, zone) if first is not None else clock.at(today + timedelta(days=1), 9, 0, zone)
    return {"day": begins.date(), "clock": begins.time(), "minutes": case.programme.max_minutes}


def _ranked(found: TeamFor, part: str, starts_at: datetime, minutes: int) -> list[Chosen]:
    """Everybody who can, in the order of whose turn it is."""
    span, left, ranked = (starts_at, starts_at + timedelta(minutes=minutes)), list(found.candidates), []
    one = pure.Needs(int(part == pure.LEAD), int(part == pure.CO), int(part == pure.STUDENT), found.needs.languages)
    while team := pure.best_team(left, one, span, found.almanac, found.spoken).places:
        ranked += team
        left = [who for who in left if who.id != team[0].who.id]
    return ranked


def _places(found: TeamFor, starts_at: datetime, minutes: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each empty place with everybody who can take it, the one whose turn it is first."""
    zone, chosen = found.case.programme.zone, {}
    for place in found.best(starts_at, minutes).places:
        chosen.setdefault(place.part, []).append(place)
    waiting = set(Duty.objects.filter(case=found.case, answer="").values_list("facilitator", flat=True))
    rows = []
    for part in found.needs.places():
        first = chosen.get(part, [None])
        best = first.pop(0) if first else None
        ranked = [c for c in _ranked(found, part, starts_at, minutes) if best is None or c.who.id != best.who.id]
        options = [c for c in ([best] if best else []) + ranked if c.who.id not in waiting]
        why = [(str(c.who.id), f"{c.who.name}: {why_words(c, found.candidates, found.needs, starts_at, zone)}") for c in options]
        rows.append((part, why))
    return rows


def _page(found: TeamFor, day: DayForm, form: TeamForm, starts_at: datetime, minutes: int) -> dict[str, Any]:
    zone, best = found.case.programme.zone, found.best(starts_at, minutes)
    by_id: dict[Any, Candidate] = {who.id: who for who in found.candidates}
    cannot = [(by_id[who].name, why_not_words(why, by_id[who], starts_at, zone)) for who, why in best.refused.items()]
    duties = Duty.objects.filter(case=found.case).select_related("facilitator__user", "programme").order_by("starts_at", "asked_at", "id")
    return {
        "day": day, "form": form, "on_it": found.on_it,
        "when": when(starts_at, starts_at + timedelta(minutes=minutes), zone),
        "open": [Assignment.Part(part).label for part in best.open],
        "unspoken": [language_words(code) for code in sorted(best.unspoken)],
        "cannot": sorted([*cannot, *found.others]),
        "duties": [(duty, when_of(duty)) for duty in duties],
    }  # fmt: skip


def _thank(request: HttpRequest, count: int) -> None:
    if count:
        said = ngettext("%(n)s person is asked. They learn the day and the hour, and no name.", "%(n)s people are asked. They learn the day and the hour, and no name.", count)  # fmt: skip  # noqa: E501
        messages.success(request, said % {"n": count})
