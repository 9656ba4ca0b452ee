"""Times at which somebody cannot come stay so in another place; a time that would do is asked anew."""

from __future__ import annotations

from setfair.cases.models import Participation
from setfair.preparation.along import again

from .models import TimeAnswer


def carry(was: Participation, now: Participation) -> None:
    latest = {said.starts_at: said for said in TimeAnswer.objects.filter(participation=was).order_by("at", "id")}
    for said in latest.values():
        if said.answer == "no":
            again(said, was, now)
