"""Whoever wants nothing from the others wants nothing in another place either."""

from __future__ import annotations

from setfair.cases.models import Participation
from setfair.preparation.along import again

from .models import Wanting
from .queries import wants_nothing


def carry(was: Participation, now: Participation) -> None:
    if wants_nothing(was):
        again(Wanting.objects.filter(participation=was).latest("at", "id"), was, now)
