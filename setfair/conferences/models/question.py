"""What became of a question that somebody had prepared."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Case
from setfair.core.records import Within
from setfair.voices.models import OwnWords

from .conference import Conference
from .hour import OfTheHour


class QuestionMark(OfTheHour):
    """That a question of somebody's own words was asked or answered, or is not wanted any more. The latest counts; no word of an answer is kept."""

    class What(models.TextChoices):
        ASKED = "asked", _("Was asked")
        ANSWERED = "answered", _("Was answered")
        NOT_WANTED = "not_wanted", _("Not wanted")
        OPEN = "open", _("Not yet")

    case = Within(Case, models.CASCADE, related_name="+")
    conference = Within(Conference, models.CASCADE, related_name="question_marks")
    words = Within(OwnWords, models.CASCADE, related_name="+")
    line = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=10, choices=What)
    by = models.UUIDField()
