from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.core.records import Walled, Within


class Wording(Walled):
    """The programme's own word for one of ours ("pupil" for "student"), in one language."""

    key = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    words = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "key", "language"], name="wording_once")]


class Script(Walled):
    """A running script. Changing one makes a new version; a conference keeps the one it was held with."""

    name = models.CharField(_("name"), max_length=60)
    language = models.CharField(_("language"), max_length=10, default="en")
    version = models.PositiveSmallIntegerField(default=1)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "name", "language", "version"], name="script_version")]


class ScriptPage(Walled):
    """One page of a script: whom it asks, what the facilitator says, and what helps when it goes quiet.

    `asks` is a role in the circle, `everyone`, or empty for words that ask nobody.
    Pages with `shared_before` are the questions people see in advance.
    """

    script = Within(Script, models.CASCADE, related_name="pages")
    order = models.PositiveSmallIntegerField()
    asks = models.CharField(max_length=12, blank=True)
    title = models.CharField(max_length=80)
    words = models.TextField()
    helps = models.TextField(blank=True)
    shared_before = models.BooleanField(default=False)

    class Meta:
        ordering = ("order",)
        constraints = [models.UniqueConstraint(fields=["programme", "script", "order"], name="script_page_order")]
