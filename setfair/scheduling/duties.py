"""One's own days as a calendar that a program reads by itself: reference and room, or only that one is busy. Never a name."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from icalendar import vDuration

from setfair.accounts.models import Feed
from setfair.cases.models import Assignment
from setfair.core import clock

from .calendar_file import calendar, entry, lost, team_uid, title
from .models import Booking, Seat

BACK = timedelta(days=30)
"""How long an hour that is over still stands there."""
ANEW = timedelta(hours=1)
"""How often programs are asked to look again. Many do so more seldom."""


def duties(user_id: UUID) -> QuerySet[Booking]:
    """The live bookings at which they sit as one of the team, each with how often its case's time had changed (`before`) and they
    had lost a seat there (`lost`)."""
    seats = Seat.objects.filter(booking=OuterRef("pk"), occupant=user_id, released_at__isnull=True)
    serves = Assignment.objects.filter(case=OuterRef("case"), facilitator__user=user_id, ended_at__isnull=True)
    earlier = Booking.objects.filter(case=OuterRef("case"), released_at__lte=OuterRef("made_at")).exclude(pk=OuterRef("pk")).order_by()
    before = Subquery(earlier.values("case").annotate(many=Count("pk")).values("many"))
    gone = lost(Seat.objects.filter(occupant=user_id, booking__case=OuterRef("case"))).order_by()
    left = Subquery(gone.values("occupant").annotate(many=Count("pk")).values("many"))
    live = Booking.objects.filter(Exists(seats), Exists(serves), released_at__isnull=True, during__endswith__gt=clock.now() - BACK)
    return (
        live.annotate(before=Coalesce(before, 0), lost=Coalesce(left, 0)).select_related("case", "room__venue", "programme").order_by("during", "id")
    )


def feed_file(feed: Feed) -> bytes:
    """All of it. The same days give the same bytes, so that a program can be told that nothing has changed."""
    called = "" if feed.titled else _("Busy")
    events = [
        entry(
            booking,
            team_uid(booking, feed.user),
            2 * (booking.before + booking.lost),  # type: ignore[attr-defined]
            called=called,
            ref=booking.case.ref if feed.titled else "",
            room=booking.room.name if feed.titled else "",
        )
        for booking in duties(feed.user_id)
    ]
    whole = calendar(*events)
    whole.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        whole.add(name, called or title())
    whole.add("refresh-interval", vDuration(ANEW), parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", vDuration(ANEW))
    return whole.to_ical()
