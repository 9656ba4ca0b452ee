"""A draft is changed: pinned, taken out, given another time, planned again around what stays."""

import pytest

from setfair.cases.journey import Stage as CaseStage
from setfair.planning import actions, queries
from setfair.planning.models import Line, Plan
from setfair.village.cast import OTHER
from setfair.village.story import case_at

from .conftest import FIRST, LAST, only_tuesdays, plan_of, searched, times

pytestmark = pytest.mark.django_db


def line_of(plan, story):
    return Line.objects.get(plan=plan, case=story.case)


def choices_beside(line):
    rest = Line.objects.filter(plan=line.plan, state="placed").exclude(pk=line.pk)
    return queries.lay_out([line.case], FIRST, LAST, list(rest)).choices(line.case.ref, 24)


def test_what_is_pinned_stays_and_the_rest_is_planned_around_it(village, three, cora):
    plan = plan_of(village, cora)
    line = line_of(plan, three[0])
    later = choices_beside(line)[-1]
    actions.choose(line, by=cora, time=later)
    actions.plan_again(plan, by=cora, keeps=Plan.Keeps.PINNED)
    searched(plan)
    kept = line_of(plan, three[0])
    assert (kept.during.lower, kept.is_pinned, kept.pk) == (later.starts_at, True, line.pk)
    assert len({when for _ref, state, when in times(plan) if state == "placed"}) == 3


def test_adding_one_to_a_full_plan_disturbs_nothing(village, three, cora):
    only_tuesdays()
    plan = plan_of(village, cora)
    before = {line.case_id: (line.pk, line.state, line.during, line.room_id) for line in Line.objects.filter(plan=plan, state="placed")}
    new = case_at(village, CaseStage.READY, circle=OTHER, matter=2)
    new.case.deadline = FIRST
    new.case.save(update_fields=["deadline"])
    actions.plan_again(plan, by=cora, keeps=Plan.Keeps.ALL)
    searched(plan)
    after = {line.case_id: (line.pk, line.state, line.during, line.room_id) for line in Line.objects.filter(plan=plan, state="placed")}
    assert after == before
    assert line_of(plan, new).state == "left"
    plan.refresh_from_db()
    assert plan.keeps == Plan.Keeps.PINNED


def test_adding_one_to_a_plan_with_room_gives_it_a_time_and_moves_nobody(village, three, cora):
    plan = plan_of(village, cora)
    before = set(times(plan))
    new = case_at(village, CaseStage.READY, circle=OTHER, matter=2)
    actions.plan_again(plan, by=cora, keeps=Plan.Keeps.ALL)
    searched(plan)
    assert [(ref, state) for ref, state, _when in set(times(plan)) - before] == [(new.case.ref, "placed")]
    assert before <= set(times(plan))


def test_what_is_taken_out_stays_out_until_it_is_taken_in(village, three, cora):
    plan = plan_of(village, cora)
    line = actions.take_out(line_of(plan, three[0]), by=cora)
    assert (line.state, line.during, line.room) == ("out", None, None)
    actions.plan_again(plan, by=cora, keeps=Plan.Keeps.PINNED)
    searched(plan)
    assert line_of(plan, three[0]).state == "out"
    actions.take_in(line_of(plan, three[0]), by=cora)
    actions.plan_again(plan, by=cora, keeps=Plan.Keeps.PINNED)
    searched(plan)
    assert line_of(plan, three[0]).state == "placed"


def test_another_time_is_one_that_no_other_line_has(village, three, cora):
    plan = plan_of(village, cora)
    line = line_of(plan, three[0])
    taken = {other.during.lower for other in Line.objects.filter(plan=plan).exclude(pk=line.pk)}
    offered = {one.starts_at for one in choices_beside(line)}
    assert line.during.lower in offered
    assert not offered & taken


def test_two_who_change_at_once_do_not_put_two_cases_into_one_room(village, three, cora):
    plan = plan_of(village, cora)
    one, other = line_of(plan, three[0]), line_of(plan, three[1])
    wanted = choices_beside(one)[-1]
    actions.choose(other, by=cora, time=wanted)
    with pytest.raises(actions.CannotPlan, match="Another line of this plan has that room then"):
        actions.choose(one, by=cora, time=wanted)


def test_only_what_has_a_time_is_pinned_and_only_a_draft_is_changed(village, three, cora):
    plan = plan_of(village, cora)
    line = line_of(plan, three[0])
    assert actions.pin(line, by=cora, pinned=True).is_pinned
    assert not actions.pin(line, by=cora, pinned=False).is_pinned
    actions.take_out(line, by=cora)
    with pytest.raises(actions.CannotPlan, match="Only a line that has a time can be pinned"):
        actions.pin(line, by=cora, pinned=True)
    actions.plan_again(plan, by=cora, keeps=Plan.Keeps.PINNED)
    with pytest.raises(actions.CannotPlan, match="This is no draft any more"):
        actions.take_in(line, by=cora)


def test_laid_out_alone_or_together_a_case_can_be_at_the_same_times(village, three, cora):
    """The term knows of each case what the page knows that finds a time for one."""
    case = three[0].case
    alone = {one.starts_at for one in queries.lay_out([case], FIRST, LAST).choices(case.ref, 99)}
    together = {one.starts_at for one in queries.lay_out([story.case for story in three], FIRST, LAST).choices(case.ref, 99)}
    assert alone == together != set()
