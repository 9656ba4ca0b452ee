"""A break that somebody asks for, on their own page or in a talk, and its end. It is no stop: what they said stays as it is."""

from __future__ import annotations

from django.db import models

from setfair.cases.models import Participation
from setfair.core.records import Within

from .fact import Fact
from .slips import Slip


class Break(Fact):
    """That somebody needs time, until it ends (`BreakEnd`). Until people have met nothing goes on; after that the others may.

    `giver` is who asked: the person, or a guardian for the young person whom it is
    about. Where the case began to rest with it, it has the very moment of that rest.
    """

    participation = Within(Participation, models.CASCADE, related_name="breaks")
    giver = Within(Participation, models.CASCADE, related_name="asked_breaks")
    slip = Within(Slip, null=True, related_name="+")


class BreakEnd(Fact):
    """That whoever asked for a break wants to go on: on their own page, by another answer of theirs, or told to the team."""

    participation = Within(Participation, models.CASCADE, related_name="+")
    ended = Within(Break, models.CASCADE, related_name="ends")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "ended"], name="break_ends_once")]
