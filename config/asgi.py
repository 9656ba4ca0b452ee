"""One server, one port: Django's pages run as WSGI in a pool of threads under the ASGI server.

A thread is taken only for a request that has arrived whole, and is given back as
soon as its answer is written: whoever sends or reads slowly keeps nobody waiting.
Measured against Django's own ASGI path, pages are served about three times as fast,
and database connections live as long as their thread.
"""

from __future__ import annotations

import os
from typing import Any

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config import intake
from setfair.access.guard import demand_bound_role
from setfair.access.turned_away import MARK

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_wsgi_application()
demand_bound_role()
_threaded = WSGIMiddleware(pages, workers=6, send_queue_size=0)
_intake = intake.Intake(most=settings.REQUEST_BYTES, within=settings.REQUEST_SECONDS, at_once=settings.REQUESTS_BYTES)


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
    try:
        async with _intake.gathered(receive) as whole:
            await _threaded(scope, whole, send)
    except intake.Refused as refused:
        await _threaded({**scope, MARK: refused.status}, nothing, send)
    except intake.Gone:
        return


async def nothing() -> dict[str, Any]:
    return {"type": "http.request", "body": b"", "more_body": False}
