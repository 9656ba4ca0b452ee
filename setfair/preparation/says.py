"""Whether somebody decides for a young person: doubted by whoever runs the case, answered by a second person, or given up by themselves."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation
from setfair.core.records import Within
from setfair.vault.fields import SealedText

from .fact import Fact


class SayDoubted(Fact):
    """That whoever runs the case wants a say taken that stands behind a no. Until a second person answers, nothing changes."""

    class Why(models.TextChoices):
        PAPER = "paper", _("a paper of a court or an office shows that they do not decide")
        TOLD = "told", _("an office told us so")
        MISTAKE = "mistake", _("we wrote it down wrongly")
        AGE = "age", _("the young person is 18 or older; the year of birth is wrong")

    participation = Within(Participation, models.CASCADE, related_name="+")
    why = models.CharField(_("why"), max_length=7, choices=Why)
    words = SealedText(of="case_id", verbose_name=_("what shows it"))


class SayAnswered(Fact):
    """What became of it: the say is taken, or the no stands. By a second person, never by who doubted it; or they gave it up themselves."""

    participation = Within(Participation, models.CASCADE, related_name="+")
    doubt = Within(SayDoubted, models.CASCADE, null=True, related_name="answers")
    taken = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "doubt"], name="say_answered_once"),
            models.CheckConstraint(
                condition=Q(doubt__isnull=True, taken=True, by_kind="participant", by=F("participation")) | Q(doubt__isnull=False, by_kind="staff"),
                name="say_whose_word",
            ),
        ]
