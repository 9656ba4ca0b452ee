"""What the hub of the open lines does without a database: who is held, and who is sent back to the door."""

import asyncio
from time import monotonic

import pytest

from config import live

CIRCLE, OTHER = ("school", "one"), ("school", "two")
SEAT = ("table", "en")


async def held(hub, circle, asked):
    """Whether a line stays open that came to the door then."""
    asks, sent = asyncio.Event(), []

    async def send(message):
        sent.append(message)

    task = asyncio.create_task(hub.hold(circle, SEAT, 0, asked, asks.wait, send))
    await asyncio.sleep(0)
    stays = not task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return stays


@pytest.mark.parametrize(("circle", "stays"), [(CIRCLE, False), (OTHER, True)])
def test_whoever_passed_the_door_before_somebody_was_taken_off_comes_through_it_again(circle, stays):
    async def play():
        hub = live.Hub(lambda _circle, _seats: {})
        asked = monotonic()
        hub._told("school one who")
        return await held(hub, circle, asked), await held(hub, CIRCLE, monotonic())

    assert asyncio.run(play()) == (stays, True)


def test_what_was_told_while_nobody_listened_is_not_trusted():
    async def play():
        hub = live.Hub(lambda _circle, _seats: {})
        asked, hub.since = monotonic(), monotonic()
        return await held(hub, CIRCLE, asked), await held(hub, CIRCLE, monotonic())

    assert asyncio.run(play()) == (False, True)


def test_one_circle_takes_no_line_from_another():
    hub = live.Hub(lambda _circle, _seats: {})
    hub.lines = {CIRCLE: {live.Line(SEAT) for _ in range(live.MOST_OF_ONE)}}
    assert (hub.has_room(CIRCLE), hub.has_room(OTHER)) == (False, True)
    hub.lines |= {("county", str(n)): {live.Line(SEAT) for _ in range(live.MOST_OF_ONE)} for n in range(3)}
    assert hub.has_room(OTHER) is False
