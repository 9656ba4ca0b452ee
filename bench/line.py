"""A client that stays on the line: one connection, kept open, and how long each answer took."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode


@dataclass
class Answer:
    status: int
    took: float
    queries: int
    content: bytes


@dataclass
class Line:
    """Somebody's connection to the server, with the cookies they hold."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("localhost", self.port, timeout=60)

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, said: dict[str, str], **headers: str) -> Answer:
        return self._ask("POST", path, urlencode(said), {"Content-Type": "application/x-www-form-urlencoded", **headers})

    def _ask(self, verb: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        held = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Cookie": held, "Accept-Language": "en", **{name.replace("_", "-"): value for name, value in headers.items()}}
        try:
            return self._answer(verb, path, body, sent)
        except http.client.RemoteDisconnected:
            # A line that was quiet for some seconds is hung up by the server, as a browser's is; it is dialled again, and timed from there.
            self._connection.close()
            return self._answer(verb, path, body, sent)

    def _answer(self, verb: str, path: str, body: str | None, sent: dict[str, str]) -> Answer:
        began = time.perf_counter()
        try:
            answer, content = self._answered(verb, path, body, sent)
        except (http.client.RemoteDisconnected, ConnectionError):
            if verb != "GET":
                raise
            self._connection.close()
            began = time.perf_counter()
            answer, content = self._answered(verb, path, body, sent)
        return Answer(answer.status, time.perf_counter() - began, int(answer.headers.get("X-Queries", 0)), content)

    def _answered(self, verb: str, path: str, body: str | None, sent: dict[str, str]) -> tuple[http.client.HTTPResponse, bytes]:
        """Servers hang up on a line on which nothing was said for a while: whatever only reads is asked once more."""
        self._connection.request(verb, path, body, sent)
        answer = self._connection.getresponse()
        return answer, answer.read()

    def close(self) -> None:
        self._connection.close()
