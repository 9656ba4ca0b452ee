"""What the hub of the open lines does without a database: who is held, and who is sent back to the door."""

import os
from time import monotonic

import pytest

from config import live

CIRCLE, OTHER = ("school", "one"), ("school", "two")
SEAT = ("table", "en")


class Wire:
    """A line that is let go of: one end of a pipe."""

    def let_go(self):
        reading, writing = os.pipe()
        os.close(writing)
        return reading


def hub():
    """One that hears, and that has somebody to keep its lines."""
    found = live.Hub(lambda _circle, _seats: {})
    found.listens = found.keeper.is_up = True
    return found


def held(hub, circle, asked):
    """Whether a line stays open that came to the door then."""
    stays = hub.hold(circle, SEAT, 0, asked, Wire())
    hub.keeper._drop()
    return stays


@pytest.mark.parametrize(("circle", "stays"), [(CIRCLE, False), (OTHER, True)])
def test_whoever_passed_the_door_before_somebody_was_taken_off_comes_through_it_again(circle, stays):
    keeps, asked = hub(), monotonic()
    keeps._told("school one who")
    assert (held(keeps, circle, asked), held(keeps, CIRCLE, monotonic())) == (stays, True)


def test_what_was_told_while_nobody_listened_is_not_trusted():
    keeps = hub()
    asked, keeps.since = monotonic(), monotonic()
    assert (held(keeps, CIRCLE, asked), held(keeps, CIRCLE, monotonic())) == (False, True)


@pytest.mark.parametrize("lacks", ["listens", "is_up"])
def test_no_line_is_held_where_nobody_hears_or_nobody_keeps_it(lacks):
    keeps = hub()
    setattr(keeps if lacks == "listens" else keeps.keeper, lacks, False)
    assert held(keeps, CIRCLE, monotonic()) is False


def test_one_circle_takes_no_line_from_another():
    keeps = hub()
    assert {held(keeps, CIRCLE, monotonic()) for _ in range(live.MOST_OF_ONE)} == {True}
    assert (held(keeps, CIRCLE, monotonic()), held(keeps, OTHER, monotonic())) == (False, True)
    for n in range(live.MOST - live.MOST_OF_ONE - 1):
        held(keeps, ("county", str(n)), monotonic())
    assert held(keeps, ("county", "more"), monotonic()) is False


def test_a_line_that_went_leaves_its_place_and_all_do_when_who_keeps_them_is_gone():
    keeps = hub()
    held(keeps, CIRCLE, monotonic())
    held(keeps, OTHER, monotonic())
    keeps._gone(1)
    keeps._gone(1)
    assert (set(keeps.lines), set(keeps.of)) == ({OTHER}, {2})
    keeps._lost()
    assert (keeps.lines, keeps.of) == ({}, {})
