"""What is never said when a time is looked for: that somebody of a circle is in another case or in a closed place, or that a hidden case exists."""

from datetime import date, datetime, time

import pytest
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Role
from setfair.programmes.models import Room, Window
from setfair.scheduling import actions, rounds, solver
from setfair.scheduling.actions import book
from setfair.scheduling.open_days import open_between
from setfair.scheduling.queries import lay_out, stands_in_the_way, times_of, ways_out, what_blocks
from setfair.scheduling.solver import Stretch
from setfair.scheduling.team_for import team_for
from setfair.village.cast import OTHER
from setfair.village.story import case_at

from .conftest import MONDAY, TUESDAY, ZONE, led_by_one_alone, say_yes

pytestmark = pytest.mark.django_db


def only_tuesday(case):
    Window.objects.exclude(name="Tuesday morning").delete()
    Window.objects.update(ends=time(9, 0))
    Case.objects.filter(pk=case.pk).update(deadline=TUESDAY.date())
    case.refresh_from_db()


@pytest.fixture
def other(ready, village):
    """Another case, and somebody of its circle who stands in Hana's too."""
    story = case_at(village, Stage.READY, circle=OTHER, matter=3)
    otto = cases.add_person(ready.case, by=ready.coordinator, known=story.people["otto"].person, name="Otto", role=Role.COMMUNITY)
    say_yes(ready, otto)
    return story


def library():
    return Room.objects.create(name="Library", seats=12)


def said(case):
    laid = lay_out(case)
    hindered = solver.hindered(laid.diary, laid.meeting)
    shown = [stands_in_the_way(laid, stretch, hindered) for stretch in laid.almanac.stretches]
    return " ".join([*what_blocks(case), *(way.words for way in ways_out(laid)), *shown])


@pytest.mark.parametrize("how", ["booked", "offered"])
def test_of_somebody_of_the_circle_only_that_they_cannot_come(ready, other, how):
    led_by_one_alone(other)
    if how == "booked":
        book(other.case, by=other.coordinator, room=library(), starts_at=TUESDAY, minutes=60)
    else:
        choices = [actions.Choice(library(), TUESDAY, 60)]
        actions.offer(other.case, by=other.coordinator, choices=choices, answer_by=datetime(2027, 1, 11, 21, tzinfo=MONDAY.tzinfo), hours=48)
    only_tuesday(ready.case)
    assert what_blocks(ready.case) == ["Otto Winterbourne cannot come at these times."]
    found = said(ready.case)
    assert ("Otto Winterbourne cannot come" in found, "Ask Otto Winterbourne again." in found) == (True, True)
    assert [word for word in ("booked", "kept free", "Move") if word in found] == []


@pytest.mark.parametrize(("how", "words"), [("open", "is already booked"), ("sealed", "cannot come"), ("kept out", "cannot come")])
def test_of_the_team_it_is_said_that_they_are_booked_only_where_everybody_may_know(ready, village, how, words):
    other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    book(other.case, by=other.coordinator, room=library(), starts_at=TUESDAY, minutes=60)
    team = [village.users[name] for name in ("cora", "fadi", "ines", "malik")]
    if how == "sealed":
        cases.seal(other.case, by=other.coordinator, why="office", team=team)
    elif how == "kept out":
        cases.keep_out(other.case, by=other.coordinator, user=village.users["mina"], why="close")
    only_tuesday(ready.case)
    found = what_blocks(ready.case)
    assert {line.split(" ", 2)[2].removesuffix(" at these times.").removesuffix(".") for line in found} == {words}
    assert len(found) == 3
    for assignment in ready.case.assignments.filter(ended_at=None, part="student"):
        cases.unassign(assignment, by=ready.coordinator)
    too_few = " ".join(what_blocks(ready.case))
    assert ("has another meeting then" in too_few, "not free then" in too_few) == (how == "open", how != "open")
    assert team_for(ready.case, TUESDAY.date(), TUESDAY.date()).candidates != ()


def test_visiting_hours_are_asked_about_without_their_name(ready, village, client):
    """It would tell everybody who is asked that one of the others is in a closed place."""
    ready.invite_everyone()
    Window.objects.create(name="Visits Marsh Hall", kind="visit", weekday=1, starts=time(14), ends=time(15))
    visit = Stretch("Visits Marsh Hall", datetime(2027, 1, 19, 14, tzinfo=ZONE), datetime(2027, 1, 19, 15, tzinfo=ZONE))
    usual = open_between(ready.programme, date(2027, 1, 20), date(2027, 1, 29))[0]
    asked = rounds.ask(ready.case, by=ready.coordinator, times=[visit, usual], until=datetime(2027, 1, 18, tzinfo=ZONE))
    page = village.enter(client, ready.hana).get(reverse("times")).content.decode()
    assert (page.count('type="radio"'), "2 p.m." in page, usual.name in page, "Marsh Hall" in page) == (6, True, True, False)
    assert [t.name for t in times_of(asked)] == ["", usual.name]
