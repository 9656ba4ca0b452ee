"""A term knows its teams: each line names who it would be, nobody more often than they take, and accepting it asks them for that hour."""

from collections import Counter
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.actions.places import back_to_preparing
from setfair.cases.models import Assignment, Duty
from setfair.core import clock
from setfair.facilitators.models import ExamDay, Facilitator
from setfair.letters.models import Letter
from setfair.planning import actions, queries
from setfair.planning.journey import Stage
from setfair.planning.models import Line
from setfair.planning.tasks import go_on
from setfair.programmes.models import Room
from setfair.scheduling.models import Booking, Seat
from setfair.scheduling.queries import occupants, suggestions
from setfair.scheduling.said import when
from setfair.village.time import at

from .conftest import FIRST, MONDAY, ZONE, only_tuesdays, plan_of, times

pytestmark = pytest.mark.django_db


@pytest.fixture
def unaided(three):
    """The same three; nobody of the students is on their teams, and one of them went back for it."""
    for story in three:
        for assignment in story.case.assignments.filter(ended_at=None, part="student"):
            cases.unassign(assignment, by=story.coordinator)
    back_to_preparing(three[1].case, by=three[1].coordinator, reason="team")
    return three


def placed(plan):
    return list(Line.objects.filter(plan=plan, state="placed").select_related("case", "room").order_by("during"))


def names(line):
    they = Facilitator.objects.select_related("user").in_bulk([who for _part, who in line.places])
    return sorted(they[who].user.name for _part, who in line.places)


def turns(plan):
    """How often it would be whose turn in a week."""
    return Counter((name, line.during.lower.astimezone(ZONE).isocalendar()[1]) for line in placed(plan) for name in names(line))


@pytest.mark.mission("S0.2", "S0.7")
def test_a_draft_names_the_team_of_each_line_and_accepting_it_asks_them_for_that_hour(village, unaided, cora, client):
    plan = plan_of(village, cora)
    lines = placed(plan)
    assert [len(line.team) for line in lines] == [2, 2, 2]
    page = village.sign_in(client, "cora").get(reverse("term_plan", args=[plan.pk])).content.decode()
    assert page.count("It would be: ") == 3
    assert "For 3 times the team is not complete" in page
    assert not Duty.objects.exists()
    client.post(reverse("term_accept", args=[plan.pk]))
    go_on()
    plan.refresh_from_db()
    assert (plan.stage, [state for _ref, state, _when in times(plan)], Booking.objects.count()) == (Stage.DONE, ["asked"] * 3, 0)
    asked = Duty.objects.filter(answer="").values_list("case", "starts_at", "facilitator__user__name")
    assert sorted(asked) == sorted((line.case_id, line.during.lower, name) for line in lines for name in names(line))
    assert "The team is asked" in client.get(reverse("term_plan", args=[plan.pk])).content.decode()
    assert (list(queries.to_plan(cora)), queries.being_asked(cora).count()) == ([], 3)


def test_nobody_is_named_more_often_in_a_week_than_they_take_nor_twice_at_once(village, unaided, cora):
    Facilitator.objects.update(a_week=1)
    Facilitator.objects.filter(kind="staff").update(a_week=5)
    plan = plan_of(village, cora)
    assert len(placed(plan)) == 3
    assert set(turns(plan).values()) == {1}


def test_who_holds_it_already_is_not_planned_more_often_than_they_take_either(village, three, cora):
    Facilitator.objects.update(a_week=1)
    lines = placed(plan_of(village, cora))
    assert len(lines) == len({line.during.lower.astimezone(ZONE).isocalendar()[1] for line in lines}) == 3


def test_on_the_day_of_an_exam_nobody_is_named(village, unaided, cora):
    only_tuesdays()
    for student in Facilitator.objects.filter(kind="student"):
        ExamDay.objects.create(facilitator=student, on=FIRST)
    assert FIRST not in {line.during.lower.astimezone(ZONE).date() for line in placed(plan_of(village, cora))}


def test_a_case_of_which_only_the_team_is_missing_is_planned_and_one_without_a_yes_is_not(village, unaided, cora, at_preparing):
    assert {case.ref for case in queries.to_plan(cora)} == {story.case.ref for story in unaided}


def test_where_the_team_was_found_meanwhile_the_line_is_booked_and_the_case_is_ready(village, unaided, cora):
    plan = plan_of(village, cora)
    line = Line.objects.select_related("case__programme", "room").get(plan=plan, case=unaided[1].case)
    for _part, who in line.places:
        cases.assign(line.case, by=cora, facilitator=Facilitator.objects.get(pk=who), part=Assignment.Part.STUDENT)
    actions.accept(plan, by=cora)
    assert actions.book_line(line, by=cora).state == "booked"
    line.case.refresh_from_db()
    assert (line.case.stage, Booking.objects.get().during) == ("scheduled", line.during)


def test_what_stays_in_the_draft_keeps_its_team_from_the_rest(village, unaided, cora):
    plan = plan_of(village, cora)
    first = placed(plan)[0]
    actions.pin(first, by=cora, pinned=True)
    rest = queries.lay_out([unaided[2].case], FIRST, FIRST + timedelta(weeks=3), [first])
    beside = [one for one in rest.choices(unaided[2].case.ref, 99) if one.starts_at < first.during.upper and first.during.lower < one.ends_at]
    assert not {helper.name for one in beside for helper in one.team} & set(names(first))


def test_somebody_who_was_booked_in_between_is_told_before_the_plan_is_accepted(village, unaided, cora, client):
    plan = plan_of(village, cora)
    first, other = placed(plan)[:2]
    for _part, who in first.places:
        cases.assign(other.case, by=cora, facilitator=Facilitator.objects.get(pk=who), part=Assignment.Part.STUDENT)
    actions.scheduling.book_as_ready(other.case, by=cora, room=first.room, starts_at=first.during.lower, minutes=60)
    page = village.sign_in(client, "cora").get(reverse("term_plan", args=[plan.pk])).content.decode()
    assert "Somebody booked this room in between." in page
    actions.accept(plan, by=cora)
    go_on()
    assert {line.state for line in Line.objects.filter(plan=plan, case__in=[first.case, other.case])} <= {"asked", "refused"}


@pytest.mark.parametrize("how", ["called off", "over"])
def test_after_the_hour_they_said_yes_to_the_team_is_asked_about_the_one_in_the_plan(village, unaided, cora, how):
    case, hour = unaided[0].case, MONDAY + timedelta(days=1, hours=-1)
    for who in ("ines", "malik"):
        duty = cases.ask_to_help(case, by=cora, facilitator=village.facilitator(who), part="student", starts_at=hour, minutes=60)
        cases.say_yes_to(duty, by=village.actor(who))
    assert case not in queries.to_plan(cora)
    if how == "called off":
        booked = actions.scheduling.book_as_ready(case, by=cora, room=Room.objects.first(), starts_at=hour, minutes=60)
        actions.scheduling.release(booked, by=cora)
    with at(MONDAY + timedelta(days=2)) if how == "over" else nullcontext():
        plan = plan_of(village, cora, first=FIRST + timedelta(days=2))
        line = Line.objects.select_related("case__programme", "room").get(plan=plan, case=case)
        assert (line.state, line.places) == ("placed", [])
        actions.accept(plan, by=cora)
        line = actions.book_line(line, by=cora)
        assert (line.state, Booking.objects.filter(released_at=None).exists()) == ("asked", False)
        asked = Duty.objects.filter(case=case, answer="").values_list("facilitator__user__name", "starts_at")
        assert sorted(asked) == [("Ines Okafor", line.during.lower), ("Malik Vane", line.during.lower)]


def line_of(plan, story):
    return Line.objects.select_related("plan", "case__programme", "room").get(plan=plan, case=story.case)


def close_the_room(line, _other):
    Room.objects.filter(pk=line.room_id).update(closed_at=clock.now())


def too_few_seats(line, _other):
    Room.objects.filter(pk=line.room_id).update(seats=len(occupants(line.case)) + 1)


def booked_for_another(line, other):
    actions.scheduling.book_as_ready(other.case, by=other.coordinator, room=line.room, starts_at=line.during.lower, minutes=60)


def who_it_would_be_is_booked(line, other):
    """In another room, and nobody else of this circle or its team."""
    for one in other.case.assignments.filter(ended_at=None):
        cases.unassign(one, by=other.coordinator)
    who = Facilitator.objects.get(pk=line.places[0][1])
    given = {"during": line.during, "longest": timedelta(minutes=line.case.programme.max_minutes), "clear_at": line.during.upper}
    room = Room.objects.create(name="Another room", seats=20)
    booking = Booking.objects.create(case=other.case, room=room, made_by=other.coordinator.id, **given)
    Seat.objects.create(booking=booking, occupant=who.user_id, during=line.during)


def rests(line, other):
    cases.hold(line.case, by=other.coordinator, reason="away")


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (close_the_room, "is closed. Please choose another room."),
        (too_few_seats, "people come."),
        (booked_for_another, "That room is not free then."),
        (who_it_would_be_is_booked, "Somebody who is needed cannot come then."),
        (rests, "This is not ready any more."),
    ],
)
def test_nobody_is_asked_for_an_hour_that_cannot_be_booked(village, unaided, cora, happens, said):
    Facilitator.objects.update(a_week=5)
    plan = plan_of(village, cora)
    line, other = line_of(plan, unaided[0]), unaided[2]
    if happens is booked_for_another:
        for part, who in line_of(plan, other).places:
            cases.assign(other.case, by=cora, facilitator=Facilitator.objects.get(pk=who), part=part)
    actions.accept(plan, by=cora)
    happens(line, other)
    letters = Letter.objects.count()
    line = actions.book_line(line_of(plan, unaided[0]), by=cora)
    assert (line.state, Duty.objects.count(), Letter.objects.count()) == ("refused", 0, letters)
    assert said in line.words["refused"]


@pytest.fixture
def one_asked(village, unaided, cora):
    """A draft again, and the team of its first line is asked."""
    plan = plan_of(village, cora)
    actions.accept(plan, by=cora)
    line = actions.book_line(placed(plan)[0], by=cora)
    actions.stop(plan, by=cora)
    plan.refresh_from_db()
    return plan, line


def at_once(line, suggestions):
    return [one for one in suggestions if one.starts_at < line.during.upper and line.during.lower < one.ends_at]


def test_an_hour_that_a_team_is_asked_about_is_kept_for_it_in_the_plan_and_in_the_search(village, unaided, cora, one_asked):
    plan, line = one_asked
    Facilitator.objects.update(a_week=5)
    other = next(story.case for story in unaided if story.case.pk != line.case_id)

    def found():
        planned = queries.lay_out([other], FIRST, FIRST + timedelta(weeks=3)).choices(other.ref, 99)
        asked = set(Duty.objects.values_list("facilitator", flat=True))
        searched_for = at_once(line, suggestions(other, limit=99))
        return len(at_once(line, planned)), bool(asked & {helper.id for one in searched_for for helper in one.team})

    assert (line.state, found()) == ("asked", (0, False))
    for duty in Duty.objects.filter(answer=""):
        cases.take_back(duty, by=cora)
    assert found()[0] > 0


def test_what_two_plans_would_ask_of_one_at_once_is_asked_once(village, unaided, cora, one_asked):
    plan, line = one_asked
    other = placed(plan)[0]
    Line.objects.filter(pk=other.pk).update(during=line.during, room=Room.objects.create(name="Another room", seats=20), team=line.team)
    actions.accept(plan, by=cora)
    asked = Duty.objects.count()
    other = actions.book_line(Line.objects.select_related("plan", "case__programme", "room").get(pk=other.pk), by=cora)
    assert (other.state, Duty.objects.count()) == ("refused", asked)
    assert "is kept free for another time until people have answered" in other.words["refused"]


def test_a_plan_that_has_asked_a_team_does_not_say_that_nobody_was_told(village, one_asked, client):
    plan, line = one_asked
    visit = village.sign_in(client, "cora")
    page = visit.get(reverse("term_plan", args=[plan.pk])).content.decode()
    assert ("nobody was told." in page, "What is booked or asked stays. The rest is a draft" in page) == (False, True)
    assert ("Nothing of it was booked." in page, "The draft goes. What is booked or asked stays." in page) == (False, True)
    away = visit.post(reverse("term_away", args=[plan.pk]), follow=True).content.decode()
    assert "The plan is put away. What is booked or asked stays." in away
    assert list(Line.objects.values_list("pk", "state")) == [(line.pk, "asked")]
    assert "Nothing of it was booked." not in visit.get(reverse("term_plan", args=[plan.pk])).content.decode()


def test_whom_a_plan_asked_the_next_one_still_knows(village, cora, one_asked, client):
    plan, line = one_asked
    actions.put_away(plan, by=cora)
    plan_of(village, cora)
    assert line in Line.objects.filter(plan=plan)
    asked = village.sign_in(client, "cora").get(reverse("term")).content.decode()
    assert f"{line.case.ref}</bdi></a>: {when(line.during.lower, line.during.upper, ZONE.key)}" in asked
