"""Faults that make a page cost more than it has to: the house in time, or its reader in presses."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse

from setfair.access.middleware import FrontDoor
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation
from setfair.desk import needs, rows
from setfair.desk.views import cases as case_list
from setfair.preparation.queries import circle
from setfair.preparation.views import ready


def query_for_each_row(patch: pytest.MonkeyPatch) -> None:
    """Each line of the case list asks the database once more whether its case is there."""
    told = rows.CaseRow.told

    def asked(row: rows.CaseRow) -> dict[str, object]:
        rows.Case.objects.filter(pk=row.case["id"]).exists()
        return told(row)

    patch.setattr(rows.CaseRow, "told", asked)


def every_case_read(patch: pytest.MonkeyPatch) -> None:
    """The case list takes all cases of the programme into the hand to show some of them."""
    rows_of = case_list.rows_of

    def read(*given: Any) -> Any:
        len(rows.Case.objects.values_list("pk", "alias"))
        return rows_of(*given)

    patch.setattr(case_list, "rows_of", read)


def slow_door(patch: pytest.MonkeyPatch) -> None:
    answer = FrontDoor.__call__

    def slow(door: FrontDoor, request: HttpRequest) -> HttpResponse:
        time.sleep(0.04)
        return answer(door, request)

    patch.setattr(FrontDoor, "__call__", slow)


def stop_leads_home(patch: pytest.MonkeyPatch) -> None:
    """Whoever wants to stop is led home first, as everybody else is."""
    answer = FrontDoor.__call__

    def planted(door: FrontDoor, request: HttpRequest) -> HttpResponse:
        response = answer(door, request)
        if "text/html" in response.get("Content-Type", ""):
            response.content = response.content.replace(b'name="to" value="stop"', b'name="to" value=""')
        return response

    patch.setattr(FrontDoor, "__call__", planted)


def today_asks_for_each_line(patch: pytest.MonkeyPatch) -> None:
    """Each line of Today asks the database once more whether its case is there."""
    told = needs._need

    def asked(*line: Any, **there: Any) -> needs.Need:
        Case.objects.filter(ref=line[1]).exists()
        return told(*line, **there)

    patch.setattr(needs, "_need", asked)


def today_reads_every_case(patch: pytest.MonkeyPatch) -> None:
    """Today takes every open case into the hand, to show some of them."""
    lines = needs.lines

    def read(*given: Any, **there: Any) -> Any:
        len(Case.objects.exclude(stage=Stage.CLOSED))
        return lines(*given, **there)

    patch.setattr(needs, "lines", read)


def board_asks_for_each_person(patch: pytest.MonkeyPatch) -> None:
    """Each person on the board asks the database once more whether they are there."""
    _for_each_person(patch, lambda known, k: Participation.objects.filter(pk=k.participation.pk).exists())


def board_reads_it_all_again(patch: pytest.MonkeyPatch) -> None:
    """For each person on the board the board of the whole circle is worked out anew."""
    board = ready.queries.board
    _for_each_person(patch, lambda known, k: board(circle(known.case), known.today()))


def _for_each_person(patch: pytest.MonkeyPatch, act: Any) -> None:
    board = ready.queries.board

    def asked(known: Any, on: Any) -> Any:
        for k in known.people:
            act(known, k)
        return board(known, on)

    patch.setattr(ready.queries, "board", asked)


PLANTS = {
    "query-for-each-row": query_for_each_row,
    "every-case-read": every_case_read,
    "slow-door": slow_door,
    "stop-leads-home": stop_leads_home,
    "today-asks-for-each-line": today_asks_for_each_line,
    "today-reads-every-case": today_reads_every_case,
    "board-asks-for-each-person": board_asks_for_each_person,
    "board-reads-it-all-again": board_reads_it_all_again,
}
