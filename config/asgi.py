"""One server, one port: Django's pages run as WSGI in a pool of threads under the ASGI server.

A thread is taken only for a request that has arrived whole, and is given back as
soon as its answer is written: whoever sends or reads slowly keeps nobody waiting.
Measured against Django's own ASGI path, pages are served about three times as fast,
and database connections live as long as their thread.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import Resolver404, resolve
from django.utils.module_loading import import_string

from config import intake, live
from setfair.access.guard import demand_bound_role
from setfair.access.turned_away import MARK

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
sys.setswitchinterval(0.0005)  # a thread that heard from the database waits a tenth as long as usual for one that draws a page
pages = get_wsgi_application()
demand_bound_role()
_threaded = WSGIMiddleware(pages, workers=6, send_queue_size=0)
_intake = intake.Intake(most=settings.REQUEST_BYTES, within=settings.REQUEST_SECONDS, at_once=settings.REQUESTS_BYTES)
_files = intake.Intake(most=settings.UPLOAD_BYTES, within=settings.UPLOAD_SECONDS, at_once=settings.UPLOADS_BYTES)
_hubs: list[live.Hub] = []
"""The one that holds lines open, while this server runs; without it each answer ends."""


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan":
        return await _lifespan(receive, send)
    answer = live.Answer(_hubs[0] if _hubs else None, scope, send)
    try:
        async with (_files if _takes_a_file(scope) else _intake).gathered(receive) as whole:
            await _threaded(scope, whole, answer.send)
    except intake.Refused as refused:
        await _threaded({**scope, MARK: refused.status}, nothing, answer.send)
    except intake.Gone:
        return
    await answer.rest()


async def _lifespan(receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            _hubs.append(live.Hub(import_string("setfair.conferences.live.said.say")))
            _hubs[0].start()
        else:
            await _hubs.pop().stop()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def _takes_a_file(scope: Any) -> bool:
    """Only what the site map names may be as large as a file."""
    if scope.get("method") != "POST":
        return False
    try:
        return hasattr(resolve(scope["path"]).func, "takes_a_file")
    except Resolver404:
        return False


async def nothing() -> dict[str, Any]:
    return {"type": "http.request", "body": b"", "more_body": False}
