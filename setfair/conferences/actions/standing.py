from __future__ import annotations

from ..models import Conference


def held_stage(conference: Conference) -> str:
    """Hold the circle until the transaction ends, and read where it stands into the caller's object."""
    conference.refresh_from_db(fields=["stage"], from_queryset=Conference.objects.select_for_update(of=("self",)))
    return conference.stage
