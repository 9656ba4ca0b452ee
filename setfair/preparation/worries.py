"""What is looked at when somebody asks how safe it would be for a person: what worries us, and what helps (practice.md 2.2, annex C)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class Worry(models.TextChoices):
    PRESSURE = "pressure", _("pressure or fear of somebody")
    POWER = "power", _("one of them has more power: age, number, standing")
    BEFORE = "before", _("they have a history with each other")
    REVENGE = "revenge", _("somebody may pay them back afterwards")
    HOME = "home", _("at home")
    SCHOOL = "school", _("at school, at work or on the way")
    ONLINE = "online", _("online, or what is spread about it")
    STATE = "state", _("how they are: sleep, mood, hurting themselves")
    DRINK = "drink", _("drink or drugs on the day")
    WEAPON = "weapon", _("weapons")
    LAW = "law", _("what is said may be used in another case")
    WITHOUT = "without", _("it may be worse for them if nothing is done")


class Strength(models.TextChoices):
    OWN = "own", _("they want this themselves")
    BESIDE = "beside", _("somebody they trust is beside them")
    VOICE = "voice", _("they can say what they need")
    STOPS = "stops", _("they know how to stop, and do")
    CALM = "calm", _("they stay calm, or know what calms them")
    CARE = "care", _("they have help: a counsellor, a worker, a doctor")
    APART = "apart", _("they do not meet each other otherwise")
    BEFORE = "before", _("it went well once before")


def words_of(kind: type[models.TextChoices], codes: Iterable[str]) -> list[str]:
    """In the order of the list, in words."""
    seen = set(codes)
    return [str(one.label) for one in kind if one.value in seen]
