"""What somebody may ask about what is kept of them, and how it is answered."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

ANSWERED_WITHIN = timedelta(days=30)


def to_answer_by(asked_on: date) -> date:
    """After thirty days; where the month by the calendar is shorter, as from the end of January, on its last day (GDPR Article 12(3))."""
    first = (asked_on.replace(day=1) + timedelta(days=32)).replace(day=1)
    a_month = first.replace(day=min(asked_on.day, monthrange(first.year, first.month)[1]))
    return min(asked_on + ANSWERED_WITHIN, a_month)


COPY_STAYS = timedelta(days=30)
"""So long a copy that was handed over can be opened on their own page."""


class Wants(models.TextChoices):
    COPY = "copy", _("a copy of what is kept about them")
    FORGET = "forget", _("to be forgotten")


class How(models.TextChoices):
    GRANTED = "granted", _("Yes")
    PARTLY = "partly", _("In part")
    NOT_YET = "not_yet", _("Not yet")
    REFUSED = "refused", _("No")


class Why(models.TextChoices):
    """The reason beside an answer; it is counted, and told to whoever asked in plain words."""

    ALL = "all", _("all of it")
    SIGNED = "signed", _("what was signed or belongs to the others stays until its day")
    ELSEWHERE = "elsewhere", _("they are part of something else that still runs")
    HELD = "held", _("a legal hold stops it for now")
    NOT_THEM = "not_them", _("it was not them who asked")


IN_WORDS = {
    Why.ALL: _("We did all of it."),
    Why.SIGNED: _("We took away how to reach you and what you need. What was signed stays until its day. Then it goes too."),
    Why.ELSEWHERE: _("We did what we could. You are part of something else that still runs, so some of it stays until then."),
    Why.HELD: _("We cannot do it yet. The law makes us keep it for now. We will do it when we can."),
}
