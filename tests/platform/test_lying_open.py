"""What the figure of open pages makes of what it is told: whole messages, the newest of them, and pages that are slower meanwhile."""

import asyncio

import pytest

from bench.halls import Chair
from bench.lying_open import Found, torn
from bench.open_lines import Line, head
from bench.shares import DATABASE, ELSE, SERVER, between
from bench.three_screens import HEARS, LEAD, STUDENT, TABLE
from config.lines import NOTHING
from setfair.conferences.live.state import SHOWS, Kind

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n"
CHAIR = Chair("one", "/conferences/one/", "/conferences/one/live/", {"stay": "abc"})


def lines(*told):
    """A line for each: the parts in which it was told."""

    async def play():
        opened = []
        for parts in told:
            opened.append(Line(CHAIR, 3))
            for part in parts:
                opened[-1].data_received(part)
        return opened

    return asyncio.run(play())


def test_a_message_counts_when_all_of_it_is_there():
    whole, cut = lines([HEAD, b'1c\r\nid: 4\ndata: {"page"', b":2}\n\n\r\n"], [HEAD, b'1c\r\nid: 4\ndata: {"page"'])
    assert [sorted(line.heard) for line in (whole, cut)] == [[4], []]
    assert whole.is_held


def test_a_breath_is_an_event_of_a_page_and_no_beat():
    breath = b"event: breath\ndata: .\n\n"
    assert NOTHING == b"%x\r\n%b\r\n" % (len(breath), breath)
    (line,) = lines([HEAD, NOTHING, b"id: 4\ndata: {}\n\n", NOTHING, b"id: 5\ndata: {}\n\n"])
    assert sorted(line.heard) == [4, 5]


@pytest.mark.parametrize("answer", [HEAD.replace(b"\r\n\r\n", b"\r\nContent-Length: 5\r\n\r\n"), b"HTTP/1.1 404 Not Found\r\n\r\n"])
def test_an_answer_that_ends_is_no_line_that_is_held(answer):
    (line,) = lines([answer])
    assert not line.is_held


def test_whoever_is_told_the_newest_has_missed_nothing():
    (line,) = lines([HEAD, b"id: 4\ndata: {}\n\n", b"id: 7\ndata: {}\n\n"])
    assert line.since(5) == line.heard[7]
    assert line.since(8) is None


def test_two_in_the_same_seat_are_told_the_same():
    same = lines([HEAD, b"id: 4\ndata: {}\n\n"], [HEAD, b"id: 4\ndata: {}\n\n"])
    other = lines([HEAD, b"id: 4\ndata: {}\n\n"], [HEAD, b"id: 4\ndata: []\n\n"])
    assert (torn(same, 4), torn(other, 4)) == (0, 1)


def test_pages_are_as_slow_as_the_one_that_suffers_most():
    found = Found()
    assert found.ratio == 0.0
    found.pages["Today"] = ([0.01] * 3, [0.02] * 3)
    found.pages["the script"] = ([0.01] * 3, [0.03] * 3)
    assert found.ratio == pytest.approx(3)


def test_whoever_is_new_spent_all_they_have_and_all_else_is_what_is_left_of_the_machine():
    before = {SERVER: {7: 1.0}, DATABASE: {8: 2.0, 9: 5.0}, ELSE: {0: 100.0}}
    after = {SERVER: {7: 1.5}, DATABASE: {8: 2.25, 10: 0.25}, ELSE: {0: 102.0}}
    assert between(before, after) == {SERVER: 0.5, DATABASE: 0.5, ELSE: 1.0}


def test_a_form_says_how_long_it_is():
    assert head("POST", "/turns/", CHAIR, b"page=2", csrftoken="f").endswith(
        b"Cookie: stay=abc; csrftoken=f\r\nAccept-Language: en\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n\r\npage=2"
    )


def test_who_is_told_which_fact_is_said_twice():
    """The figure `circle` does not ask the server what it may tell."""
    assert {kind: set(names) for kind, names in SHOWS.items()} == {
        Kind.LEAD: HEARS[LEAD],
        Kind.STUDENT: HEARS[STUDENT],
        Kind.TABLE: HEARS[TABLE],
    }
