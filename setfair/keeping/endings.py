"""What may be forgotten when: how something ended decides by which rule it is kept."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.programmes.reasons import Reason


class Group(models.TextChoices):
    """How a case or a request ended, as far as keeping it is concerned. Each has a rule of its own in each programme."""

    KEPT = "kept", _("Cases that went ahead: it was kept, all or in part")
    BROKEN = "broken", _("Cases in which an agreement was not kept")
    ENDED = "ended", _("Cases that ended early")
    NEVER = "never", _("Cases that never began: someone said no, could not be reached, or it did not fit")
    DECLINED = "declined", _("Requests that did not go ahead")
    TAKEN_BACK = "taken_back", _("Requests that were taken back")
    STRAY = "stray", _("Messages that fit nobody")


OF_CASES = (Group.KEPT, Group.BROKEN, Group.ENDED, Group.NEVER)
OF_REQUESTS = (Group.DECLINED, Group.TAKEN_BACK)

OF_REASON: dict[str, Group] = {
    Reason.COMPLETED: Group.KEPT,
    Reason.COMPLETED_VARIED: Group.KEPT,
    Reason.PART_COMPLETED: Group.KEPT,
    Reason.NO_AGREEMENT_NEEDED: Group.KEPT,
    Reason.DIFFER: Group.KEPT,
    Reason.INDIRECT: Group.KEPT,
    Reason.NOT_COMPLETED: Group.BROKEN,
    Reason.ENDED_HARMED: Group.ENDED,
    Reason.ENDED_RESPONSIBLE: Group.ENDED,
    Reason.ENDED_GUARDIAN: Group.ENDED,
    Reason.NO_CONTACT_ORDER: Group.ENDED,
    Reason.TAKEN_BACK: Group.ENDED,
    Reason.OWN: Group.ENDED,
    Reason.NEW_OFFENCE: Group.ENDED,
    Reason.TRANSFERRED: Group.ENDED,
    Reason.DECLINED_AT_CONTACT: Group.NEVER,
    Reason.NO_CONTACT_POSSIBLE: Group.NEVER,
    Reason.NOT_SUITABLE: Group.NEVER,
    Reason.NOT_SAFE: Group.NEVER,
}

DEFAULT = dict.fromkeys(OF_CASES, 365) | dict.fromkeys((*OF_REQUESTS, Group.STRAY), 30)
"""Days from the end, until a programme says otherwise (security.md C5)."""
BOUNDS = dict.fromkeys(OF_CASES, (30, 2555)) | dict.fromkeys(OF_REQUESTS, (0, 365)) | {Group.STRAY: (1, 90)}
"""Fewest and most days that a programme can choose. There is no for ever."""

WARNED = timedelta(days=14)
"""So long before its day somebody is told; what is kept for less is told of as soon as it ends."""
STALE = timedelta(days=30)
"""A warning older than this, past its day, no longer counts: what was put off for long is told of again."""
LONGEST_MORE = timedelta(days=365)
REVIEW = timedelta(days=90)
"""A legal hold is looked at again within so many days."""
