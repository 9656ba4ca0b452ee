"""Who still has to say, in the last days before a booked day, that it is still all right for them.

The time in which it is asked begins `again_days` before the booked hour. Whatever they
said in it counts: a yes to taking part, or one said anew for this day (`Still`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from setfair.cases.journey import Stage
from setfair.cases.models import SPEAKERS, Case, Participation
from setfair.cases.queries import here
from setfair.core import clock
from setfair.preparation.models import Consent, Still
from setfair.preparation.queries import Blocker, Circle

from .models import Booking
from .queries import live_booking


def asked_from(booking: Booking) -> datetime:
    return booking.starts_at - timedelta(days=booking.programme.again_days)


def day_of(booking: Booking) -> date:
    """On the programme's own clock."""
    return clock.local(booking.starts_at, booking.programme.zone).date()


def is_time(booking: Booking) -> bool:
    """Whether the last days before it have begun, and it is not over."""
    return asked_from(booking) <= clock.now() < booking.ends_at


def unheard(booking: Booking, people: Iterable[Participation] | None = None) -> list[Participation]:
    """Those who are asked, and have not said in these days that they still want to. Two queries, however many they are."""
    everyone = here(booking.case).filter(role__in=SPEAKERS).select_related("person").order_by("added_at", "id") if people is None else people
    asked = [p for p in everyone if p.role in SPEAKERS]
    anew = set(Still.objects.filter(case=booking.case_id, for_day=day_of(booking)).values_list("participation", flat=True))
    fresh = Consent.objects.filter(case=booking.case_id, scope=Consent.Scope.TAKE_PART, at__gte=asked_from(booking)).order_by("at", "id")
    last = {participation: answer for participation, giver, answer in fresh.values_list("participation", "giver", "answer") if participation == giver}
    return [p for p in asked if p.pk not in anew and last.get(p.pk) != Consent.Answer.YES]


def not_asked_anew(known: Circle, on: date) -> Iterator[Blocker]:
    """Of the booked day alone, and in its last days alone. Theirs to say, and never set aside."""
    booking = _to_ask_about(known.case, on)
    if booking is None:
        return
    for person in unheard(booking, [k.participation for k in known.people]):
        name = {"name": person.person.shown}
        yield Blocker("still", person, _("%(name)s has not yet said that it is still all right.") % name, False)


def asked_now(me: Participation) -> Booking | None:
    """The booking about which this person is to be asked now, if any."""
    booking = live_booking(me.case)
    return booking if booking is not None and is_time(booking) and unheard(booking, [me]) else None


def _to_ask_about(case: Case, on: date) -> Booking | None:
    booking = live_booking(case) if case.stage == Stage.SCHEDULED else None
    return booking if booking is not None and is_time(booking) and day_of(booking) == on else None
