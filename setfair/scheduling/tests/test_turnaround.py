"""A room stays free between two meetings for as long as it needs to: in the search, by hand, in an offer, in a plan, and in the database."""

from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction

from setfair.cases.journey import Stage
from setfair.planning import actions as planning
from setfair.planning import searching
from setfair.programmes.models import Programme, Room, Window
from setfair.scheduling import actions
from setfair.scheduling.actions import CannotBook, book
from setfair.scheduling.models import Booking
from setfair.scheduling.queries import arrivals, suggestions, taken_then, what_blocks
from setfair.scheduling.queries.arriving import apart, team_comes
from setfair.scheduling.spots import spot_at
from setfair.village.cast import OTHER
from setfair.village.story import case_at

from .conftest import MONDAY, TUESDAY, led_by_one_alone

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(ready, village, room):
    """Another circle that meets on Tuesday at eight in the one room, which wants a quarter of an hour between two of them."""
    Room.objects.update(turnaround=15)
    room.refresh_from_db()
    story = case_at(village, Stage.READY, circle=OTHER, matter=3)
    led_by_one_alone(story)
    book(story.case, by=story.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    return story


def at(story, room, minutes):
    return book(story.case, by=story.coordinator, room=room, starts_at=TUESDAY + timedelta(minutes=minutes), minutes=15)


def test_nobody_is_booked_into_a_room_that_others_are_leaving(ready, other, room):
    assert other.booking.clear_at == TUESDAY + timedelta(minutes=75)
    with pytest.raises(CannotBook, match="That room is not free then"):
        at(ready, room, 60)
    with pytest.raises(CannotBook, match="That room is not free then"):
        at(ready, room, 70)
    assert at(ready, room, 75).starts_at == TUESDAY + timedelta(minutes=75)


def test_nor_so_that_they_leave_when_others_come(village, ready, room):
    Room.objects.update(turnaround=15)
    room.refresh_from_db()
    at(ready, room, 0)
    story = case_at(village, Stage.READY, circle=OTHER, matter=3)
    led_by_one_alone(story)
    with pytest.raises(CannotBook, match="That room is not free then"):
        at(story, room, 25)
    assert at(story, room, 30).clear_at == TUESDAY + timedelta(minutes=60)


def test_the_search_knows_it_before_and_after(ready, other, room):
    Window.objects.exclude(name="Tuesday morning").delete()
    ready.case.deadline = TUESDAY.date()
    ready.case.save()
    Window.objects.update(starts=time(7), ends=time(10))
    found = suggestions(ready.case, minutes=30)
    assert [one.starts_at for one in found] == [TUESDAY - timedelta(minutes=60)]
    Window.objects.update(starts=time(7, 20), ends=time(9, 40))
    assert (suggestions(ready.case, minutes=30), what_blocks(ready.case, 30)) == ([], ["Every room that is big enough is taken."])
    Room.objects.update(turnaround=5)
    Booking.objects.update(clear_at=TUESDAY + timedelta(minutes=65))
    assert [one.starts_at for one in suggestions(ready.case, minutes=30)] == [TUESDAY - timedelta(minutes=40)]


def test_a_time_that_is_pointed_at_and_one_that_is_offered_know_it(ready, other, room):
    later = TUESDAY + timedelta(minutes=70)
    assert "That room is not free then" in taken_then(ready.case, room, actions.Choice(room, later, 20).during)
    assert taken_then(ready.case, room, actions.Choice(room, TUESDAY + timedelta(minutes=75), 15).during) == ""
    booked = at(ready, Room.objects.create(name="Library", seats=12), 30)
    assert "That room is not free then" in spot_at(booked, room, TUESDAY + timedelta(minutes=65)).blocks


def test_what_is_kept_free_for_others_keeps_it_too(ready, village, room):
    Room.objects.update(turnaround=15)
    room.refresh_from_db()
    choices = [actions.Choice(room, TUESDAY, 60)]
    actions.offer(ready.case, by=ready.coordinator, choices=choices, answer_by=MONDAY + timedelta(hours=12), hours=48)
    story = case_at(village, Stage.READY, circle=OTHER, matter=3)
    led_by_one_alone(story)
    with pytest.raises(CannotBook, match="kept for somebody else"):
        book(story.case, by=story.coordinator, room=room, starts_at=TUESDAY + timedelta(minutes=70), minutes=15)
    book(story.case, by=story.coordinator, room=room, starts_at=TUESDAY + timedelta(minutes=75), minutes=15)


def test_two_lines_of_a_plan_keep_it_and_both_are_booked(village, ready, room):
    Room.objects.update(turnaround=15)
    Window.objects.exclude(name="Tuesday morning").delete()
    Window.objects.update(ends=time(10, 15))
    story = case_at(village, Stage.READY, circle=OTHER, matter=3)
    led_by_one_alone(story)
    cora, day = village.actor("cora"), TUESDAY.date()
    plan = planning.plan_term(story.programme, by=cora, first=day, last=day, language="en")
    term = searching.read(plan, cora)
    found = searching.in_words(term, searching.search(term, seconds=1))
    planning.lay_down(plan, by=cora, found=found)
    starts = sorted(line.starts_at for line in plan.lines.all())
    assert starts == [TUESDAY, TUESDAY + timedelta(minutes=75)]
    planning.accept(plan, by=cora)
    assert [planning.book_line(line, by=cora).state for line in plan.lines.order_by("during")] == ["booked", "booked"]


def test_the_database_keeps_it_where_python_was_gone_round(other, room):
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.update(clear_at=TUESDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Room.objects.update(turnaround=121)


def test_each_comes_as_early_as_the_programme_says(ready, room):
    facts = {"early_harmed": 30, "early_responsible": 0, "early_others": 20, "early_team": 45}
    Programme.objects.filter(pk=ready.programme.pk).update(**facts)
    booking = book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    booking = Booking.objects.get(pk=booking.pk)
    early = {(TUESDAY - one.at) // timedelta(minutes=1) for one in arrivals(booking).values()}
    assert (early, TUESDAY - team_comes(booking), apart(booking.programme)) == ({30, 0}, timedelta(minutes=45), 30)


def test_what_they_were_told_stays_when_the_programme_says_other_minutes(ready, room):
    booking = book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    Programme.objects.filter(pk=ready.programme.pk).update(early_harmed=5, early_responsible=15, early_others=0, early_team=45)
    later = Booking.objects.get(pk=booking.pk)
    comes = arrivals(later)
    minutes = [(TUESDAY - comes[who.pk].at) // timedelta(minutes=1) for who in (ready.hana, ready.rami)]
    assert (minutes, TUESDAY - team_comes(later)) == ([15, 5], timedelta(minutes=30))


def test_ten_minutes_lie_between_the_sides_all_the_same(ready, room):
    Programme.objects.filter(pk=ready.programme.pk).update(early_harmed=10, early_responsible=10)
    booking = Booking.objects.get(pk=book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60).pk)
    comes = arrivals(booking)
    assert abs(comes[ready.hana.pk].at - comes[ready.rami.pk].at) == timedelta(minutes=10)
    assert apart(booking.programme) == 10
