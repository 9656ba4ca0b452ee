from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from setfair.core.actor import Actor
from setfair.core.records import Walled

from .models import Entry

place: ContextVar[tuple[str, str]] = ContextVar("place", default=("", ""))
"""From where: the route's name (never the address with its ids) and the caller's network, set by the front door for one request."""


def record(verb: str, subject: Walled, *, by: Actor, **detail: Any) -> Entry:
    """Write one line in the caller's transaction: no line, no act.

    `detail` takes codes, stages, counts and field names. A name or a sentence that
    a person wrote does not belong here: the journal outlives the words.
    """
    route, network = place.get()
    return Entry.objects.create(
        verb=verb,
        actor_kind=by.kind,
        actor_id=by.id,
        subject_kind=(subject._meta.concrete_model or type(subject))._meta.label_lower,
        subject_id=str(subject.pk),
        case_id=subject.case_key(),
        route=route,
        network=network,
        detail=detail,
    )
