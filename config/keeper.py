"""Hands open lines over to the process that keeps them (`config/lines.py`), and says to it what they are told."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress

from config import lines, places
from config.lines import Circle, Seat

AGAIN = 2.0
"""How long until another one is started where one has ended."""
ENDS_WITHIN = 2.0
PULSE, ANSWERS_WITHIN = 5.0, 15.0
"""How often it is asked whether it still answers, and how long that may take: one that hangs keeps lines that hear nothing."""
MOST = 5000
"""What waits to be said to it: more than a server with all its lines has in hand. Beyond that nobody takes it any more."""
MODULE = "config.lines"

log = logging.getLogger(__name__)


class Keeper:
    """One such process at a time. `gone` is told of each line that went, `lost` when all did."""

    def __init__(self, gone: Callable[[int], None], lost: Callable[[], None]) -> None:
        self.gone, self.lost = gone, lost
        self.is_up = False
        self.to_say: asyncio.Queue[tuple[bytes, int]] = asyncio.Queue()
        self.answered = asyncio.Event()
        self.process: subprocess.Popen[bytes] | None = None

    async def run(self) -> None:
        """For as long as the server runs."""
        while True:
            try:
                await self._keep()
            except* Exception as reasons:  # whatever it is, no line may lie open that nobody tells anything
                said = ", ".join(type(reason).__name__ for reason in reasons.exceptions)
                log.warning("Lines are not kept: %s. Pages ask again by themselves.", said)
            finally:
                self.is_up = False
                self._drop()
                self.lost()
            await asyncio.to_thread(self._end)
            await asyncio.sleep(AGAIN)

    async def stop(self) -> None:
        await asyncio.to_thread(self._end)

    def hold(self, number: int, circle: Circle, seat: Seat, line: int) -> None:
        """`line` is a file descriptor, and is the keeper's from here on."""
        self._put(lines.message(lines.HOLD, [number, circle, seat]), line)

    def tell(self, circle: Circle, seat: Seat, words: bytes) -> None:
        self._say(lines.message(lines.TELL, [circle, seat], words))

    def end(self, circle: Circle, seat: Seat | None = None) -> None:
        self._say(lines.message(lines.END, [circle, seat]))

    def _say(self, words: bytes) -> None:
        if self.is_up:
            self._put(words)

    def _put(self, words: bytes, line: int = -1) -> None:
        if self.to_say.qsize() < MOST:
            return self.to_say.put_nowait((words, line))
        if line >= 0:
            os.close(line)
        if self.process is not None:
            self.process.kill()
        return None

    async def _keep(self) -> None:
        """Until the process or the pipe to it ends."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            ours.setblocking(False)
            self.process = _start(theirs)
            theirs.close()
            self.is_up = True
            async with asyncio.TaskGroup() as all_of_them:
                all_of_them.create_task(self._hear(ours))
                all_of_them.create_task(self._speak(ours))
                all_of_them.create_task(self._feel())

    async def _hear(self, pipe: socket.socket) -> None:
        had, loop = bytearray(), asyncio.get_running_loop()
        while data := await loop.sock_recv(pipe, lines.AT_ONCE):
            had += data
            for kind, numbers, _words in lines.messages(had):
                if kind == lines.PULSE:
                    self.answered.set()
                for number in numbers or ():
                    self.gone(number)
        raise BrokenPipeError

    async def _feel(self) -> None:
        """Whether it still answers. What hangs without dying counts as ended."""
        while True:
            self.answered.clear()
            self._say(lines.message(lines.PULSE, None))
            async with asyncio.timeout(ANSWERS_WITHIN):
                await self.answered.wait()
            await asyncio.sleep(PULSE)

    async def _speak(self, pipe: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            words, line = await self.to_say.get()
            if line >= 0:
                words = await self._hand(pipe, words, line)
            await loop.sock_sendall(pipe, words)

    async def _hand(self, pipe: socket.socket, words: bytes, line: int) -> bytes:
        """Answers with what was not yet said."""
        try:
            while True:
                with suppress(BlockingIOError):
                    return words[socket.send_fds(pipe, [words], [line]) :]
                await asyncio.sleep(0.005)
        finally:
            os.close(line)

    def _drop(self) -> None:
        while not self.to_say.empty():
            _words, line = self.to_say.get_nowait()
            if line >= 0:
                os.close(line)

    def _end(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _start(pipe: socket.socket) -> subprocess.Popen[bytes]:
    """It inherits the pipe and nothing of ours: no setting, no secret."""
    command = [sys.executable, "-m", MODULE, str(pipe.fileno())]
    keep = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return subprocess.Popen(  # noqa: S603  the command is our own
        command, env=keep, cwd=places.ROOT, pass_fds=(pipe.fileno(),), stdin=subprocess.DEVNULL, start_new_session=True
    )
