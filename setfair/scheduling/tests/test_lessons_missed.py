"""A lesson is missed from when somebody is asked to come, and not only from when it begins."""

from datetime import datetime, time

import pytest

from setfair.programmes.models import Bells, Period, Programme, Window
from setfair.scheduling.queries import suggestions

from .conftest import TUESDAY, ZONE

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(ready):
    """On Tuesdays a lesson ends ten minutes before lunch; the other days have none."""
    held = Bells.objects.create(by=ready.coordinator.id)
    return Period.objects.create(bells=held, schedule="usual", days=[1], name="Period 1", starts=time(11, 10), ends=time(11, 50), kind="lesson")


def test_a_lesson_is_missed_from_when_somebody_is_asked_to_come(ready, period):
    """Lunch begins at noon. The students of the team come half an hour before, the person responsible five minutes."""
    Window.objects.exclude(name="Lunch", weekday=1).delete()
    team = "Ines Okafor and Malik Vane would miss a lesson: Period 1."
    noon = datetime.combine(TUESDAY.date(), time(12), ZONE)
    first = suggestions(ready.case)[0]
    assert (first.starts_at, first.against[1:]) == (noon, (team,))
    Programme.objects.filter(pk=ready.programme.pk).update(early_responsible=15)
    ready.case.refresh_from_db()
    assert suggestions(ready.case)[0].against[1:] == ("Rami, Ines Okafor and Malik Vane would miss a lesson: Period 1.",)
    Programme.objects.filter(pk=ready.programme.pk).update(early_team=10, early_responsible=5)
    ready.case.refresh_from_db()
    assert suggestions(ready.case)[0].reasons[-1] == "Nobody misses a lesson."


def test_a_lesson_that_is_missed_on_the_way_weighs_as_any_other(ready, period):
    Window.objects.exclude(name="Lunch").delete()
    assert [one.starts_at.astimezone(ZONE).strftime("%a") for one in suggestions(ready.case, limit=1)] == ["Wed"]
