"""Whose turn it is, asked without a database."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from setfair.scheduling.candidates import (
    AWAY,
    BOOKED,
    EXAM,
    RUNNING,
    TERM,
    WEEK,
    Almanac,
    Away,
    Candidate,
    Needs,
    Turn,
    best_team,
    cannot,
    joined,
    why_not,
)

TUESDAY = datetime(2027, 1, 12, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
SPAN = (TUESDAY, TUESDAY + HOUR)
MONDAY = TUESDAY.replace(day=11, hour=0)
ALMANAC = Almanac(weeks=[(MONDAY, MONDAY + timedelta(weeks=1))], terms=[(MONDAY - timedelta(weeks=4), MONDAY + timedelta(weeks=10))])


def turn(days_ago, part="student"):
    starts = TUESDAY - timedelta(days=days_ago)
    return Turn((starts, starts + HOUR), part)


def one(number, name, kind="student", **said):
    return Candidate(UUID(int=number), UUID(int=100 + number), name, kind, **said)


def names(team):
    return [(place.part, place.who.name) for place in team.places]


@pytest.mark.mission("S0.2")
def test_one_adult_leads_and_two_students_whose_turn_it_is_help():
    they = [
        one(1, "Fadi", "staff", turns=(turn(5, "lead"),)),
        one(2, "Mina", "staff", turns=(turn(9, "lead"),)),
        one(3, "Theo", turns=(turn(3),)),
        one(4, "Noor", turns=(turn(30),)),
        one(5, "Ines"),
    ]
    assert names(best_team(they, Needs(), SPAN, ALMANAC)) == [("lead", "Mina"), ("student", "Ines"), ("student", "Noor")]


def test_turns_are_counted_by_part():
    """Who led last week and was beside others long ago is asked to stand beside, and who never led is asked to lead."""
    they = [one(1, "Fadi", "staff", turns=(turn(30, "lead"), turn(2, "co"))), one(2, "Mina", "staff", turns=(turn(10, "lead"),))]
    assert names(best_team(they, Needs(lead=1, co=1, student=0), SPAN, ALMANAC)) == [("lead", "Fadi"), ("co", "Mina")]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, ""),
        ({"away": (Away((MONDAY, MONDAY + timedelta(days=2)), EXAM),)}, EXAM),
        ({"away": (Away((SPAN[1], SPAN[1] + HOUR), EXAM),)}, ""),
        ({"away": (Away((TUESDAY - HOUR, TUESDAY + HOUR / 2), BOOKED),)}, BOOKED),
        ({"suits": ((SPAN[1], SPAN[1] + HOUR),)}, AWAY),
        ({"suits": ((TUESDAY - HOUR, SPAN[1]),)}, ""),
        ({"turns": (turn(1), turn(-2)), "a_week": 2}, WEEK),
        ({"turns": (turn(1), turn(-2)), "a_week": 3}, ""),
        ({"turns": (turn(1), turn(20)), "a_term": 2}, TERM),
        ({"turns": (turn(1), turn(80)), "a_term": 2}, ""),
    ],
)
def test_what_speaks_against_a_time(said, why):
    assert why_not(one(1, "Theo", **said), SPAN, ALMANAC) == why


def test_not_twice_running_as_long_as_somebody_else_can():
    last = turn(7)
    almanac = Almanac(meetings=[last.span[0]], weeks=ALMANAC.weeks, terms=ALMANAC.terms)
    theo, noor = one(1, "Theo", turns=(last,)), one(2, "Noor", turns=(turn(2),))
    alone = best_team([theo], Needs(lead=0, student=1), SPAN, almanac).places[0]
    assert (alone.who, alone.despite) == (theo, (RUNNING,))
    assert names(best_team([theo, noor], Needs(lead=0, student=1), SPAN, almanac)) == [("student", "Noor")]


def test_a_language_that_is_needed_comes_before_a_turn_and_is_covered_once():
    they = [one(1, "Ines"), one(2, "Noor", turns=(turn(2),), speaks=frozenset({"es"})), one(3, "Theo", turns=(turn(1),), speaks=frozenset({"es"}))]
    team = best_team(they, Needs(lead=0, student=2, languages=frozenset({"es", "so"})), SPAN, ALMANAC)
    assert (names(team), team.unspoken) == ([("student", "Noor"), ("student", "Ines")], frozenset({"so"}))
    assert best_team(they, Needs(lead=0, student=1, languages=frozenset({"es"})), SPAN, ALMANAC, frozenset({"es"})).places[0].who.name == "Ines"


def test_what_nobody_can_take_is_said_and_who_cannot_with_why():
    theo = one(1, "Theo", away=(Away((MONDAY, MONDAY + timedelta(days=2)), EXAM),))
    team = best_team([theo], Needs(), SPAN, ALMANAC)
    assert (names(team), team.open, team.refused) == ([], ("lead", "student", "student"), {theo.id: EXAM})


def test_all_the_times_at_which_they_cannot_are_those_of_which_it_is_said_one_by_one():
    """Every quarter of an hour of two weeks, asked both ways."""
    they = [
        one(1, "Away", away=(Away((TUESDAY - HOUR, TUESDAY + HOUR / 2), BOOKED),)),
        one(2, "Suits", suits=joined([(TUESDAY + HOUR, TUESDAY + 2 * HOUR), (TUESDAY - HOUR, TUESDAY + HOUR)])),
        one(3, "Week", turns=(turn(1), turn(-2))),
        one(4, "Term", turns=(turn(1), turn(20)), a_term=2),
        one(5, "Free", turns=(turn(1),)),
    ]
    days = [(MONDAY + timedelta(days=n), MONDAY + timedelta(days=n + 1)) for n in range(14)]
    almanac = Almanac(weeks=[(MONDAY + timedelta(weeks=n), MONDAY + timedelta(weeks=n + 1)) for n in range(2)], terms=ALMANAC.terms)
    for who in they:
        spans = cannot(who, days, almanac)
        for quarter in range(14 * 24 * 4 - 4):
            starts = MONDAY + timedelta(minutes=15 * quarter)
            if (starts + HOUR).date() == starts.date():
                shut = any(first < starts + HOUR and starts < last for first, last in spans)
                assert shut == bool(why_not(who, (starts, starts + HOUR), almanac)), (who.name, starts)
