"""A term is searched for: who is in it, what comes out, and what becomes of a search that is stopped, put away or dead."""

from datetime import date, time, timedelta

import pytest

from setfair.cases import actions as cases
from setfair.cases.models import Exclusion, Seal
from setfair.journal.journey import WrongStep
from setfair.letters.models import Letter
from setfair.people.models import Condition
from setfair.planning import actions, queries, searching
from setfair.planning.journey import Stage
from setfair.planning.models import Line, Plan
from setfair.planning.tasks import go_on
from setfair.programmes.models import Membership, Role, Room
from setfair.scheduling import actions as scheduling
from setfair.scheduling.models import Booking
from setfair.village.time import at

from .conftest import FIRST, LAST, MONDAY, only_tuesdays, plan_of, times, words_gone

pytestmark = pytest.mark.django_db


def refs(*stories):
    return [story.case.ref for story in stories]


@pytest.mark.mission("S0.7", "S2.5")
def test_every_case_gets_a_time_of_its_own_with_reasons_and_nothing_is_booked(village, three, cora):
    only_tuesdays()
    letters = Letter.objects.count()
    one, two, third = refs(*three)
    plan = plan_of(village, cora)
    assert (plan.stage, plan.wanted) == (Stage.DRAFT, 3)
    assert times(plan) == [(one, "placed", "Tue 12 08:00"), (two, "placed", "Tue 19 08:00"), (third, "left", None)]
    first = Line.objects.get(plan=plan, case__ref=one)
    running = "Fadi Brandt, Ines Okafor and Malik Vane: would have two in a row."
    assert first.words == {"for": ["Tuesday morning"], "against": ["4 people have not answered yet.", running]}
    assert (Booking.objects.count(), Letter.objects.count()) == (0, letters)


def test_a_case_without_a_time_says_what_blocks_it_and_what_is_missing_later(village, three, cora):
    only_tuesdays()
    left = Line.objects.get(plan=plan_of(village, cora), state="left")
    assert left.words["blocks"] == [
        "Every time that fits them is another line's of this plan.",
        "Fadi Brandt is already booked.",
        "Ines Okafor is already booked.",
        "Malik Vane is already booked.",
        "Every room that is big enough is taken.",
        *(f"Later in the term: {missing}" for missing in queries.lay_out([left.case], FIRST, LAST).cases[left.case.ref].beyond),
    ]
    assert [("Safety for" in words, "was last looked at" in words) for words in left.words["blocks"][5:]] == [(True, True)] * 4


def test_with_room_enough_all_have_one_and_each_at_another_time(village, three, cora):
    found = times(plan_of(village, cora))
    assert [state for _ref, state, _when in found] == ["placed"] * 3
    assert len({when for _ref, _state, when in found}) == 3


def test_a_deadline_comes_before_those_without_one(village, three, cora):
    only_tuesdays()
    last = three[2].case
    last.deadline = date(2027, 1, 14)
    last.save(update_fields=["deadline"])
    found = times(plan_of(village, cora))
    assert found[0] == (last.ref, "placed", "Tue 12 08:00")


def test_hours_at_which_somebody_may_not_be_out_are_not_planned(village, three, cora):
    person = three[1].case.participations.earliest("added_at").person
    Condition.objects.create(person=person, kind="curfew", seen="register", by=cora.id, not_before=time(23))
    plan = plan_of(village, cora)
    left = Line.objects.get(plan=plan, state="left")
    assert (left.case, left.words["blocks"][0]) == (three[1].case, f"{person.shown} may not be out at these times.")


def test_one_case_that_cannot_be_looked_at_holds_up_no_other(village, three, cora, caplog):
    words_gone(three[1])
    with caplog.at_level("WARNING", logger="setfair.planning"):
        plan = plan_of(village, cora)
    assert (plan.stage, {ref: state for ref, state, _when in times(plan)}) == (
        Stage.DRAFT,
        dict(zip(refs(*three), ("placed", "left", "placed"), strict=True)),
    )
    left = Line.objects.get(plan=plan, state="left")
    assert left.words == {"blocks": ["This could not be looked at. Please open it."]}
    assert [record.getMessage() for record in caplog.records] == ["One case of a plan could not be looked at: WordsAreGone"]


def test_cases_hidden_from_whoever_plans_are_not_in_it(village, three, cora):
    Membership.objects.create(user=village.sven, role=Role.COORDINATOR)
    kept_out, under_seal, open_case = (story.case for story in three)
    cases.keep_out(kept_out, by=cora, user=village.sven, why=Exclusion.Why.values[0])
    cases.seal(under_seal, by=cora, why=Seal.Why.values[0], team=[village.cora, village.fadi])
    assert [ref for ref, _state, _when in times(plan_of(village, village.actor("sven")))] == [open_case.ref]


def test_whoever_is_being_asked_about_times_is_asked_first(village, three, cora):
    one, two, third = refs(*three)
    choice = scheduling.Choice(Room.objects.get(), MONDAY.replace(hour=8) + timedelta(days=1), 60)
    scheduling.offer(three[0].case, by=cora, choices=[choice], answer_by=MONDAY + timedelta(hours=12), hours=10)
    assert [case.ref for case in queries.being_asked(cora)] == [one]
    found = times(plan_of(village, cora))
    assert sorted(ref for ref, _state, _when in found) == sorted([two, third])
    assert "Tue 12 08:00" not in {when for _ref, _state, when in found}


def test_what_is_booked_stays_free_of_the_plan(village, three, cora):
    only_tuesdays()
    tuesday = MONDAY.replace(hour=8) + timedelta(days=1)
    scheduling.book(three[0].case, by=cora, room=Room.objects.get(), starts_at=tuesday, minutes=60)
    found = times(plan_of(village, cora))
    assert [when for _ref, _state, when in found] == ["Tue 19 08:00", None]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2027, 1, 11), LAST, "Please begin tomorrow or later."),
        (FIRST, date(2027, 1, 11), "Please choose a last day within half a year of the first."),
        (FIRST, date(2027, 8, 11), "Please choose a last day within half a year of the first."),
    ],
)
def test_days_that_cannot_be_planned(village, three, cora, first, last, said):
    with pytest.raises(actions.CannotPlan) as refused:
        actions.plan_term(village.school, by=cora, first=first, last=last, language="en")
    assert str(refused.value) == said
    assert not Plan.objects.exists()


def test_somebody_has_one_plan_at_a_time(village, three, cora):
    plan = plan_of(village, cora)
    assert actions.plan_term(village.school, by=cora, first=FIRST, last=LAST, language="en") == plan
    actions.put_away(plan, by=cora)
    assert (Line.objects.count(), plan_of(village, cora).pk == plan.pk) == (0, False)


def test_nothing_is_planned_where_nothing_waits(village, monday, cora):
    with village.inside(), pytest.raises(actions.CannotPlan, match="No case waits for a time now"):
        actions.plan_term(village.school, by=cora, first=FIRST, last=LAST, language="en")


def test_a_search_that_is_stopped_shows_the_best_so_far(village, three, cora):
    plan = actions.plan_term(village.school, by=cora, first=FIRST, last=LAST, language="en")
    actions.stop(plan, by=cora)
    actions.stop(plan, by=cora)
    go_on(seconds=600)
    plan.refresh_from_db()
    assert (plan.stage, plan.enough, len(times(plan))) == (Stage.DRAFT, False, 3)


def test_of_a_plan_that_was_put_away_meanwhile_nothing_is_written(village, three, cora):
    plan = actions.plan_term(village.school, by=cora, first=FIRST, last=LAST, language="en")
    term = searching.read(plan, cora)
    found = searching.in_words(term, searching.search(term, seconds=0.1))
    actions.put_away(plan, by=cora)
    with pytest.raises(WrongStep):
        actions.lay_down(plan, by=cora, found=found)
    assert not Line.objects.exists()


def test_a_search_whose_worker_died_is_taken_up_and_one_that_runs_is_left_alone(village, three, cora):
    plan = actions.plan_term(village.school, by=cora, first=FIRST, last=LAST, language="en")
    Plan.objects.update(seen_at=MONDAY, far=40, found=2)
    go_on(seconds=0.1)
    plan.refresh_from_db()
    assert (plan.stage, plan.far) == (Stage.SEARCHING, 40)
    with at(MONDAY + queries.SILENT):
        go_on(seconds=0.1)
    plan.refresh_from_db()
    assert (plan.stage, len(times(plan))) == (Stage.DRAFT, 3)


def test_the_plan_of_somebody_who_coordinates_no_more_is_put_away(village, three, cora):
    plan = actions.plan_term(village.school, by=cora, first=FIRST, last=LAST, language="en")
    Membership.objects.filter(user=village.cora).update(ended_at=MONDAY)
    go_on(seconds=0.1)
    plan.refresh_from_db()
    assert (plan.stage, Line.objects.count()) == (Stage.DROPPED, 0)
