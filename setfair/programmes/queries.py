from __future__ import annotations

from django.db.models import QuerySet

from .models import Membership, Role


def coordinating() -> QuerySet[Membership]:
    """Who coordinates here now: without them nobody reads what is sent to this programme."""
    return Membership.objects.filter(role=Role.COORDINATOR, ended_at__isnull=True, user__is_active=True)
