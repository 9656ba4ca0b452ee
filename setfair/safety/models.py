from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setfair.accounts.models import User
from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.referrals.models import Referral
from setfair.vault.fields import SealedText

from . import ladder


class Alarm(Walled):
    """That somebody says: someone is not safe now. A fact, under a key of its own, and in no case's history.

    `place` is the kind of page it was said on. `participation` is whom it came from on own pages, and whom it is about when
    the team says it. `about` is a member of the team it is about: they are never told of it.
    """

    class Place(models.TextChoices):
        PUBLIC = "public", _("the public page")
        OWN = "own", _("their own page")
        STATUS = "status", _("the page of whoever asked")
        STAFF = "staff", _("a page of the team")

    ties = staticmethod(ladder.ties)

    form_key = models.UUIDField(default=uuid.uuid4)
    place = models.CharField(max_length=6, choices=Place)
    participation = Within(Participation, null=True, related_name="+")
    referral = Within(Referral, null=True, related_name="+")
    case = Within(Case, null=True, related_name="+")
    words = SealedText(of="id")
    reach = SealedText(of="id")
    about = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    by_kind = models.CharField(max_length=12)
    by = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "form_key"], name="alarm_once"),
            models.CheckConstraint(
                condition=Q(place="public", participation=None, referral=None, case=None)
                | Q(place="own", participation__isnull=False, referral=None, case__isnull=False)
                | Q(place="status", participation=None, referral__isnull=False)
                | Q(place="staff", referral=None, by__isnull=False),
                name="alarm_from_somewhere",
            ),
            models.CheckConstraint(condition=Q(participation=None) | Q(case__isnull=False), name="alarm_of_a_case"),
        ]
        indexes = [models.Index(fields=["programme", "-at"], name="alarm_latest")]

    def case_key(self) -> None:
        """No case's history tells of it."""
        return None


class Told(Walled):
    """Who was told of it, in which round. A fact: the ladder never tells one person twice in one round."""

    alarm = Within(Alarm, related_name="told")
    round = models.PositiveSmallIntegerField(default=0)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "alarm", "round", "user"], name="alarm_told_once")]
        indexes = [models.Index(fields=["programme", "user"], name="alarm_told_to")]

    def case_key(self) -> None:
        return None


class Heard(Walled):
    """That somebody has read it and acts. Who says so first is written down."""

    alarm = Within(Alarm, related_name="heard")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "alarm"], name="alarm_heard_once")]

    def case_key(self) -> None:
        return None


class Step(Walled):
    """What was done since: a fact each, in the order in which it was done. None before it was heard, and none after it was closed."""

    class Code(models.TextChoices):
        EMERGENCY = "emergency", _("The emergency number was called")
        CALLED = "called", _("We called them")
        SPOKE = "spoke", _("We spoke with them")
        SERVICE = "service", _("A service that protects people was told")
        GUARDIAN = "guardian", _("A parent or guardian was told")
        NOT_REACHED = "not_reached", _("They were not reached")
        FALSE_ALARM = "false_alarm", _("Nobody was in danger")
        CLOSED = "closed", _("It is over")

    alarm = Within(Alarm, related_name="steps")
    owner_id = models.UUIDField()
    code = models.CharField(_("What was done"), max_length=11, choices=Code)
    words = SealedText(of="owner_id")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "alarm"], condition=Q(code="closed"), name="alarm_closed_once"),
            models.CheckConstraint(condition=Q(owner_id=models.F("alarm_id")), name="alarm_step_of_it"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.owner_id = self.alarm_id
        super().save(*args, **kwargs)

    def case_key(self) -> None:
        return None


class Phone(Walled):
    """A number of somebody of the team to which they are texted, too. Theirs alone: nobody else is shown it."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    number = SealedText(of="id")
    since = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "user"], condition=Q(ended_at__isnull=True), name="alarm_phone_one")]

    def case_key(self) -> None:
        return None
