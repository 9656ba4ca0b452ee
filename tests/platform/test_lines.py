"""The process that keeps open lines: who is told what, who reads slowly, and what is left when somebody ends."""

import asyncio
import os
import resource
import signal
import socket
import time
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from config import keeper, lines

CIRCLE, OTHER = ("school", "one"), ("school", "two")
TABLE, LEAD = ("table", "en"), ("lead", "en")
SOON = 5.0
OPENED = []


@pytest.fixture(autouse=True)
def _hung_up():
    yield
    while OPENED:
        OPENED.pop().close()


class Phone:
    """The other end of a line."""

    def __init__(self, keeps, number, circle, seat, narrow=False):
        self.socket, line = socket.socketpair()
        OPENED.append(self.socket)
        if narrow:
            for end in (self.socket, line):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        self.socket.setblocking(False)
        keeps.hold(number, circle, seat, os.dup(line.fileno()))
        line.close()

    async def read(self, most=1 << 16):
        return await asyncio.wait_for(asyncio.get_running_loop().sock_recv(self.socket, most), SOON)

    async def to_the_end(self):
        had = b""
        while part := await self.read():
            had += part
        return had


@asynccontextmanager
async def kept(forget=None):
    """Whoever hands lines over, the process that keeps them, and what was said of lines that went."""
    gone, lost = [], []
    keeps = keeper.Keeper(forget or gone.append, lambda: lost.append(True))
    running = asyncio.create_task(keeps.run())
    try:
        await until(lambda: keeps.is_up)
        yield keeps, gone, lost
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await keeps.stop()


async def until(true):
    async with asyncio.timeout(SOON):
        while not true():
            await asyncio.sleep(0.01)


def framed(words):
    return b"%x\r\n%b\r\n" % (len(words), words)


def test_each_kind_of_seat_is_told_its_own_words_and_no_other_circle_any():
    async def play():
        async with kept() as (keeps, _gone, _lost):
            table, lead = Phone(keeps, 1, CIRCLE, TABLE), Phone(keeps, 2, CIRCLE, LEAD)
            other = Phone(keeps, 3, OTHER, TABLE)
            keeps.tell(CIRCLE, TABLE, b"for the table")
            keeps.tell(CIRCLE, LEAD, b"for the lead")
            keeps.tell(OTHER, TABLE, b"for others")
            return [await phone.read() for phone in (table, lead, other)]

    assert asyncio.run(play()) == [framed(b"for the table"), framed(b"for the lead"), framed(b"for others")]


def test_a_circle_that_ends_ends_all_its_lines_or_those_of_one_seat():
    async def play():
        async with kept() as (keeps, gone, _lost):
            phones = [Phone(keeps, 1, CIRCLE, TABLE), Phone(keeps, 2, CIRCLE, LEAD), Phone(keeps, 3, OTHER, TABLE)]
            keeps.end(CIRCLE, TABLE)
            first = await phones[0].to_the_end()
            await until(lambda: gone == [1])
            keeps.end(CIRCLE)
            second = await phones[1].to_the_end()
            await until(lambda: gone == [1, 2])
            keeps.tell(OTHER, TABLE, b"still here")
            return first, second, await phones[2].read()

    assert asyncio.run(play()) == (lines.OVER, lines.OVER, framed(b"still here"))


@pytest.mark.bad_case
def test_whoever_reads_slowly_keeps_nobody_waiting_and_is_told_the_newest_and_nothing_in_between():
    async def play():
        async with kept() as (keeps, _gone, _lost):
            slow, quick = Phone(keeps, 1, CIRCLE, TABLE, narrow=True), Phone(keeps, 2, CIRCLE, TABLE)
            for number in range(40):
                words = b"%d:" % number + b"x" * 20_000
                keeps.tell(CIRCLE, TABLE, words)
                had = b""
                while len(had) < len(framed(words)):
                    had += await quick.read()
                assert had == framed(words)
            had, newest = b"", framed(words)
            while not had.endswith(newest):
                had += await slow.read()
            return had

    had = asyncio.run(play())
    assert had.count(b"\r\n39:") == 1
    assert len(had) < 12 * 20_000, "what was overwritten was never sent"


@pytest.mark.bad_case
def test_whoever_has_not_read_what_they_were_sent_is_hung_up_when_the_line_ends():
    async def play():
        async with kept() as (keeps, gone, _lost):
            phone = Phone(keeps, 1, CIRCLE, TABLE, narrow=True)
            for _ in range(10):
                keeps.tell(CIRCLE, TABLE, b"x" * 20_000)
            await asyncio.sleep(0.2)
            keeps.end(CIRCLE)
            await until(lambda: gone == [1])
            return await phone.to_the_end()

    had = asyncio.run(play())
    assert 0 < len(had) < 40_000, "what the kernel had taken, and no more"


def test_a_phone_that_goes_is_said_to_have_gone():
    async def play():
        async with kept() as (keeps, gone, _lost):
            phone = Phone(keeps, 7, CIRCLE, TABLE)
            keeps.tell(CIRCLE, TABLE, b"here")
            await phone.read()
            phone.socket.close()
            await until(lambda: gone == [7])

    asyncio.run(play())


@pytest.mark.bad_case
def test_a_whole_hall_that_goes_while_the_server_is_busy_takes_no_other_circle_with_it():
    hall = range(1, 301)

    async def play():
        async with kept() as (keeps, gone, lost):
            for number in hall:
                Phone(keeps, number, CIRCLE, TABLE)
                await until(keeps.to_say.empty)
            other = Phone(keeps, 1000, OTHER, TABLE)
            keeps.end(CIRCLE)
            await until(keeps.to_say.empty)
            await asyncio.sleep(0.01)
            time.sleep(0.5)  # the server draws a page and reads nothing
            await until(lambda: len(gone) == len(hall))
            keeps.tell(OTHER, TABLE, b"still here")
            return sorted(gone), list(lost), await other.read()

    assert asyncio.run(play()) == (list(hall), [], framed(b"still here"))


@pytest.mark.bad_case
@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux takes files from a process that runs")
def test_where_a_line_is_lost_on_its_way_none_is_taken_for_another_and_all_end():
    async def play():
        async with kept() as (keeps, _gone, lost):
            phone = Phone(keeps, 1, CIRCLE, TABLE)
            keeps.tell(CIRCLE, TABLE, b"here")
            await phone.read()
            taken = set(map(int, os.listdir(f"/proc/{keeps.process.pid}/fd")))
            full = min(set(range(len(taken) + 1)) - taken)
            resource.prlimit(keeps.process.pid, resource.RLIMIT_NOFILE, (full, full))
            late, later = Phone(keeps, 2, OTHER, LEAD), Phone(keeps, 3, CIRCLE, TABLE)
            keeps.tell(OTHER, LEAD, b"for the lead of another circle")
            ended = [await each.to_the_end() for each in (phone, late, later)]
            await until(lambda: lost == [True])
            return ended

    assert asyncio.run(play()) == [lines.OVER, b"", b""]


@pytest.mark.bad_case
def test_where_the_server_cannot_follow_every_line_ends_and_is_kept_anew(monkeypatch):
    monkeypatch.setattr(keeper, "AGAIN", 0.05)

    def forget(number):
        raise KeyError(number)

    async def play():
        async with kept(forget) as (keeps, _gone, lost):
            phone, stays = Phone(keeps, 1, CIRCLE, TABLE), Phone(keeps, 2, OTHER, TABLE)
            keeps.end(CIRCLE)
            ended = [await each.to_the_end() for each in (phone, stays)]
            await until(lambda: lost == [True] and keeps.is_up)
            again = Phone(keeps, 3, CIRCLE, TABLE)
            keeps.tell(CIRCLE, TABLE, b"again")
            return ended, await again.read()

    assert asyncio.run(play()) == ([lines.OVER, lines.OVER], framed(b"again"))


@pytest.mark.bad_case
def test_when_it_is_killed_every_line_ends_and_another_one_keeps_what_comes_next(monkeypatch):
    monkeypatch.setattr(keeper, "AGAIN", 0.05)

    async def play():
        async with kept() as (keeps, _gone, lost):
            phone = Phone(keeps, 1, CIRCLE, TABLE)
            keeps.tell(CIRCLE, TABLE, b"here")
            await phone.read()
            keeps.process.send_signal(signal.SIGKILL)
            ended = await phone.to_the_end()
            await until(lambda: lost == [True] and keeps.is_up)
            again = Phone(keeps, 2, CIRCLE, TABLE)
            keeps.tell(CIRCLE, TABLE, b"again")
            return ended, await again.read()

    assert asyncio.run(play()) == (b"", framed(b"again"))


@pytest.mark.bad_case
def test_when_it_hangs_and_does_not_die_every_line_ends_all_the_same(monkeypatch):
    for name, seconds in {"AGAIN": 0.05, "PULSE": 0.05, "ANSWERS_WITHIN": 1.0, "ENDS_WITHIN": 0.2}.items():
        monkeypatch.setattr(keeper, name, seconds)

    async def play():
        async with kept() as (keeps, _gone, lost):
            phone = Phone(keeps, 1, CIRCLE, TABLE)
            keeps.tell(CIRCLE, TABLE, b"here")
            await phone.read()
            keeps.process.send_signal(signal.SIGSTOP)
            ended = await phone.to_the_end()
            await until(lambda: lost == [True] and keeps.is_up)
            again = Phone(keeps, 2, CIRCLE, TABLE)
            keeps.tell(CIRCLE, TABLE, b"again")
            return ended, await again.read()

    assert asyncio.run(play()) == (b"", framed(b"again"))


@pytest.mark.bad_case
def test_what_nobody_takes_does_not_grow_without_end(monkeypatch):
    monkeypatch.setattr(keeper, "MOST", 20)

    async def play():
        async with kept() as (keeps, _gone, lost):
            phone = Phone(keeps, 1, CIRCLE, TABLE)
            keeps.tell(CIRCLE, TABLE, b"here")
            await phone.read()
            keeps.process.send_signal(signal.SIGSTOP)
            most = 0
            for _ in range(100):
                keeps.tell(CIRCLE, TABLE, b"x" * 100_000)
                most = max(most, keeps.to_say.qsize())
                await asyncio.sleep(0)
            ended = await phone.to_the_end()
            await until(lambda: lost == [True])
            return most, ended

    assert asyncio.run(play()) == (20, b"")


def test_it_ends_with_the_server_and_knows_nothing_of_ours(monkeypatch):
    monkeypatch.setenv("SETFAIR_SECRET", "of ours")

    async def play():
        async with kept() as (keeps, _gone, _lost):
            phone = Phone(keeps, 1, CIRCLE, TABLE)
            keeps.tell(CIRCLE, TABLE, b"here")
            await phone.read()
            around = Path(f"/proc/{keeps.process.pid}/environ").read_bytes()
            process = keeps.process
        return await phone.to_the_end(), process.poll() is not None, b"SETFAIR" in around

    assert asyncio.run(play()) == (lines.OVER, True, False)


def test_words_that_come_in_pieces_are_put_together():
    whole = lines.message(lines.TELL, [CIRCLE, TABLE], b"one\ntwo") + lines.message(lines.GONE, [3])
    had, found = bytearray(), []
    for byte in whole:
        had.append(byte)
        found += lines.messages(had)
    assert found == [(lines.TELL, [list(CIRCLE), list(TABLE)], b"one\ntwo"), (lines.GONE, [3], b"")]
