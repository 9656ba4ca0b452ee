"""Faults in the lines that stay open: what they cost, and who is told nothing."""

from __future__ import annotations

import asyncio

import pytest
from django.http import HttpRequest, HttpResponse, QueryDict

from config import keeper
from config.lines import Circle
from config.live import Hub
from setfair.conferences.live import state
from setfair.conferences.models import Conference
from setfair.conferences.views import table as of_the_table


def said_for_each_line(patch: pytest.MonkeyPatch) -> None:
    """Each page that lies open is gathered and put into words for by itself."""

    async def tell(hub: Hub, circle: Circle) -> None:
        for seat in list(hub.lines.get(circle, {}).values()):
            said = await asyncio.get_running_loop().run_in_executor(hub.thread, hub.say, circle, [seat])
            hub.keeper.tell(circle, seat, said[seat])

    patch.setattr(Hub, "_tell", tell)


def waits_for_the_slowest(patch: pytest.MonkeyPatch) -> None:
    """Nobody is told anything before everybody of the circle has read what was said last."""
    patch.setattr(keeper, "MODULE", "tests.patient_lines")


def beat_lost(patch: pytest.MonkeyPatch) -> None:
    """Every fourth beat that the database tells of is not heard."""
    told = Hub._told

    def hear(hub: Hub, payload: str) -> None:
        last = payload.rpartition(" ")[2]
        if not last.isdigit() or int(last) % 4:
            told(hub, payload)

    patch.setattr(Hub, "_told", hear)


def break_told_to_no_one(patch: pytest.MonkeyPatch) -> None:
    """That they are in a break is worked out, and stands in no line of those who hear it."""
    for kind, names in state.SHOWS.items():
        patch.setitem(state.SHOWS, kind, tuple(name for name in names if name != "pause"))


def team_only_at_the_table(patch: pytest.MonkeyPatch) -> None:
    """Who holds the script, and that somebody wishes for a break, is told to everybody's phone, which has no place for it."""
    patch.setitem(state.SHOWS, state.Kind.TABLE, (*state.SHOWS[state.Kind.TABLE], "hand", "wish"))


def wakes_to_what_was(patch: pytest.MonkeyPatch) -> None:
    """Whoever opens a line counts as having heard all there is."""

    def line(request: HttpRequest, conference: Conference, kind: state.Kind) -> HttpResponse:
        request.GET = QueryDict(f"heard={conference.beat}")
        return answered(request, conference, kind)

    answered = of_the_table.line
    patch.setattr(of_the_table, "line", line)


PLANTS = {
    "break-told-to-no-one": break_told_to_no_one,
    "team-only-at-the-table": team_only_at_the_table,
    "wakes-to-what-was": wakes_to_what_was,
    "said-for-each-line": said_for_each_line,
    "waits-for-the-slowest": waits_for_the_slowest,
    "beat-lost": beat_lost,
}
