from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from setfair.cases.journey import Stage
from setfair.programmes.models import Closure, Programme, Room, Window
from setfair.scheduling.actions import answer_time, book
from setfair.scheduling.queries import lay_out, suggestions, ways_out
from setfair.village.cast import OTHER
from setfair.village.story import case_at

from .conftest import led_by_one_alone

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("America/New_York")


@pytest.fixture
def only_tuesday(ready):
    """One window of one hour, on one day before the deadline."""
    Window.objects.exclude(name="Tuesday morning").delete()
    Window.objects.update(ends=time(9, 0))
    ready.case.deadline = date(2027, 1, 12)
    ready.case.save()
    return ready


def ways(case):
    return [(way.words, way.opens, way.first.astimezone(ZONE).strftime("%a %d %H:%M")) for way in ways_out(lay_out(case))]


def say(story, who, *answers):
    """Of the Tuesdays from the twelfth on."""
    for week, answer in enumerate(answers):
        answer_time(story.people[who], by=story.lead, starts_at=datetime(2027, 1, 12 + 7 * week, 8, tzinfo=ZONE), answer=answer)


@pytest.mark.mission("S0.7")
def test_where_nothing_fits_the_change_that_opens_most_comes_first(only_tuesday):
    say(only_tuesday, "hana", "no")
    assert suggestions(only_tuesday.case) == []
    assert ways(only_tuesday.case) == [
        ("Meet after the deadline.", 5, "Tue 19 08:00"),
        ("Ask Hana again.", 1, "Tue 12 08:00"),
    ]


def test_one_who_would_come_only_if_needed_is_asked_again_and_still_offered(only_tuesday):
    say(only_tuesday, "hana", "if_needed", "no", "no")
    assert [(s.against[0], s.reluctant) for s in suggestions(only_tuesday.case)] == [("If needed: Hana.", True)]
    assert ways(only_tuesday.case)[-1] == ("Ask Hana again.", 1, "Tue 12 08:00")


def test_one_more_room_opens_a_time_where_only_the_room_is_taken(only_tuesday, village):
    other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    led_by_one_alone(other)
    Closure.objects.create(name="Snow", starts_on=date(2027, 1, 13), ends_on=date(2028, 3, 30))
    book(other.case, by=other.coordinator, room=Room.objects.get(), starts_at=datetime(2027, 1, 12, 8, tzinfo=ZONE), minutes=60)
    assert ways(only_tuesday.case) == [("Find one more room.", 1, "Tue 12 08:00")]


def test_a_shorter_meeting_is_named_where_it_would_fit(ready):
    Window.objects.update(starts=time(12, 0), ends=time(12, 45))
    assert [words for words, _opens, _first in ways(ready.case)] == ["Plan 45 minutes instead of 60."]


def page(client, ready, week=""):
    return client.get(reverse("schedule", args=[ready.case.ref]), {"week": week} if week else {}).content.decode()


def test_the_page_says_what_is_needed_and_the_rules(client, village, ready):
    village.sign_in(client, "cora")
    found = page(client, ready)
    assert "60 minutes · a room with 7 seats · " in found
    assert "Tuesday morning · Lunch · After school · the two sides arrive 10 minutes apart" in found.replace("lunch", "Lunch").replace(
        "after school", "After school"
    )


def test_the_page_says_how_the_length_comes_about_where_there_is_more_in_it_than_the_talk(client, village, ready):
    Programme.objects.filter(pk=ready.case.programme_id).update(talk_minutes=45, settle_minutes=10, break_minutes=5)
    village.sign_in(client, "cora")
    assert "60 minutes: 45 to talk, 10 to arrive, 5 for a break." in page(client, ready)


def test_the_week_shows_each_window_with_its_time_or_with_what_stands_in_the_way(client, village, ready):
    answer_time(ready.hana, by=ready.lead, starts_at=datetime(2027, 1, 12, 8, tzinfo=ZONE), answer="no")
    village.sign_in(client, "cora")
    found = page(client, ready, "2027-01-13")
    assert ("Week of 11 Jan 2027" in found, "Not possible:</p>" in found, "Hana said no" in found) == (True, False, True)
    assert found.count("Book this<") == found.count("week-slot--free") > 5
    assert ("Week before" in found, "?week=2027-01-18" in found) == (False, True)
    assert "Week of 11 Jan 2027" in page(client, ready, "soon")
    assert "Week of 11 Jan 2027" in page(client, ready, "1999-01-01")
    last = page(client, ready, "2099-01-01")
    assert ("Week of 22 Feb 2027" in last, "Week after" in last) == (True, False)


def test_the_week_asks_equally_often_for_two_people_and_for_four(client, village, ready, django_assert_max_num_queries):
    pair = case_at(village, Stage.READY, circle=OTHER, matter=3)
    village.sign_in(client, "cora")
    page(client, pair, "2027-01-13")
    counts = []
    for story in (pair, ready):
        with django_assert_max_num_queries(74) as asked:
            page(client, story, "2027-01-13")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_speaks_against_each_of_the_times_is_said_once(ready, village, client):
    """Nobody has answered: that is so of all five. Of one of them Hana says "if needed", and that stays with it."""
    page = reverse("schedule", args=[ready.case.ref])
    cora = village.sign_in(client, "cora")
    first = suggestions(ready.case)[0].starts_at
    answer_time(ready.hana, by=ready.lead, starts_at=first, answer="if_needed")
    shown = cora.get(page)
    rows = {row["moment"]: row["against"] for row in shown.context["suggestions"]}
    against = {one.starts_at.isoformat(): one.against for one in suggestions(ready.case)}
    alike = shown.context["of_all"]
    assert (alike, alike == [line for line in next(iter(against.values())) if all(line in each for each in against.values())]) != ([], True)
    assert rows == {moment: [line for line in lines if line not in alike] for moment, lines in against.items()}
    assert [shown.content.decode().count(line) for line in alike] == [1] * len(alike)
    later_week = cora.get(page, {"week": "2027-01-18"}).content.decode()
    assert [later_week.count(line) for line in alike] == [1] * len(alike)
