"""The wire under the pages: who does not say within a while what they want, or talks without end, is not waited for."""

from __future__ import annotations

import asyncio
import os

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

WIRE = "setfair.wire"
"""Under which name a request carries the wire it came on."""
HEAD_SECONDS = 20
HEAD_BYTES = 64 * 1024
READS_WITHIN, LOOKS = 20.0, 0.02
"""How long an answer that becomes a line may take to be read, and how often that is looked at."""
TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class Wire(HttpToolsProtocol):
    """uvicorn's own, which waits for the head of a request as long as it takes, with an end to the waiting."""

    patience: asyncio.TimerHandle | None = None
    said = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.patience is None and self._idle():
            self._wait()
        if self.patience is not None:
            self.said += len(data)
            if self.said > HEAD_BYTES:
                self._hang_up(TOO_LONG)

    def on_headers_complete(self) -> None:
        self._stop_waiting()
        self.scope[WIRE] = self  # type: ignore[typeddict-unknown-key]
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        # Between two requests the server's own patience counts.
        self._stop_waiting()
        super().on_response_complete()

    async def is_written(self) -> bool:
        """Whether all that was said so far left; where it does not within a while, the wire is hung up."""
        give_up = self.loop.time() + READS_WITHIN
        while self.transport.get_write_buffer_size() and not self.transport.is_closing():
            if self.loop.time() > give_up:
                self.transport.abort()
            await asyncio.sleep(LOOKS)
        return not self.transport.is_closing()

    def let_go(self) -> int:
        """The line itself, as a file descriptor for somebody else to write on; for the server it is over, and nothing more is said here."""
        line = os.dup(self.transport.get_extra_info("socket").fileno())
        self.cycle.disconnected = True
        self.transport.abort()
        return line

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _idle(self) -> bool:
        return self.parser is not None and not self.transport.is_closing() and (self.cycle is None or self.cycle.response_complete)

    def _wait(self) -> None:
        self.said = 0
        self.patience = self.loop.call_later(HEAD_SECONDS, self._hang_up, TOO_SLOW)

    def _stop_waiting(self) -> None:
        if self.patience is not None:
            self.patience.cancel()
            self.patience = None

    def _hang_up(self, words: bytes) -> None:
        self._stop_waiting()
        if not self.transport.is_closing():
            self.transport.write(words)
            self.transport.close()
