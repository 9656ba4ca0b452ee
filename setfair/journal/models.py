from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.actor import Kind
from setfair.core.records import Walled
from setfair.vault.fields import SealedText


class Entry(Walled):
    """Who did what, when, and from where. Case and subject are bare ids without a key: the journal holds no row in place."""

    id = models.BigAutoField(primary_key=True)  # type: ignore[assignment]
    at = models.DateTimeField(default=clock.now)
    verb = models.CharField(max_length=40)
    actor_kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in Kind if k != Kind.TABLET])
    """Never the tablet that goes round: what is done on it is done by whoever handed it over."""
    actor_id = models.UUIDField(null=True)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    case_id = models.UUIDField(null=True)
    route = models.CharField(max_length=80, blank=True)
    network = models.CharField(max_length=45, blank=True)
    detail = models.JSONField(default=dict)
    seal = models.BinaryField()
    """That it was written here, and not slipped in: `said.sealed`."""

    class Meta:
        indexes = [
            models.Index(fields=["programme", "case_id", "-id"], name="entry_of_case"),
            models.Index(fields=["programme", "subject_id"], condition=models.Q(verb="moved"), name="entry_of_step"),
            models.Index(fields=["programme", "-at"], condition=models.Q(verb="read"), name="entry_of_look"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A line of the journal is never changed.")
        super().save(*args, **kwargs)


class Link(Walled):
    """One line in the chain of its programme; `id` counts from 1. The worker adds them within seconds, so that nobody who writes waits for another.

    Line and link lie in two tables without a key between them: that one is gone must be found by reading, whoever took the key away first.
    """

    id = models.BigIntegerField(primary_key=True)  # type: ignore[assignment]
    entry_id = models.BigIntegerField()
    mac = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "entry_id"], name="linked_once")]


class Anchoring(Walled):
    """The chain stood at this link when it was written down outside the database (`anchors.py`): so a file that lacks it is an older one."""

    number = models.BigIntegerField()
    at = models.DateTimeField(default=clock.now)


class Excuse(Walled):
    """Whoever runs this knows that something of this programme's journal is lost, and why: what was anchored after `since`, from `number` on.

    It is never changed, has its own line in the journal, and another in the file of anchors; without any of them it excuses nothing.
    """

    since = models.DateTimeField()
    number = models.BigIntegerField()
    reason = SealedText(of="id")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["programme", "-at"], name="excuse_latest")]


class Break(models.TextChoices):
    """What can be wrong at the first broken place."""

    CHANGED = "changed", _("a line was changed")
    MISSING = "missing", _("a line is missing")
    INSERTED = "inserted", _("a line was slipped in")
    MOVED = "moved", _("a line stands in another one's place")
    LINK_GONE = "link_gone", _("the chain itself has a gap")
    LINK_CHANGED = "link_changed", _("the chain itself was changed")
    CUT = "cut", _("lines at the end are missing")
    UNLINKED = "unlinked", _("new lines wait to be linked: the worker has not done it")
    ANCHORS = "anchors", _("what was written down outside the database is an older or a changed copy")


class Check(Walled):
    """The journal of this programme was gone through from end to end, and this was found."""

    at = models.DateTimeField(default=clock.now)
    lines = models.BigIntegerField()
    found = models.CharField(max_length=12, choices=Break.choices, blank=True)
    number = models.BigIntegerField(null=True)
    entry_id = models.BigIntegerField(null=True)
    """Of the first broken place: its link and its line, as far as there are any."""

    class Meta:
        indexes = [models.Index(fields=["programme", "-at"], name="check_latest")]
