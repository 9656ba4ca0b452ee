"""Today says what becomes of the team of a case: complete, nobody left to ask, or one of them cannot any more."""

from datetime import timedelta

import pytest

from setfair.cases import actions as cases
from setfair.cases.models import Assignment, Duty
from setfair.core import clock
from setfair.scheduling import queries

from .todays import rules, told

pytestmark = pytest.mark.django_db
OURS = ("timeless", "unled", "stepped_out", "team_complete", "nobody_left", "all_said_no")


def said(village, who="cora"):
    return [rule for rule in rules(village, who) if rule in OURS]


@pytest.fixture
def asked(village, at_ready):
    """Both students have left, and two others are asked for the first hour that fits."""
    with village.inside():
        for assignment in at_ready.case.assignments.filter(ended_at=None, part="student"):
            cases.unassign(assignment, by=at_ready.coordinator)
        when = queries.suggestions(at_ready.case)[0].starts_at
        return [ask(village, at_ready.case, who, starts_at=when) for who in ("ines", "malik")]


def ask(village, case, who, **more):
    given = {"part": "student", "minutes": 60, "starts_at": clock.now() + timedelta(days=9)} | more
    return cases.ask_to_help(case, by=village.actor("cora"), facilitator=village.facilitator(who), **given)


def answer(village, duty, word):
    with village.inside():
        getattr(cases, f"say_{word}_to")(duty, by=village.actor("ines"))


def test_once_all_who_were_asked_say_yes_the_hour_can_be_booked(village, at_ready, asked):
    assert said(village) == []
    answer(village, asked[0], "yes")
    assert said(village) == []
    answer(village, asked[1], "yes")
    assert said(village) == ["team_complete"]
    assert [said(village, who) for who in ("mina", "nour", "ada", "ines")] == [[], [], [], []]
    (need,) = [need for need in told(village) if "The team is complete" in str(need.sentence)]
    assert need.url.endswith(f"/cases/{at_ready.case.ref}/schedule/")


@pytest.mark.parametrize(("goes_on", "rule"), [(False, "all_said_no"), (True, "nobody_left")])
def test_where_nobody_is_left_for_a_place_somebody_looks(village, at_ready, asked, goes_on, rule):
    with village.inside():
        Duty.objects.update(goes_on=goes_on)
    answer(village, asked[0], "yes")
    for duty in [asked[1], None]:
        with village.inside():
            still = duty or Duty.objects.filter(answer="").first()
        if still is not None:
            answer(village, still, "no")
    assert said(village)[-1] == rule
    with village.inside():
        ask(village, at_ready.case, "tova", starts_at=asked[0].starts_at + timedelta(days=1))
    assert rule not in said(village)


def test_who_cannot_help_any_more_is_a_line_until_somebody_else_is_asked(village, at_ready):
    with village.inside():
        ines = at_ready.case.assignments.get(facilitator__user=village.ines)
        cases.step_out(ines, by=village.actor("ines"))
    assert "stepped_out" in said(village)
    assert [said(village, who) for who in ("fadi", "mina", "nour", "ines")] == [["timeless"], [], [], []]
    with village.inside():
        ask(village, at_ready.case, "tova")
    assert "stepped_out" not in said(village)
    with village.inside():
        Duty.objects.all().update(answer="no", answered_at=clock.now())
        cases.assign(at_ready.case, by=at_ready.coordinator, facilitator=village.facilitator("tova"), part=Assignment.Part.STUDENT)
    assert "stepped_out" not in said(village)
