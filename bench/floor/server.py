"""One process, two ways in: `/floor/` past everything but sessions and sign-in, all else through the whole house."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse

from config.asgi import pages as house
from setfair.core.moulds import NEXT
from tests.plants import PLANTS

BARE = [
    "bench.floor.server.ToTheFloor",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]


class ToTheFloor:
    """Resolves addresses among the bare pages alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.urlconf = "bench.floor.urls"  # type: ignore[attr-defined]
        return self.get_response(request)


class Floor(WSGIHandler):
    """Django's own handler with next to no middleware, and sessions as Django keeps them."""

    def load_middleware(self, is_async: bool = False) -> None:
        kept = settings.MIDDLEWARE, settings.SESSION_ENGINE
        settings.MIDDLEWARE, settings.SESSION_ENGINE = BARE, "django.contrib.sessions.backends.db"
        try:
            super().load_middleware(is_async)
        finally:
            settings.MIDDLEWARE, settings.SESSION_ENGINE = kept


floor = Floor()


def both(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    serve = floor if environ["PATH_INFO"].startswith("/floor/") else house
    return _counted(serve, environ, start_response) if "HTTP_X_COUNT" in environ else serve(environ, start_response)


def _counted(serve: Any, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The same, and in a header how many statements it took; asked for apart from the timed requests."""
    said: list[str] = []

    def listen(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        said.extend(str(sql).split(NEXT))
        return execute(sql, params, many, context)

    def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start_response(status, [*headers, ("X-Queries", str(len(said)))], *rest)

    with connection.execute_wrapper(listen):
        answer = serve(environ, started)
    if "HTTP_X_TELL" in environ:
        print("\n".join([environ["PATH_INFO"], *said]), flush=True)
    return answer


if "SETFAIR_PLANT" in os.environ:
    PLANTS[os.environ["SETFAIR_PLANT"]](pytest.MonkeyPatch())

_threaded = WSGIMiddleware(both, workers=6)


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        await _threaded(scope, receive, send)
        return
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
