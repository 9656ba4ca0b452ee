from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from setfair.accounts.models import User
from setfair.core import clock
from setfair.core.moulds import Mould

from .models import ClosedPlace, Membership, Role, StepReset, Travel, Venue, Vouch

MAY_VOUCH = (Role.COORDINATOR, Role.SUPERVISOR)
A_DAY = timedelta(days=1)
"""How long a word for the administrator counts."""


def coordinating() -> QuerySet[Membership]:
    """Who coordinates here now: without them nobody reads what is sent to this programme."""
    return Membership.objects.filter(role=Role.COORDINATOR, ended_at__isnull=True, user__is_active=True)


def places_in_use() -> QuerySet[ClosedPlace]:
    """Closed places in which somebody can be written down as being."""
    return ClosedPlace.objects.filter(closed_at__isnull=True).order_by("name", "id")


def is_read() -> bool:
    """Whether anybody does."""
    return bool(ANYBODY.ask(values={}))


def is_shown(user_id: UUID | None) -> bool:
    """Whether the name of this member stands on the public page."""
    return Membership.objects.filter(user=user_id, shown_publicly=True, ended_at__isnull=True).exists()


ANYBODY = Mould(lambda: coordinating().values_list("pk")[:1])


def only_administrator() -> User | None:
    """The one administrator of this programme; None when there are several."""
    found = User.objects.filter(
        is_active=True,
        pk__in=Membership.objects.filter(role=Role.ADMINISTRATOR, ended_at__isnull=True).values("user_id"),
    )[:2]
    return found[0] if len(found) == 1 else None


def voices_for(account_id: UUID) -> set[UUID | None]:
    """Who has said it within a day, and since it was last done; the word of somebody who could not say it now does not count."""
    said = set(Vouch.objects.filter(account_id=account_id, at__gt=_since(account_id)).values_list("by", flat=True))
    return said & {None, *could_vouch(account_id)}


def could_vouch(account_id: UUID) -> set[UUID]:
    """Who of the team can say it of this account now."""
    live = Membership.objects.filter(role__in=MAY_VOUCH, ended_at__isnull=True, user__is_active=True).exclude(user_id=account_id)
    return set(live.values_list("user_id", flat=True))


def _since(account_id: UUID) -> datetime:
    last = StepReset.objects.filter(account_id=account_id).order_by("-at").values_list("at", flat=True).first()
    day = clock.now() - A_DAY
    return max(day, last) if last else day


def travel_from(venue: Venue) -> dict[UUID, int]:
    """To each other venue of which it is known."""
    rows = Travel.objects.filter(one=venue).values_list("other", "minutes"), Travel.objects.filter(other=venue).values_list("one", "minutes")
    return {other: minutes for found in rows for other, minutes in found}
