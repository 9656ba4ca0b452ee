"""What was pressed on a device without network, and came in later."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Case, Participation
from setfair.core.records import Walled, Within
from setfair.vault.fields import SealedJSON

from .along import TakenAlong
from .conference import Conference
from .hour import OfTheHour

A_CODE = "^[a-z0-9_:-]*$"
"""What a device may say beside a press: a code or an id, and no sentence."""


class Brought(OfTheHour):
    """One press on a device without network: what, when and by whom, and what became of it here. Each comes in once, by the id its device gave it."""

    class What(models.TextChoices):
        CAME = "came", _("who came")
        BEGAN = "began", _("the meeting began")
        TURNED = "turned", _("the script was turned")
        ORDERED = "ordered", _("the order of talk")
        SPOKE = "spoke", _("whose turn it is")
        PAUSED = "paused", _("a break began")
        WENT_ON = "went_on", _("you went on after a break")
        TOOK = "took", _("the script was taken")
        HEARD = "heard", _("a wish for a break was read")
        FINISHED = "finished", _("the meeting was finished")
        ADJOURNED = "adjourned", _("you go on another day")
        STOPPED = "stopped", _("the meeting was stopped safely")
        NOTED = "noted", _("a heading was noted")
        TOOK_OFF = "took_off", _("a heading was taken off")
        MARKED = "marked", _("what became of a question")
        PROMISED = "promised", _("a promise was written down")

    class Became(models.TextChoices):
        DONE = "done", _("done")
        SO_ALREADY = "so_already", _("it was so already")
        ASKED = "asked", _("both are kept, and somebody is asked")
        REFUSED = "refused", _("it could not be done")

    conference = Within(Conference, models.CASCADE, related_name="brought")
    taken = Within(TakenAlong, models.CASCADE, related_name="brought")
    press = models.UUIDField(default=uuid.uuid4)
    what = models.CharField(max_length=9, choices=What)
    became = models.CharField(max_length=10, choices=Became)
    participation = Within(Participation, models.CASCADE, null=True, related_name="+")
    page = models.PositiveSmallIntegerField(null=True)
    detail = models.CharField(max_length=60, blank=True)
    seen = models.PositiveIntegerField()
    first = models.PositiveIntegerField(default=0)
    last = models.PositiveIntegerField(default=0)
    pressed_at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "press"], name="brought_once"),
            models.CheckConstraint(condition=Q(pressed_at__lte=F("at")), name="brought_was_pressed"),
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="brought_runs_forward"),
            models.CheckConstraint(condition=Q(detail__regex=A_CODE), name="brought_is_no_words"),
        ]

    @property
    def words(self) -> dict[str, str]:
        """What was written, where it did not become what it was meant to be."""
        kept = self.worded.first()
        return kept.words if kept is not None else {}


class BroughtWords(Walled):
    """The words of a heading or a promise that came in and is not one yet, for whoever says what becomes of it. Nothing that anybody said."""

    conference = Within(Conference, models.CASCADE, related_name="+")
    case = Within(Case, models.CASCADE, related_name="+")
    brought = Within(Brought, models.CASCADE, related_name="worded")
    words = SealedJSON(of="case_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "brought"], name="brought_words_once")]


class Settled(OfTheHour):
    """Which was right, the device or what stood here, by the press of somebody who was asked. Both stay written."""

    class How(models.TextChoices):
        DEVICE = "device", _("as it was on the device")
        HERE = "here", _("as it stood here")

    conference = Within(Conference, models.CASCADE, related_name="+")
    brought = Within(Brought, models.CASCADE, related_name="settled")
    how = models.CharField(max_length=6, choices=How)
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "brought"], name="settled_once")]
