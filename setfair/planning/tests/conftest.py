from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from setfair.cases.journey import Stage
from setfair.planning import actions
from setfair.planning.models import Line, Plan
from setfair.planning.tasks import go_on
from setfair.programmes.models import Window
from setfair.village.cast import OTHER
from setfair.village.story import case_at
from setfair.village.time import at
from tests.scenes import scene

ZONE = ZoneInfo("America/New_York")
MONDAY = datetime(2027, 1, 11, 9, tzinfo=ZONE)
FIRST, LAST = datetime(2027, 1, 12).date(), datetime(2027, 2, 5).date()


@scene
def three_waiting(village):
    """Three cases of the school that became ready on a Monday; two share their people, and all share the team and the one room."""
    with at(MONDAY), village.inside():
        return [case_at(village, Stage.READY), case_at(village, Stage.READY, circle=OTHER, matter=1), case_at(village, Stage.READY, matter=3)]


@pytest.fixture
def monday():
    with at(MONDAY):
        yield MONDAY


@pytest.fixture
def three(village, monday, three_waiting):
    with village.inside():
        yield three_waiting


@pytest.fixture
def cora(village):
    return village.actor("cora")


def plan_of(village, by, **said):
    """Planned and searched for, as the worker does it."""
    given = {"first": FIRST, "last": LAST, "language": "en"} | said
    plan = actions.plan_term(village.school, by=by, **given)
    return searched(plan)


def searched(plan):
    go_on(seconds=0.1)
    return Plan.objects.select_related("programme").get(pk=plan.pk)


def only_tuesdays():
    """One hour a week, so that each week has room for one."""
    Window.objects.exclude(name="Tuesday morning").delete()
    Window.objects.update(starts=time(8, 0), ends=time(9, 0))


def words_gone(story):
    """Nobody can open the name of somebody in this circle any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_person SET name = %s, called = %s WHERE id = %s",
            [b"\x01" + bytes(40)] * 2 + [story.case.participations.earliest("added_at").person_id],
        )


def times(plan):
    lines = Line.objects.filter(plan=plan).select_related("case").order_by("during", "case__ref")
    return [(line.case.ref, line.state, line.during and line.during.lower.astimezone(ZONE).strftime("%a %d %H:%M")) for line in lines]
