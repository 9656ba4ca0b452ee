"""The house without what it is measured against: words that lie open, a second wall that is passed over. Only ever served to be measured.

MEASURED_WITHOUT names what is left out: `words`, `wall`, both or neither. One thread,
so that every request meets the same connection and the same kept questions.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import django
from django.apps import apps

if not apps.ready:
    django.setup()

import pytest
from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from setfair.access import guard
from setfair.vault import fields, ring
from tests.plants import PLANTS

AS_OURS = "-c random_page_cost=1.1 -c jit=off -c max_parallel_workers_per_gather=0"
OPEN = b"\x00"
"""Stands before words that were written down as they are."""


def words_lie_open() -> None:
    """No key is fetched, unwrapped or made, and nothing is sealed: what was read once lies open from then on, as in a plain column."""
    opened: dict[bytes, bytes] = {}
    unseal, gather = fields.unseal_bytes, ring.gather

    def read(owner: UUID, place: str, sealed: bytes, within: UUID | None = None) -> bytes:
        if sealed[:1] == OPEN:
            return sealed[1:]
        if sealed not in opened:
            ring.gather = gather
            opened[bytes(sealed)] = unseal(owner, place, sealed, within)
            ring.gather = nothing
        return opened[sealed]

    fields.unseal_bytes = read
    fields.seal_bytes = lambda owner, place, data, within=None: OPEN + data
    ring.gather = nothing


def nothing(owners: Iterable[UUID | None]) -> None:
    """What no longer has to be fetched."""


def wall_is_passed_over() -> None:
    """Works as a role that row-level security does not bind, which the house would refuse; otherwise set as deploy/roles.sql sets its own."""
    guard._demand = lambda connection: None
    database = settings.DATABASES["default"]
    database["USER"] = "postgres"
    database["OPTIONS"]["options"] = (
        f"-c role={os.environ['MEASURED_UNBOUND']} -c random_page_cost=1.1 -c jit=off -c max_parallel_workers_per_gather=0"
    )


WITHOUT = {"words": words_lie_open, "wall": wall_is_passed_over}

if "SETFAIR_PLANT" in os.environ:
    PLANTS[os.environ["SETFAIR_PLANT"]](pytest.MonkeyPatch())
for left_out in os.environ["MEASURED_WITHOUT"].split():
    WITHOUT[left_out]()
settings.DATABASES["default"]["OPTIONS"]["application_name"] = os.environ["MEASURED_AS"]

_threaded = WSGIMiddleware(get_wsgi_application(), workers=1)


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        await _threaded(scope, receive, send)
        return
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
