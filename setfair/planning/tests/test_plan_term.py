import pytest

from setfair.planning.models import Line

from .conftest import ZONE, only_tuesdays, plan_of

pytestmark = pytest.mark.django_db


def times(plan):
    lines = Line.objects.filter(plan=plan).select_related("case").order_by("during")
    return [(line.case.ref, line.state, line.during and line.during.lower.astimezone(ZONE).strftime("%a %d %H:%M")) for line in lines]


def test_every_case_has_a_time_of_its_own(village, three, cora):
    only_tuesdays()
    plan = plan_of(village, cora)
    assert plan.stage == "draft"
    print(times(plan), [line.words for line in Line.objects.all()])
    assert 0
