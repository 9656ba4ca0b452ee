from __future__ import annotations

from django.db import models

from setfair.core import clock
from setfair.core.records import Walled
from setfair.vault.fields import SealedText


class Problem(Walled):
    """That a page did not work for somebody, in their words, until it is seen to; then it goes, and its key with it.

    `page` is the name of one of our pages. Who it was is not kept.
    """

    page = models.CharField(max_length=40, blank=True)
    words = SealedText(of="id")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["programme", "at"], name="problem_waiting")]

    def case_key(self) -> None:
        return None
