"""Takes a request's words in whole, before anything waits for them.

Pages run in a few threads. A thread that read from the line itself would be held
by whoever sends half of a form and then nothing. So the words are gathered here,
where waiting costs no thread, up to a size, within a time, and never more at once
than this machine can keep in memory.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

Receive = Callable[[], Awaitable[dict[str, Any]]]


class Refused(Exception):
    """These words are not taken in; `status` says why: 408 too slow, 413 too much, 503 too many at once."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Gone(Exception):
    """The caller hung up; nobody waits for an answer."""


class Intake:
    """`most` bytes for one request, `within` seconds, `at_once` bytes for all that are being gathered or answered."""

    def __init__(self, *, most: int, within: float, at_once: int) -> None:
        self.most, self.within, self.at_once = most, within, at_once
        self.held = 0

    @asynccontextmanager
    async def gathered(self, receive: Receive) -> AsyncIterator[Receive]:
        """A `receive` that has everything at hand; raises `Refused` or `Gone`. The memory is given back when the block ends."""
        words = bytearray()
        try:
            try:
                async with asyncio.timeout(self.within):
                    await self._gather(words, receive)
            except TimeoutError:
                raise Refused(408) from None
            yield _replay(bytes(words), receive)
        finally:
            self.held -= len(words)

    async def _gather(self, words: bytearray, receive: Receive) -> None:
        refusal, more = 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise Gone
            part, more = message.get("body", b""), message.get("more_body", False)
            refusal = refusal or self._why_not(len(words), len(part))
            if not refusal:
                words += part
                self.held += len(part)
        # What is refused is read to its end and dropped: a browser that is cut off while it sends never sees our answer.
        if refusal:
            raise Refused(refusal)

    def _why_not(self, have: int, more: int) -> int:
        if have + more > self.most:
            return 413
        return 503 if self.held + more > self.at_once else 0


def _replay(words: bytes, receive: Receive) -> Receive:
    """Says the words once, and then whatever the line says."""
    told = False

    async def again() -> dict[str, Any]:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": words, "more_body": False}

    return again
