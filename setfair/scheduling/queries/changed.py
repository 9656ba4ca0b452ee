"""What became of booked times, and who cannot come any more."""

from __future__ import annotations

from django.utils.translation import gettext as _

from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation
from setfair.cases.queries import circle, held

from ..models import Booking, Change, NoLonger

CANNOT = NoLonger.Word.CANNOT


def last_word(booking: Booking, participation: Participation) -> str:
    """What this person, or the team about them, last said of coming to this meeting; empty while nobody said anything."""
    said = NoLonger.objects.filter(booking=booking, participation=participation).order_by("-at", "-id")
    return said.values_list("word", flat=True).first() or ""


def cannot_come(booking: Booking) -> list[Participation]:
    """Those of the circle whose last word is that they cannot come any more, and about whom the team has not decided."""
    said = dict(NoLonger.objects.filter(booking=booking).order_by("at", "id").values_list("participation", "word"))
    return [person for person in circle(booking.case) if said.get(person.pk) == CANNOT]


def stays(booking: Booking) -> str:
    """Why this time cannot be moved, wherever to; empty when it can."""
    case = booking.case
    if booking.released_at is not None:
        return _("This time was moved or given back in the meantime. Please look at the page again.")
    if case.stage != Stage.SCHEDULED:
        return _("This meeting has begun or is over, so its time stays as it was.")
    return _("This rests for now. Take it up again first.") if held(case) is not None else ""


def changes(case: Case) -> list[Change]:
    """Every time that was moved or called off by somebody's wish, the latest first."""
    return list(Change.objects.filter(case=case).select_related("booking__room", "became__room").order_by("-at", "-id"))
