from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.access.ties import OF_THE_PROGRAMME
from setfair.core import clock
from setfair.core.records import Walled

from . import journey


class Facilitator(Walled):
    """A trained member of the team, staff or student, who signs in as `user`."""

    class Kind(models.TextChoices):
        STAFF = "staff", _("staff")
        STUDENT = "student", _("student")
        VOLUNTEER = "volunteer", _("volunteer")

    JOURNEY = journey.JOURNEY
    ties = OF_THE_PROGRAMME

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="facilitators")
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    stage = models.CharField(max_length=9, choices=journey.Stage, default=journey.Stage.NOMINATED)
    certified_until = models.DateField(_("certified until"), null=True, blank=True)
    languages = models.CharField(_("languages"), max_length=60, blank=True)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "user"], name="facilitator_once")]

    def __str__(self) -> str:
        return self.user.name
