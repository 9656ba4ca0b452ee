from __future__ import annotations

from django.db import models

from setfair.core import clock
from setfair.core.records import Walled


class DataKey(Walled):
    """The wrapped key of one case, person or request; `id` is the id of what it belongs to.

    The application adds and reads. What destroys one is `shredding.shred`, what wraps
    one anew is a rotation; the database refuses a new one under a master key that
    has been replaced.
    """

    wrapped = models.BinaryField()
    epoch = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(default=clock.now)


class Epoch(models.Model):
    """One master key's time, from the moment on which every key was wrapped under it. The application may read it."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    began_at = models.DateTimeField(default=clock.now)
    marks = models.CharField(max_length=64, blank=True)
    """Fingerprint of the file of marks that went with it, so that a wrong one is noticed."""
    shredded_at = models.DateTimeField(null=True)
    """When something was first shredded in it: from then on the next rotation is owed."""
