"""Who may not, or who alone may, come near a case: kept out, sealed, named by the seal, opened in an emergency."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Tie
from setfair.access.ties import inherited
from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.referrals.kept_out import TooClose
from setfair.vault.fields import SealedText

from .ties import emergency_ties
from .ties import ties as ties_to_a_case


class Exclusion(Walled):
    """That a member of the staff is kept out of one case: they are part of it, or too close to somebody who is. It ends and is kept."""

    Why = TooClose

    ties = staticmethod(inherited("case", ties_to_a_case, only=frozenset({Tie.COORDINATES})))

    case = Within("cases.Case", models.CASCADE, related_name="exclusions")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(_("why"), max_length=10, choices=Why)
    since = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "case", "user"], condition=Q(ended_at__isnull=True), name="exclusion_once")]


class Seal(Walled):
    """That a case is there for its named team alone. It ends and is kept."""

    class Why(models.TextChoices):
        STAFF = "staff", _("somebody of the team, or their family, is part of it")
        OFFICE = "office", _("somebody here holds a public office")
        PUBLIC = "public", _("it is talked about in public")
        OTHER = "other", _("another reason to keep it close")

    case = Within("cases.Case", models.CASCADE, related_name="seals")
    why = models.CharField(_("why"), max_length=6, choices=Why)
    since = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "case"], condition=Q(ended_at__isnull=True), name="seal_once")]


class Named(Walled):
    """That the seal of a case names this member of the staff: they may open it as far as their role goes. It ends and is kept."""

    ties = staticmethod(inherited("case", ties_to_a_case, only=frozenset({Tie.COORDINATES, Tie.SUPERVISES})))

    case = Within("cases.Case", models.CASCADE, related_name="named")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "case", "user"], condition=Q(ended_at__isnull=True), name="named_once")]


class Emergency(Walled):
    """That somebody whom the seal does not name opened the case, why, and until when they could read it. It is never changed."""

    ties = staticmethod(emergency_ties)

    case = Within("cases.Case", models.CASCADE, related_name="emergencies")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    reason = SealedText(of="case_id")
    at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("at"), until__lte=F("at") + timedelta(hours=1)), name="emergency_is_an_hour"),
        ]
        indexes = [models.Index(fields=["programme", "user", "-at"], name="emergency_of_user")]


class EmergencyReview(Walled):
    """That somebody else looked at why a sealed case was opened, and what they found."""

    case = Within("cases.Case", models.CASCADE, related_name="+")
    emergency = Within(Emergency, models.CASCADE, related_name="reviews")
    found = models.CharField(_("what you find"), max_length=8, choices=[("right", _("It was right")), ("wrong", _("It should not have been"))])
    words = SealedText(of="case_id")
    by = models.UUIDField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "emergency"], name="emergency_reviewed_once")]
