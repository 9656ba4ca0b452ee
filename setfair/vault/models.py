from __future__ import annotations

from django.db import models

from setfair.core import clock
from setfair.core.records import Walled


class DataKey(Walled):
    """The wrapped key of one case, person or request; `id` is the id of what it belongs to."""

    wrapped = models.BinaryField()
    epoch = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(default=clock.now)
