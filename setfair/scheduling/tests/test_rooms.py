"""Which room fits a circle, when it is open, and how far helpers have to go between two."""

from datetime import date, time

import pytest

from setfair.cases.journey import Stage
from setfair.core import clock
from setfair.preparation import actions as preparation
from setfair.programmes.actions import CannotChange, add, remove, set_travel
from setfair.programmes.models import Room, Travel, Venue
from setfair.programmes.queries import travel_from
from setfair.scheduling import queries
from setfair.scheduling.actions import CannotBook, book
from setfair.scheduling.rooms import closed_hours, minutes_between, rooms_for, travels
from setfair.village.cast import OTHER
from setfair.village.story import case_at

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 12)


def eight(story):
    return clock.at(DAY, 8, 0, story.programme.zone)


def someone(story):
    return next(iter(story.people.values()))


def needs(story, kind, state="needed"):
    preparation.arrange(someone(story), by=story.lead, kind=kind, state=state)


@pytest.mark.parametrize(("kind", "has"), [("step_free", "step_free"), ("loop", "loop")])
def test_a_room_without_what_somebody_needs_is_not_offered_and_not_booked(ready, room, kind, has):
    needs(ready, kind)
    assert queries.suggestions(ready.case) == []
    assert [line for line in queries.what_blocks(ready.case) if "has what somebody needs" in line] != []
    with pytest.raises(CannotBook, match=f"{someone(ready).person.shown} needs .* has none"):
        book(ready.case, by=ready.coordinator, room=room, starts_at=eight(ready), minutes=60)
    Room.objects.update(**{has: True})
    assert {s.room.pk for s in queries.suggestions(ready.case)} == {room.pk}
    book(ready.case, by=ready.coordinator, room=Room.objects.get(), starts_at=eight(ready), minutes=60)


def test_what_was_arranged_otherwise_or_is_not_needed_any_more_asks_nothing_of_a_room(ready, room):
    needs(ready, "step_free")
    assert rooms_for(list(ready.people.values())) == []
    needs(ready, "step_free", "not_needed")
    assert rooms_for(list(ready.people.values())) == [room]


def test_a_room_is_offered_in_its_hours_alone(ready, room):
    Room.objects.update(opens=time(9), closes=time(15, 45))
    room.refresh_from_db()
    said = queries.objection(ready.case, room=room, starts_at=eight(ready), minutes=60)
    assert said == f"{room.name} is not open then: 9 a.m.–3:45 p.m."
    zone = ready.programme.zone
    assert all(room.is_open(s.starts_at, s.ends_at, zone) for s in queries.suggestions(ready.case))
    (morning, evening) = closed_hours(room, DAY, DAY, zone)
    assert (clock.local(morning[1], zone).time(), clock.local(evening[0], zone).time()) == (time(9), time(15, 45))


def test_how_far_it_is(ready, village):
    ada, usual = village.actor("ada"), Room.objects.get()
    hall, court = (add(Venue, by=ada, name=name, address="", way="", minutes=n) for name, n in (("Hall", 20), ("Court", 15)))
    here, there = Room.objects.create(name="A", venue=hall), Room.objects.create(name="B", venue=court)
    assert [minutes_between(*pair, travels()) for pair in ((usual, usual), (usual, here), (here, there), (here, here))] == [0, 20, 35, 0]
    set_travel(hall, by=ada, minutes={court.pk: 5})
    assert (minutes_between(there, here, travels()), travel_from(court)) == (5, {hall.pk: 5})
    set_travel(court, by=ada, minutes={hall.pk: None})
    assert Travel.objects.count() == 0
    with pytest.raises(CannotChange, match="A"):
        remove(hall, by=ada)


def test_helpers_have_the_time_to_go_from_one_venue_to_the_other(ready, room, village):
    with village.inside():
        other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    hall = Venue.objects.create(name="Hall", minutes=200)
    upstairs, noon = Room.objects.create(name="Upstairs", venue=hall), clock.at(DAY, 12, 0, ready.programme.zone)
    book(ready.case, by=ready.coordinator, room=room, starts_at=eight(ready), minutes=60)
    said = queries.objection(other.case, room=upstairs, starts_at=noon, minutes=60)
    assert said.endswith(" is in another place close to that time, and needs 200 minutes from one to the other.")
    assert queries.objection(other.case, room=room, starts_at=noon, minutes=60) == ""
    Room.objects.filter(pk=room.pk).update(seats=2)
    assert noon not in [s.starts_at for s in queries.suggestions(other.case)]
    Venue.objects.update(minutes=180)
    upstairs = Room.objects.get(pk=upstairs.pk)
    assert queries.objection(other.case, room=upstairs, starts_at=noon, minutes=60) == ""
    assert noon in [s.starts_at for s in queries.suggestions(other.case)]
