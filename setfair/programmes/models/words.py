from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.core.records import Walled, Within

from ..ways import Way


class Wording(Walled):
    """The programme's own word for one of ours ("pupil" for "student"), in one language."""

    key = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    words = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "key", "language"], name="wording_once")]


class Script(Walled):
    """A running script, for one way of hearing each other. Changing one makes a new version; a conference keeps the one it was held with.

    Of several for one way and language the one in use is that with the latest `used_since`.
    """

    name = models.CharField(_("name"), max_length=60)
    language = models.CharField(_("language"), max_length=10, default="en")
    way = models.CharField(_("what it is for"), max_length=7, choices=Way, default=Way.MEET)
    version = models.PositiveSmallIntegerField(default=1)
    used_since = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "name", "language", "version"], name="script_version")]


def new_key() -> str:
    """A key for a page that stands beside no other yet."""
    return secrets.token_hex(4)


class Phase(models.TextChoices):
    """Where in the hour a page belongs (practice.md 2.7)."""

    ARRIVE = "arrive", _("Arriving")
    WELCOME = "welcome", _("Welcome")
    VOICES = "voices", _("Each voice")
    NEEDS = "needs", _("What is needed")
    DRAFT = "draft", _("What to do")
    READ_BACK = "read_back", _("Read back")
    SIGN = "sign", _("Signing")
    CLOSE = "close", _("Closing")
    REFRESHMENTS = "refreshments", _("Food and drink")
    DEBRIEF = "debrief", _("Afterwards")


class ScriptPage(Walled):
    """One page of a script: whom it asks, what the facilitator says, and what helps, also when it goes quiet, hurts or turns to blame.

    `asks` is a role in the circle, `everyone`, or empty for words that ask nobody.
    Pages with `shared_before` are the questions people see in advance.
    Pages of two scripts with one `key` say the same in two languages.
    """

    script = Within(Script, models.CASCADE, related_name="pages")
    order = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=20, default=new_key)
    phase = models.CharField(max_length=12, choices=Phase, blank=True)
    asks = models.CharField(max_length=12, blank=True)
    title = models.CharField(max_length=80)
    words = models.TextField()
    helps = models.TextField(blank=True)
    if_quiet = models.TextField(blank=True)
    if_upset = models.TextField(blank=True)
    if_blame = models.TextField(blank=True)
    shared_before = models.BooleanField(default=False)

    class Meta:
        ordering = ("order",)
        constraints = [
            models.UniqueConstraint(fields=["programme", "script", "order"], name="script_page_order"),
            models.UniqueConstraint(fields=["programme", "script", "key"], name="script_page_key"),
        ]
