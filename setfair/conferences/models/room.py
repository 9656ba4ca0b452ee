"""A code by which a tablet becomes the table of one circle."""

from __future__ import annotations

from django.db import models

from setfair.core.records import Within

from .conference import Conference
from .hour import OfTheHour


class Room(OfTheHour):
    """That the table can be looked at by a code of its own. The code follows from the row and is kept nowhere; its digest finds the row again."""

    conference = Within(Conference, models.CASCADE, related_name="rooms")
    code_digest = models.BinaryField(max_length=32)
    by = models.UUIDField()


class RoomEnd(OfTheHour):
    """That the tablets were put away: the code opens nothing any more, and what lies open closes."""

    conference = Within(Conference, models.CASCADE, related_name="+")
    room = Within(Room, models.CASCADE, related_name="ends")
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "room"], name="room_ends_once")]
