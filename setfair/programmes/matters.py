"""Kinds of matter that a programme does not take, or takes only with a specialist and the word of a supervisor (practice.md 2.3)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class Matter(models.TextChoices):
    PARTNER = "partner", _("violence between partners or in a family")
    SEXUAL = "sexual", _("sexual harm")
    STALKING = "stalking", _("stalking, or a broken protective order")
    CHILD = "child", _("harm to a small child")
    HATE = "hate", _("hate against what somebody is")
    DEATH = "death", _("somebody died, or nearly")
    STAFF = "staff", _("somebody of the staff is said to have done it")
    COURT = "court", _("a crime that only a court may answer")
    DUTY = "duty", _("what the place has to look into itself, by law")


NONE = "none"
"""That it was asked, and is none of them."""


def listed(codes: Iterable[str]) -> str:
    """In the order of the list, in words."""
    found = set(codes)
    return "; ".join(str(one.label) for one in Matter if one.value in found)
