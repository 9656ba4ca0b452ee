"""The search itself, on bare spans of time."""

import uuid
from datetime import UTC, date, datetime, time, timedelta

import pytest

from setfair.scheduling.solver import Problem, Stretch, fits, obstacles, stretches_of

NEW_YORK = "America/New_York"
ANA, BEN, SMALL, LARGE = (uuid.UUID(int=n) for n in range(1, 5))
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def utc(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def stretch(day, start, end):
    return Stretch("Morning", utc(day, start), utc(day, end))


def problem(**given):
    asked = {"minutes": 60, "stretches": [stretch(24, 13, 15)], "rooms": [SMALL], "needed": [ANA, BEN], "after": LONG_AGO}
    return Problem(**(asked | given))


@pytest.mark.parametrize(
    ("day", "starts", "ends", "hours"),
    [
        (date(2026, 11, 24), time(8), time(9), 1),  # an ordinary day
        (date(2026, 3, 8), time(1), time(4), 2),  # the hour from two to three is not there
        (date(2026, 11, 1), time(0), time(3), 4),  # the hour from one to two comes twice
    ],
)
def test_a_window_is_as_long_as_the_day_lets_it_be(day, starts, ends, hours):
    (found,) = stretches_of(day, [("Night", starts, ends)], NEW_YORK)
    assert found.ends - found.starts == timedelta(hours=hours)


def test_the_same_wall_clock_time_is_another_moment_after_the_clocks_change():
    before, after = (stretches_of(date(2026, 10, day), [("Tuesday", time(8), time(9))], NEW_YORK)[0] for day in (20, 27))
    later = stretches_of(date(2026, 11, 3), [("Tuesday", time(8), time(9))], NEW_YORK)[0]
    assert after.starts - before.starts == timedelta(days=7)
    assert later.starts - after.starts == timedelta(days=7, hours=1)


def test_a_window_inside_the_skipped_hour_is_no_window():
    assert [s.ends - s.starts for s in stretches_of(date(2026, 3, 8), [("Gone", time(2, 30), time(3))], NEW_YORK)] == []


def test_it_takes_the_first_quarter_of_an_hour_that_is_free():
    found = fits(problem(taken={ANA: [(utc(24, 12), utc(24, 13, 20))]}))
    assert [(fit.starts, fit.room) for fit in found] == [(utc(24, 13, 30), SMALL)]


def test_back_to_back_is_free():
    found = fits(problem(taken={ANA: [(utc(24, 12), utc(24, 13))]}))
    assert [fit.starts for fit in found] == [utc(24, 13)]


def test_it_takes_the_next_room_when_the_first_is_taken():
    found = fits(problem(rooms=[SMALL, LARGE], taken={SMALL: [(utc(24, 13), utc(24, 15))]}))
    assert [(fit.starts, fit.room) for fit in found] == [(utc(24, 13), LARGE)]


def test_if_needed_comes_later_and_no_does_not_come_at_all():
    three = [stretch(24, 13, 15), stretch(25, 13, 15), stretch(26, 13, 15)]
    said = {ANA: [(utc(24, 13), "if_needed"), (utc(25, 13), "no")], BEN: [(utc(26, 13), "yes")]}
    assert [fit.starts for fit in fits(problem(stretches=three, answers=said))] == [utc(26, 13), utc(24, 13)]


def test_the_last_word_counts():
    said = {ANA: [(utc(24, 13), "no"), (utc(24, 13), "yes")]}
    assert [fit.answers for fit in fits(problem(answers=said))] == [{ANA: "yes"}]


def test_what_has_begun_is_not_offered():
    assert [fit.starts for fit in fits(problem(after=utc(24, 13, 10)))] == [utc(24, 13, 15)]


def test_obstacles_name_who_and_what_stood_in_the_way():
    taken = {ANA: [(utc(24, 12), utc(24, 16))], SMALL: [(utc(24, 12), utc(24, 16))]}
    found = obstacles(problem(taken=taken, answers={BEN: [(utc(24, 13), "no")]}))
    assert (dict(found.busy), dict(found.refused), found.room, found.short) == ({ANA: 1}, {BEN: 1}, 1, 0)
    assert obstacles(problem(minutes=180)).short == 1
