"""What is told of a promise once it holds."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Case
from setfair.core import clock
from setfair.core.actor import Kind
from setfair.core.records import Walled, Within
from setfair.files.models import File
from setfair.vault.fields import SealedText

from .item import Item


class Extension(Walled):
    """That a promise was given more time: until when, and which day stood there before. The reason is among what was said about it."""

    item = Within(Item, models.RESTRICT, related_name="extensions")
    case = Within(Case, models.CASCADE, related_name="+")
    was_due_on = models.DateField()
    due_on = models.DateField()
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)


class KindWord(Walled):
    """That somebody of the team reminded whoever makes a promise, by a letter or aloud. `about` is the day of it, spelled as in the letters
    that go by themselves: two of those at most and one of these, so that nobody is reminded a fourth time."""

    class Way(models.TextChoices):
        LETTER = "letter", _("by letter or message")
        VOICE = "voice", _("by voice")

    item = Within(Item, models.RESTRICT, related_name="kind_words")
    case = Within(Case, models.CASCADE, related_name="+")
    about = models.CharField(max_length=60)
    way = models.CharField(max_length=6, choices=Way)
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "about"], name="kind_word_once")]


class Evidence(Walled):
    """What shows that a promise was kept, or what was said about it; `file` is the picture or paper that came with it.

    Facts: each is added, none is changed. What somebody of the team writes is the team's, save where it `asks`: then whoever makes the
    promise reads it on their own page.
    """

    item = Within(Item, models.RESTRICT, related_name="evidence")
    words = SealedText(of="case_id")
    file = Within(File, null=True, related_name="+")
    case = Within(Case, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)
    by_kind = models.CharField(max_length=12)
    by = models.UUIDField(null=True)
    asks = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(asks=False) | Q(by_kind=Kind.STAFF.value), name="evidence_team_asks")]
