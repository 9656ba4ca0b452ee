"""A plan is accepted: what holds is booked, once; what does not hold says so, and nothing is half done."""

from functools import partial

import pytest

from setfair.cases import actions as cases
from setfair.cases.models import Exclusion
from setfair.letters.models import Letter
from setfair.planning import actions, queries
from setfair.planning.journey import Stage
from setfair.planning.models import Line, Plan
from setfair.planning.tasks import go_on
from setfair.programmes.models import Membership, Role
from setfair.scheduling import actions as scheduling
from setfair.scheduling.models import Booking, Seat

from .conftest import plan_of, searched, times, words_gone

pytestmark = pytest.mark.django_db


def accepted(plan, by):
    actions.accept(plan, by=by)
    go_on()
    plan.refresh_from_db()
    return plan


def booked():
    return {(b.case_id, b.during, b.room_id) for b in Booking.objects.filter(released_at__isnull=True)}


def drafted(plan):
    return {(line.case_id, line.during, line.room_id) for line in Line.objects.filter(plan=plan, state__in=["placed", "booked"])}


@pytest.mark.mission("S2.5")
def test_what_is_accepted_is_booked_as_it_stood(village, three, cora):
    plan = plan_of(village, cora)
    wanted = drafted(plan)
    assert accepted(plan, cora).stage == Stage.DONE
    assert (booked(), [state for _ref, state, _when in times(plan)]) == (wanted, ["booked"] * 3)
    assert {story.case.__class__.objects.get(pk=story.case.pk).stage for story in three} == {"scheduled"}


@pytest.fixture
def half_booked(village, three, cora):
    """A draft again after the first of its lines was booked."""
    plan = plan_of(village, cora)
    actions.accept(plan, by=cora)
    done = actions.book_line(Line.objects.filter(plan=plan).order_by("during").first(), by=cora)
    actions.stop(plan, by=cora)
    plan.refresh_from_db()
    return plan, done


def test_a_stale_page_takes_nothing_from_a_line_that_is_booked(half_booked, cora):
    plan, done = half_booked
    other = Line.objects.filter(plan=plan, state="placed").first()
    term = queries.lay_out([other.case], plan.first_day, plan.last_day, [])
    for act in (
        actions.take_out,
        actions.take_in,
        partial(actions.pin, pinned=True),
        partial(actions.choose, time=term.choices(other.case.ref, 1)[0]),
    ):
        with pytest.raises(actions.CannotPlan, match="was booked, or its team was asked, in the meantime"):
            act(done, by=cora)
    done.refresh_from_db()
    assert (done.state, done.case_id in {case for case, _during, _room in booked()}) == ("booked", True)


def test_planned_again_the_plan_still_says_what_of_it_is_booked_and_what_did_not_hold(half_booked, cora):
    plan, done = half_booked
    left = Line.objects.filter(plan=plan, state="placed").first()
    actions.pass_over(left, by=cora)
    actions.plan_again(plan, by=cora, keeps=Plan.Keeps.ALL)
    searched(plan)
    found = {ref: state for ref, state, _when in times(plan)}
    assert (found[done.case.ref], sorted(found.values())) == ("booked", ["booked", "placed", "placed"])


def test_what_was_booked_and_called_off_since_is_planned_anew(half_booked, cora):
    plan, done = half_booked
    scheduling.call_off(Booking.objects.get(released_at__isnull=True), by=cora, wish="venue")
    actions.plan_again(plan, by=cora, keeps=Plan.Keeps.PINNED)
    searched(plan)
    assert [state for _ref, state, _when in times(plan)] == ["placed"] * 3


def test_what_did_not_hold_stays_while_its_people_are_asked(half_booked, cora):
    plan, _done = half_booked
    line = Line.objects.filter(plan=plan, state="placed").first()
    actions.pass_over(line, by=cora)
    cases.hold(line.case, by=cora, reason="away")
    actions.plan_again(plan, by=cora, keeps=Plan.Keeps.PINNED)
    searched(plan)
    assert sorted(state for _ref, state, _when in times(plan)) == ["booked", "placed", "refused"]


def test_twice_accepted_is_once(village, three, cora):
    plan = plan_of(village, cora)
    actions.accept(plan, by=cora)
    actions.accept(plan, by=cora)
    go_on()
    letters = Letter.objects.count()
    actions.accept(plan, by=cora)
    go_on()
    assert (len(booked()), Booking.objects.count(), Letter.objects.count()) == (3, 3, letters)


def test_what_somebody_booked_in_between_is_told_and_the_rest_is_booked(village, three, cora):
    plan = plan_of(village, cora)
    first = Line.objects.filter(plan=plan).order_by("during").first()
    other = next(story for story in three if story.case.pk != first.case_id)
    scheduling.book(other.case, by=cora, room=first.room, starts_at=first.during.lower, minutes=60)
    seats = Seat.objects.count()
    assert accepted(plan, cora).stage == Stage.DONE
    lines = {line.case_id: line for line in Line.objects.filter(plan=plan)}
    assert (lines[first.case_id].state, lines[first.case_id].words) == (
        "refused",
        {"refused": "That room is not free then. Please choose another time or room."},
    )
    own = Booking.objects.get(case=other.case)
    assert lines[other.case.pk].state == "refused"
    assert lines[other.case.pk].words["refused"].startswith("This has a time already (Tuesday, 12 Jan 2027, 8 a.m.")
    assert (len(booked()), own.during == first.during) == (2, True)
    assert Seat.objects.count() > seats
    assert not Seat.objects.exclude(booking__in=Booking.objects.filter(released_at__isnull=True)).exists()


def test_a_line_that_cannot_be_looked_at_holds_up_no_other(village, three, cora):
    plan = plan_of(village, cora)
    first = Line.objects.filter(plan=plan, case=three[1].case).get()
    words_gone(three[1])
    assert accepted(plan, cora).stage == Stage.DONE
    first.refresh_from_db()
    assert (first.state, first.words) == ("refused", {"refused": "This could not be looked at. Please open it."})
    assert (len(booked()), Booking.objects.count()) == (2, 2)


def test_a_worker_that_died_in_the_middle_books_the_rest_and_nothing_twice(village, three, cora):
    plan = plan_of(village, cora)
    actions.accept(plan, by=cora)
    line = Line.objects.filter(plan=plan).order_by("during").first()
    actions.book_line(line, by=cora)
    actions.book_line(line, by=cora)
    assert len(booked()) == 1
    go_on()
    assert (len(booked()), Booking.objects.count()) == (3, 3)


def test_a_line_that_was_booked_by_hand_at_its_own_time_is_booked(village, three, cora):
    plan = plan_of(village, cora)
    line = Line.objects.filter(plan=plan).order_by("during").select_related("case", "room").first()
    scheduling.book(line.case, by=cora, room=line.room, starts_at=line.during.lower, minutes=line.minutes)
    accepted(plan, cora)
    assert ([state for _ref, state, _when in times(plan)], Booking.objects.count()) == (["booked"] * 3, 3)


def test_stopped_while_it_is_booked_what_is_booked_stays_and_the_rest_is_a_draft(village, three, cora):
    plan = plan_of(village, cora)
    actions.accept(plan, by=cora)
    actions.book_line(Line.objects.filter(plan=plan).order_by("during").first(), by=cora)
    actions.stop(plan, by=cora)
    go_on()
    assert (Plan.objects.get().stage, [state for _ref, state, _when in times(plan)]) == (Stage.DRAFT, ["booked", "placed", "placed"])


def test_a_case_that_is_hidden_from_them_since_is_not_booked(village, three, cora):
    Membership.objects.create(user=village.sven, role=Role.COORDINATOR)
    sven = village.actor("sven")
    plan = plan_of(village, sven)
    cases.keep_out(three[0].case, by=cora, user=village.sven, why=Exclusion.Why.values[0])
    accepted(plan, sven)
    assert three[0].case.pk not in {case for case, _during, _room in booked()}
    assert len(booked()) == 2


def test_nothing_is_accepted_where_nothing_has_a_time(village, three, cora):
    plan = plan_of(village, cora)
    for line in Line.objects.filter(plan=plan):
        actions.take_out(line, by=cora)
    with pytest.raises(actions.CannotPlan, match="No line has a time"):
        actions.accept(plan, by=cora)
