"""Today says what becomes of the team of a case: complete, nobody left to ask, or one of them cannot any more."""

from datetime import timedelta

import pytest

from setfair.cases import actions as cases
from setfair.cases.models import Assignment, Duty
from setfair.core import clock
from setfair.planning import queries as planning
from setfair.preparation import actions as preparation
from setfair.programmes.models import Room
from setfair.scheduling import actions as scheduling
from setfair.scheduling import queries
from setfair.village.time import today

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


@pytest.fixture
def half(village, at_ready, asked):
    """One of two said yes."""
    answer(village, asked[0], "yes")
    assert said(village) == []
    return asked


def test_where_the_last_question_ended_in_silence_the_case_is_named_and_planned_again(village, at_ready, half):
    with village.inside():
        cases.take_back(half[1], by=at_ready.coordinator)
        assert [case.pk for case in planning.to_plan(at_ready.coordinator)] == [at_ready.case.pk]
    assert said(village) == ["timeless"]


def test_who_is_taken_off_after_their_yes_leaves_a_line(village, at_ready, asked):
    for duty in asked:
        answer(village, duty, "yes")
    with village.inside():
        cases.know_each_other(at_ready.case, by=village.actor("ines"), facilitator=village.facilitator("ines"))
    assert said(village) == ["timeless"]


def test_whoever_may_know_somebody_there_makes_room_for_the_next_in_turn(village, at_ready, half):
    with village.inside():
        Duty.objects.filter(answer="").update(goes_on=True)
        cases.know_each_other(at_ready.case, by=village.actor("malik"), facilitator=village.facilitator("malik"))
        (asked_next,) = Duty.objects.filter(answer="").select_related("facilitator")
        assert (asked_next.place, asked_next.facilitator != half[1].facilitator) == (half[1].place, True)
    assert said(village) == []


def test_students_set_aside_for_the_day_of_the_hour_are_not_missed(village, at_ready, half):
    with village.inside():
        cases.take_back(half[1], by=at_ready.coordinator)
        on = clock.local(half[0].starts_at, village.school.zone).date()
        for day, rule in ((today(village.school), "timeless"), (on, "team_complete")):
            preparation.set_aside(at_ready.case, by=village.actor("nour"), blocker="students", reason="One is enough.", on=day)
            assert said(village) == [rule]


@pytest.mark.parametrize("how", ["two hours", "no meeting", "somebody said no"])
def test_what_cannot_be_booked_is_not_to_be_booked(village, at_ready, asked, how):
    with village.inside():
        if how == "two hours":
            Duty.objects.filter(pk=asked[0].pk).update(starts_at=asked[0].starts_at + timedelta(days=1))
    for duty in asked:
        answer(village, duty, "yes")
    with village.inside():
        if how == "no meeting":
            cases.choose_route(at_ready.case, by=at_ready.coordinator, how="shuttle", why="harmed")
        elif how == "somebody said no":
            preparation.consent(at_ready.hana, by=at_ready.lead, answer="no")
    assert said(village) == (["timeless"] if how == "two hours" else [])


def test_who_was_one_too_many_is_not_replaced(village, at_ready):
    with village.inside():
        village.school.students_needed = 1
        village.school.save(update_fields=["students_needed"])
        cases.step_out(at_ready.case.assignments.get(facilitator__user=village.ines), by=village.actor("ines"))
    assert "stepped_out" not in said(village)


def test_who_was_replaced_before_they_said_so_is_not_replaced_twice(village, at_ready):
    with village.inside():
        ines = at_ready.case.assignments.get(facilitator__user=village.ines)
        cases.assign(at_ready.case, by=at_ready.coordinator, facilitator=village.facilitator("tova"), part=Assignment.Part.STUDENT)
        cases.step_out(ines, by=village.actor("ines"))
    assert "stepped_out" not in said(village)


def test_two_who_cannot_any_more_need_two(village, at_ready):
    with village.inside():
        for student in at_ready.case.assignments.filter(ended_at=None, part="student"):
            cases.step_out(student, by=village.actor("ines"))
        new = cases.assign(at_ready.case, by=at_ready.coordinator, facilitator=village.facilitator("tova"), part=Assignment.Part.STUDENT)
    assert "stepped_out" in said(village)
    with village.inside():
        cases.unassign(new, by=at_ready.coordinator)
    assert "stepped_out" in said(village)


@pytest.mark.parametrize("how", ["called off", "given back", "moved and called off"])
def test_an_hour_that_was_called_off_is_pushed_no_more(village, at_ready, asked, how):
    for duty in asked:
        answer(village, duty, "yes")
    with village.inside():
        given = {"by": at_ready.coordinator, "room": Room.objects.first(), "minutes": 60}
        booking = scheduling.book(at_ready.case, starts_at=asked[0].starts_at, **given)
        if how == "moved and called off":
            booking = scheduling.rebook(booking, starts_at=asked[0].starts_at + timedelta(days=7), wish="venue", despite="They said so.", **given)
        if how == "given back":
            scheduling.release(booking, by=at_ready.coordinator)
        else:
            scheduling.call_off(booking, by=at_ready.coordinator, wish="venue")
        assert [case.pk for case in planning.to_plan(at_ready.coordinator)] == [at_ready.case.pk]
        assert queries.agreed_of(queries.asked_of(at_ready.case, at_ready.case.assignments.filter(ended_at=None))).hour is None
    assert said(village) == ["timeless"]
    with village.inside():
        again = [ask(village, at_ready.case, who, starts_at=asked[0].starts_at) for who in ("ines", "malik")]
    for duty in again:
        answer(village, duty, "yes")
    assert said(village) == ["team_complete"]
