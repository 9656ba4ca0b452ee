"""The search for a time finds the team with it: who is on it stays, each empty place is filled by whose turn it is, and nobody is pushed."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setfair.calendars import actions as calendars
from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Assignment, Duty
from setfair.facilitators.models import ExamDay, Facilitator
from setfair.preparation.models import Override
from setfair.programmes.models import BellDay, Bells, Closure, Period, Room, Venue, Window
from setfair.scheduling import actions
from setfair.scheduling.actions import CannotBook, book
from setfair.scheduling.queries import lay_out, suggestions, ways_out, what_blocks
from setfair.scheduling.team_for import team_for
from setfair.village.cast import OTHER
from setfair.village.story import case_at

from .conftest import MONDAY, TUESDAY, led_by_one_alone

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("America/New_York")


@pytest.fixture
def alone(ready):
    """The same circle; Malik and Ines have stepped out of its team, and Fadi leads it."""
    for assignment in ready.case.assignments.filter(ended_at=None, part="student"):
        cases.unassign(assignment, by=ready.coordinator)
    return ready


def team(one):
    return [(helper.part, helper.name, helper.why) for helper in one.team]


@pytest.mark.mission("S0.2", "S0.7")
def test_each_time_comes_with_the_team_it_would_be_and_who_is_on_it_stays(alone):
    first = suggestions(alone.case)[0]
    assert (first.starts_at, team(first)) == (
        TUESDAY,
        [("student", "Ines Okafor", "has not had a turn yet"), ("student", "Malik Vane", "has not had a turn yet")],
    )
    assert (first.lacks_team, first.missing) == (True, "2 more student facilitators are needed.")
    assert suggestions(alone.case)[0].team == first.team


def test_a_team_that_is_complete_is_kept_and_nobody_is_proposed(ready):
    assert {(one.team, one.lacks_team) for one in suggestions(ready.case)} == {((), False)}


def test_a_time_at_which_too_few_could_help_is_not_suggested(alone, village):
    for name in ("malik", "tova"):
        ExamDay.objects.create(facilitator=village.facilitator(name), on=TUESDAY.date())
    Facilitator.objects.filter(kind="student").exclude(user__in=[village.malik, village.tova, village.ines]).delete()
    assert TUESDAY.date() not in {one.starts_at.astimezone(ZONE).date() for one in suggestions(alone.case, limit=99)}
    Window.objects.exclude(name="Tuesday morning").delete()
    alone.case.deadline = TUESDAY.date()
    assert what_blocks(alone.case) == ["Too few students of the team are free."]
    assert "Find one more student to help." in [way.words for way in ways_out(lay_out(alone.case))]


def test_students_that_somebody_set_aside_are_not_looked_for(alone):
    Override.objects.create(case=alone.case, blocker="students", why="There are none this week.", by=alone.coordinator.id)
    assert {(one.team, one.missing) for one in suggestions(alone.case)} == {((), "")}
