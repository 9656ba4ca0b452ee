from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.records import Walled

ROLES = [
    ("harmed", _("Person harmed")),
    ("responsible", _("Person responsible")),
    ("affected", _("Affected by it")),
    ("supporter", _("Support person")),
    ("guardian", _("Parent or guardian")),
    ("community", _("Community member")),
    ("interpreter", _("Interpreter")),
    ("advocate", _("Advocate")),
    ("observer", _("Observer")),
]
WAYS = [
    ("meet", _("They meet, or sit in a circle")),
    ("reentry", _("A circle to come back")),
    ("standin", _("A meeting with a stand-in")),
    ("call", _("A call")),
    ("apart", _("Letters, messages, a recording, or we go from one to the other")),
]
"""Codes of `cases`, which is a later floor; a test there holds them to each other."""


class ChecklistItem(Walled):
    """One thing that somebody is to have been asked or told before the day, of those roles, of that age and where it is done in those ways.

    It keeps its number for good. A change is a new version of it, and what was ticked
    stays ticked in the words of then. No ways means all of them; a `needed` one is waited
    for before a day is booked.
    """

    number = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    place = models.PositiveSmallIntegerField()
    words = models.JSONField(_("what is to be done"))
    roles = ArrayField(models.CharField(max_length=11))
    ways = ArrayField(models.CharField(max_length=7), default=list, blank=True)
    from_age = models.PositiveSmallIntegerField(null=True)
    below_age = models.PositiveSmallIntegerField(null=True)
    needed = models.BooleanField(default=False)
    since = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "number", "version"], name="checklist_version"),
            models.UniqueConstraint(fields=["programme", "number"], condition=Q(ended_at__isnull=True), name="checklist_one_version"),
            models.CheckConstraint(condition=Q(roles__len__gt=0, roles__contained_by=[code for code, _label in ROLES]), name="checklist_roles"),
            models.CheckConstraint(condition=Q(ways__contained_by=[code for code, _label in WAYS]), name="checklist_ways"),
            models.CheckConstraint(
                condition=Q(from_age__isnull=True) | Q(below_age__isnull=True) | Q(below_age__gt=F("from_age")), name="checklist_ages"
            ),
        ]
        ordering = ("place", "number")

    def __str__(self) -> str:
        """In the language of whoever reads, else in the programme's first, else in any it has."""
        said = [self.words.get(language) for language in (get_language() or "", self.programme.language, *sorted(self.words))]
        return next((words for words in said if words), "")
