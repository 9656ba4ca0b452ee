from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.core.records import A_DAY, Kept, Walled, Within
from setfair.programmes.models import OwnReason, one_reason
from setfair.programmes.reasons import Step, known
from setfair.vault.fields import SealedText


class News(Walled):
    """That a harmed person was told how it went, or said they do not want to hear.

    The commonest complaint after a good conference is silence (practice.md 0.1), so a
    case cannot close without one of these for each of them. Whoever did not come reads the `words` on
    their own page, if that is the way they chose.
    """

    class Way(models.TextChoices):
        VOICE = "voice", _("by voice")
        LETTER = "letter", _("by letter or message")
        IN_PERSON = "in_person", _("in person")
        PAGE = "page", _("on their own page")
        NOT_WANTED = "not_wanted", _("did not want news")
        NOT_REACHED = "not_reached", _("could not be reached, tried three times")

    case = Within(Case, models.CASCADE, related_name="news")
    participation = Within(Participation, models.CASCADE, related_name="news")
    way = models.CharField(max_length=11, choices=Way)
    told_on = models.DateField()
    words = SealedText(of="case_id", verbose_name=_("what was said that they may hear"))
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [Kept(condition=Q(told_on__lte=F("at") + A_DAY), name="news_was_told")]


class Closure(Walled):
    """The end of a case, with its one reason from the list."""

    case = Within(Case, models.CASCADE, related_name="closures")
    reason = models.CharField(max_length=20, choices=known(Step.END))
    own = Within(OwnReason, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "case"], name="closure_once"), one_reason("closure_one_reason")]
