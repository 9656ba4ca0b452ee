from __future__ import annotations

from .models import Check

NIGHTS = 10


def latest_checks() -> list[Check]:
    """The last times somebody went through the journal of this programme, the newest first."""
    return list(Check.objects.order_by("-at")[:NIGHTS])


def latest_check() -> Check | None:
    return Check.objects.order_by("-at").first()
