"""The suggestions know what people and the team said of every week, their days off, and their own calendars."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from setfair.calendars import actions as calendars
from setfair.calendars.looking import keep
from setfair.calendars.models import Calendar
from setfair.calendars.queries import week_of
from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Role
from setfair.cases.queries import circle, team
from setfair.core.actor import system
from setfair.journal.journey import move
from setfair.outcomes import actions as outcomes
from setfair.outcomes.models import Closure
from setfair.people.models import Condition
from setfair.scheduling.actions import answer_time
from setfair.scheduling.open_days import open_between
from setfair.scheduling.queries import curfew, does_not_suit, lay_out, said_by, stands_in_the_way, suggestions, ways_out, what_blocks
from setfair.scheduling.queries.needed import Needed
from setfair.scheduling.solver import hindered
from setfair.village.cast import OTHER
from setfair.village.story import case_at

from .conftest import TUESDAY, ZONE

pytestmark = pytest.mark.django_db


@pytest.fixture
def week(ready):
    return open_between(ready.programme, date(2027, 1, 12), date(2027, 1, 18))


def needed(story):
    return Needed(circle(story.case), list(team(story.case)))


def by(story):
    return system(story.programme.pk)


def test_whoever_said_nothing_is_there_with_nothing(ready, week):
    found = said_by(needed(ready), week, ready.programme.zone)
    assert {who: (said.answers, said.busy) for who, said in found.items()} == dict.fromkeys(needed(ready).names, ((), ()))
    assert said_by(needed(ready), [], ready.programme.zone).keys() == needed(ready).names.keys()


def test_a_word_about_this_very_time_counts_over_what_was_said_of_every_week(ready, week):
    hana, first = ready.hana.person_id, week[0]
    calendars.say_week(hana, by=by(ready), times=[(1, time(8), time(9, 30), "yes"), (2, time(0), time(23), "no")])
    answer_time(ready.hana, by=ready.me("hana"), starts_at=first.starts, answer="no")
    said = said_by(needed(ready), week, ready.programme.zone)[hana]
    assert [answer for moment, answer in said.answers if first.starts <= moment < first.ends] == ["yes", "no"]
    assert [(s.hour, (e - s).total_seconds() / 3600) for s, e in said.busy] == [(5, 23)]


@pytest.mark.parametrize("answer", ["yes", "if_needed"])
def test_a_yes_to_this_very_time_counts_over_a_no_of_every_week_and_over_nothing_else(ready, answer):
    calendars.say_week(ready.hana.person_id, by=by(ready), times=[(day, time(0), time(23), "no") for day in range(7)])
    assert (suggestions(ready.case), what_blocks(ready.case)) == ([], ["Hana cannot come at these times."])
    answer_time(ready.hana, by=ready.me("hana"), starts_at=TUESDAY, answer=answer)
    assert {one.starts_at.date() for one in suggestions(ready.case)} == {TUESDAY.date()}
    assert does_not_suit(ready.case, TUESDAY, 60) == ""
    answer_time(ready.hana, by=ready.me("hana"), starts_at=TUESDAY, answer="no")
    assert suggestions(ready.case) == []


@pytest.mark.parametrize("whose", ["person", "team"])
def test_nobody_is_suggested_a_time_at_which_their_own_calendar_is_taken(ready, whose):
    before = suggestions(ready.case)
    who = ready.hana.person_id if whose == "person" else team(ready.case)[0].facilitator.user_id
    calendar = calendars.bring_address(who, by=by(ready), address="https://calendar.example/x.ics")
    keep(calendar, [(TUESDAY, TUESDAY + timedelta(hours=2))])
    after = suggestions(ready.case)
    assert (before[0].starts_at, TUESDAY in {s.starts_at for s in after}, len(after)) == (TUESDAY, False, 5)


def test_days_off_take_a_whole_day_and_what_blocks_names_who(ready):
    off = [(date(2027, 1, 1), date(2027, 6, 30))]
    calendars.say_week(ready.rami.person_id, by=by(ready), times=[], days_off=off)
    assert (suggestions(ready.case), what_blocks(ready.case)) == ([], ["Rami cannot come at these times."])


def lives_by(person, **hours):
    Condition.objects.create(person_id=person, kind="curfew", seen="register", by=person, **hours)


def test_hours_at_which_somebody_may_not_be_out_are_not_suggested(ready):
    """What is suggested is what a booking takes."""
    lives_by(ready.rami.person_id, not_before=time(8, 30), not_after=time(16))
    found = suggestions(ready.case, limit=99)
    hours = {(one.starts_at.astimezone(ZONE).time(), one.ends_at.astimezone(ZONE).time()) for one in found}
    assert min(hours)[0] >= time(8, 30) and max(end for _start, end in hours) <= time(16)
    assert (found != [], {curfew(ready.case, one.starts_at, 60) for one in found}) == (True, {""})


def test_hours_that_leave_no_time_are_named_and_begin_on_their_day(ready):
    lives_by(ready.rami.person_id, not_after=time(7), starts_on=TUESDAY.date() + timedelta(days=1))
    assert {one.starts_at.date() for one in suggestions(ready.case, limit=99)} == {TUESDAY.date()}
    lives_by(ready.rami.person_id, not_after=time(7))
    assert (suggestions(ready.case), what_blocks(ready.case)) == ([], ["Rami may not be out at these times."])
    laid = lay_out(ready.case)
    assert [way.words for way in ways_out(laid)] == ["Ask whether Rami may be out then."]
    assert stands_in_the_way(laid, laid.almanac.stretches[0], hindered(laid.diary, laid.meeting)) == "Rami may not be out then"


def test_if_needed_every_week_stands_behind_what_suits(ready):
    calendars.say_week(ready.hana.person_id, by=by(ready), times=[(1, time(8), time(9, 30), "if_needed")])
    found = suggestions(ready.case)
    assert (found[0].starts_at == TUESDAY, [s.against[0] for s in found if s.starts_at == TUESDAY][:1]) in [
        (False, ["If needed: Hana."]), (False, []),
    ]  # fmt: skip


def test_asked_in_a_fixed_number_of_queries(ready, week, django_assert_max_num_queries):
    one, all_of_them = Needed(needed(ready).people[:1], []), needed(ready)
    counts = []
    for whom in (one, all_of_them):
        for who in whom.names:
            calendars.say_week(who, by=by(ready), times=[(1, time(8), time(9), "yes")], days_off=[(date(2027, 1, 18), date(2027, 1, 18))])
        with django_assert_max_num_queries(10) as seen:
            said_by(whom, week, ready.programme.zone)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def given(story, *people):
    for one in people:
        calendars.bring_address(one.person_id, by=by(story), address="https://calendar.example/x.ics")
        calendars.say_week(one.person_id, by=by(story), times=[(1, time(8), time(9), "yes")])


def looked_at():
    return set(Calendar.objects.values_list("occupant", flat=True))


def test_whoever_leaves_their_last_circle_is_looked_at_no_more(ready, village):
    other = case_at(village, Stage.PREPARING, circle=OTHER, matter=3)
    sol, rami = ready.sol, ready.rami
    there = cases.add_person(other.case, by=other.coordinator, known=sol.person, name="Sol", role=Role.COMMUNITY)
    given(ready, sol, rami)
    cases.let_go(sol, by=ready.coordinator)
    assert looked_at() == {sol.person_id, rami.person_id}
    cases.let_go(there, by=other.coordinator)
    assert (looked_at(), list(week_of(sol.person_id).times.all()), week_of(rami.person_id).times.count()) == ({rami.person_id}, [], 1)


def test_when_a_case_closes_nobody_of_it_is_looked_at_any_more_but_who_is_in_another(ready, village):
    other = case_at(village, Stage.PREPARING, circle=OTHER, matter=3)
    cases.add_person(other.case, by=other.coordinator, known=ready.sol.person, name="Sol", role=Role.COMMUNITY)
    given(ready, ready.sol, ready.rami, ready.hana)
    outcomes.tell(ready.case, by=ready.lead, participation=ready.hana, way="voice", told_on=timezone.localdate())
    Closure.objects.create(case=ready.case, reason="transferred", by=ready.coordinator.id)
    move(ready.case, Stage.CLOSED, by=ready.coordinator)
    assert looked_at() == {ready.sol.person_id}


def test_a_parent_who_may_not_decide_any_more_is_looked_at_no_more(ready):
    given(ready, ready.gail)
    cases.correct_place(ready.gail, by=ready.coordinator, role=Role.GUARDIAN, stands_by=ready.rami, guardian_needed=False, has_authority=False)
    assert looked_at() == set()
