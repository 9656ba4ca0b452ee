"""Whether a request came from the office whose address it names, as whoever reads that address says (decision 89)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.records import Walled, Within


class Standing(models.TextChoices):
    """How sure it is that an office sent what was sent in its name."""

    OURS = "ours", _("The office says that it sent this")
    NOT_OURS = "not_ours", _("The office says that it did not send this")
    OPEN = "open", _("The address of the office is not confirmed yet")
    NO_ADDRESS = "no_address", _("The office gave no address that could be confirmed")


class Owned(Walled):
    """What was said about it with the link that went to the office's own address. The latest counts."""

    referral = Within("referrals.Referral", models.CASCADE, related_name="owned")
    is_ours = models.BooleanField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["programme", "referral", "-at"], name="owned_of_request")]

    def case_key(self) -> None:
        return None


def standing(referral: Any) -> Standing | None:
    """None for whoever is no office."""
    if not referral.is_professional:
        return None
    if referral.sender is None:
        return Standing.NO_ADDRESS
    said = max(referral.owned.all(), key=lambda one: one.at, default=None)
    return Standing.OPEN if said is None else Standing.OURS if said.is_ours else Standing.NOT_OURS
