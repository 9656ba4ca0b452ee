"""Who of the team is kept out of one request, because it is about them or they are too close to it (decision 82)."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Tie
from setfair.access.ties import inherited
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.core.records import Walled, Within


class TooClose(models.TextChoices):
    """Why a member of the team has no part in it: the same of a request and of the case that it becomes."""

    SELF = "self", _("they are part of it themselves")
    CLOSE = "close", _("they are close to somebody here")
    NO_CONTACT = "no_contact", _("they must have no contact with somebody here")
    OTHER = "other", _("another conflict of interest")


class KeptOut(Walled):
    """That a request is not there for a member of the team. It ends and is kept; what becomes of the request is shut to them as well.

    `by` is None where their name was found in it as it came in.
    """

    Why = TooClose

    ties = inherited("referral", lambda: KeptOut._meta.get_field("referral").related_model.ties, frozenset({Tie.COORDINATES}))

    referral = Within("referrals.Referral", models.CASCADE, related_name="kept_out")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(_("why"), max_length=10, choices=Why)
    since = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "referral", "user"], condition=Q(ended_at__isnull=True), name="kept_out_once")]

    def case_key(self) -> None:
        return None


def of_this_one(actor: Actor) -> Q:
    """The requests that this member of the team is kept out of."""
    if actor.kind != Kind.STAFF:
        return Q(pk__in=())
    rows: Any = apps.get_model("referrals", "KeptOut")._default_manager
    return Q(pk__in=rows.filter(user=actor.id, ended_at__isnull=True).values("referral_id"))
