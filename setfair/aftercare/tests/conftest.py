from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from setfair.aftercare import actions
from setfair.village.time import at

HERE = ZoneInfo("America/New_York")


def noon(day):
    return datetime(day.year, day.month, day.day, 12, 0, tzinfo=HERE)


def calls(case, **which):
    """Of each call: to whom, why, for which day it was planned, and where it stands."""
    rows = case.check_ins.filter(**which).order_by("planned_on", "purpose", "participation")
    return [(row.participation_id, row.purpose, row.planned_on, row.stage) for row in rows]


@pytest.fixture
def holding(village, at_following_up):
    """An agreement in force: a letter in a week, a payment in three, both Rami's and owed to Hana."""
    with village.inside():
        yield at_following_up


@pytest.fixture
def begun(holding):
    """The day on which it came into force."""
    return holding.items()[0].due_on - timedelta(days=7)


@pytest.fixture
def first(holding):
    """The call to Hana in the first week."""
    return holding.case.check_ins.get(participation=holding.hana, purpose="early", planned_on=holding.items()[0].due_on)


@pytest.fixture
def say():
    def said(row, by, what, days=0, words=""):
        with at(timezone.now() + timedelta(days=days)):
            return actions.check_in(row, by=by, said=what, words=words)

    return said
