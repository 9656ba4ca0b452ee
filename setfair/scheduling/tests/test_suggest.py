from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from setfair.cases.journey import Stage
from setfair.programmes.models import Closure, Room, Term, Window
from setfair.scheduling.actions import CannotAnswer, answer_time, book
from setfair.scheduling.models import TimeAnswer
from setfair.scheduling.queries import suggestions, what_blocks
from setfair.village.cast import OTHER
from setfair.village.story import case_at
from setfair.village.time import at

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("America/New_York")
MONDAY = datetime(2027, 1, 11, 9, tzinfo=ZONE)


@pytest.fixture
def ready(village, at_ready):
    with at(MONDAY), village.inside():
        yield at_ready


def clocks(found):
    return [s.starts_at.astimezone(ZONE).strftime("%a %d %H:%M") for s in found]


@pytest.mark.mission("S0.7")
def test_each_window_offers_its_first_time_from_tomorrow_on(ready):
    assert clocks(suggestions(ready.case)) == ["Tue 12 08:00", "Tue 12 12:00", "Tue 12 15:15", "Wed 13 12:00", "Wed 13 15:15"]
    assert {s.ends_at - s.starts_at for s in suggestions(ready.case)} == {timedelta(minutes=60)}


def test_a_suggestion_says_why(ready):
    tuesday = suggestions(ready.case)[0].starts_at
    for person in (ready.hana, ready.sol, ready.gail):
        answer_time(person, by=ready.lead, starts_at=tuesday, answer="yes")
    first = suggestions(ready.case)[0]
    assert (first.reasons, first.against) == (("Tuesday morning",), ("1 person has not answered yet.",))
    answer_time(ready.rami, by=ready.lead, starts_at=tuesday, answer="yes")
    assert suggestions(ready.case)[0].reasons[1:] == ("Everybody said yes.",)
    answer_time(ready.rami, by=ready.lead, starts_at=tuesday, answer="if_needed")
    moved = next(s for s in suggestions(ready.case, limit=99) if s.starts_at == tuesday)
    assert (moved.reasons[1:], moved.against) == ((), ("If needed: Rami.",))
    assert moved == suggestions(ready.case, limit=99)[-1]


def test_who_said_no_is_not_asked_to_come(ready):
    tuesday = suggestions(ready.case)[0].starts_at
    answer_time(ready.hana, by=ready.me("hana"), starts_at=tuesday, answer="no")
    assert clocks(suggestions(ready.case, limit=1)) == ["Tue 12 12:00"]
    answer_time(ready.hana, by=ready.me("hana"), starts_at=tuesday, answer="yes")
    assert clocks(suggestions(ready.case, limit=1)) == ["Tue 12 08:00"]


def test_closures_and_terms_are_kept(ready):
    Closure.objects.create(name="Snow day", starts_on=date(2027, 1, 12), ends_on=date(2027, 1, 12))
    assert clocks(suggestions(ready.case, limit=1)) == ["Wed 13 12:00"]
    Term.objects.create(name="Spring", starts_on=date(2027, 1, 25), ends_on=date(2027, 5, 28))
    assert clocks(suggestions(ready.case, limit=1)) == ["Mon 25 12:00"]


def test_the_wall_clock_stays_when_the_clocks_change(village):
    with at(datetime(2027, 3, 12, 9, tzinfo=ZONE)), village.inside():
        story = case_at(village, Stage.READY)
        Window.objects.exclude(name="Tuesday morning").delete()
        found = suggestions(story.case, limit=2)
    assert clocks(found) == ["Tue 16 08:00", "Tue 23 08:00"]
    assert [s.starts_at.astimezone(ZONE).utcoffset() for s in found] == [timedelta(hours=-4)] * 2


def test_nothing_lies_behind_the_deadline(ready):
    ready.case.deadline = date(2027, 1, 11)
    assert suggestions(ready.case) == []
    assert what_blocks(ready.case) == ["No open day is left before the deadline."]


def test_what_blocks_names_who_is_busy_but_never_with_what(ready, village):
    other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    Window.objects.exclude(name="Tuesday morning").delete()
    Window.objects.update(ends=time(9, 0))
    ready.case.deadline = date(2027, 1, 12)
    tuesday = suggestions(other.case, limit=1)[0]
    booking = book(other.case, by=other.coordinator, room=tuesday.room, starts_at=tuesday.starts_at, minutes=60)
    assert suggestions(ready.case) == []
    said = what_blocks(ready.case)
    assert sorted(said) == [
        "Every room that is big enough is taken.",
        "Fadi Brandt is already booked.",
        "Ines Okafor is already booked.",
        "Malik Vane is already booked.",
    ]
    assert not [s for s in said if other.case.ref in s or other.case.alias in s or "Otto" in s]
    assert booking.starts_at == tuesday.starts_at


def test_what_blocks_says_when_a_window_is_too_short_and_when_no_room_is_big_enough(ready):
    Window.objects.update(starts=time(12, 0), ends=time(12, 40))
    assert what_blocks(ready.case) == ["Some windows are too short for 60 minutes."]
    assert clocks(suggestions(ready.case, limit=1, minutes=40)) == ["Tue 12 12:00"]
    Room.objects.update(seats=6)
    assert what_blocks(ready.case, minutes=40) == ["No open room has 7 seats."]
    Window.objects.all().delete()
    assert what_blocks(ready.case)[0].startswith("No times of the week are set yet.")


def test_an_answer_is_kept_and_never_changed(ready):
    noon = datetime(2027, 1, 12, 12, tzinfo=ZONE)
    for said in ("no", "no", "yes"):
        answer_time(ready.hana, by=ready.me("hana"), starts_at=noon, answer=said)
    assert list(TimeAnswer.objects.order_by("at").values_list("answer", "by_kind")) == [("no", "participant"), ("yes", "participant")]
    with pytest.raises(CannotAnswer):
        answer_time(ready.hana, by=ready.me("hana"), starts_at=MONDAY - timedelta(hours=1), answer="yes")
    with pytest.raises(CannotAnswer):
        answer_time(ready.hana, by=ready.me("hana"), starts_at=noon, answer="maybe")


def test_the_search_asks_the_database_equally_often_for_two_and_for_four(ready, village):
    """Asked a second time each: what is kept in memory for a while, such as keys, is there or not for both."""
    asked = []
    for story in (case_at(village, Stage.READY, circle=OTHER, matter=3), ready):
        suggestions(story.case)
        with CaptureQueriesContext(connection) as caught:
            assert len(suggestions(story.case)) == 5
        asked.append(len(caught))
    assert (asked[0], asked[0] <= 40) == (asked[1], True)
