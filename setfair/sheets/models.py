from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation, Role
from setfair.core.records import Within
from setfair.preparation.models import Fact
from setfair.programmes.models import Script


class Given(Fact):
    """That somebody was given their questions: in which form, how large, in which language, and out of which script for which place.

    Another script, or another place in the circle, and they have not been given theirs.
    """

    class Form(models.TextChoices):
        LINK = "link", _("on their own page, with a message")
        PAPER = "paper", _("on paper")
        READ = "read", _("read out to them")
        PACK = "pack", _("everything on paper, with a slip for their answers")

    class Size(models.IntegerChoices):
        USUAL = 14, _("as usual")
        LARGE = 18, _("large")
        VERY_LARGE = 24, _("very large")

    participation = Within(Participation, models.CASCADE, related_name="given_sheets")
    form = models.CharField(_("how"), max_length=5, choices=Form)
    size = models.PositiveSmallIntegerField(_("how large"), choices=Size, default=Size.USUAL)
    plain = models.BooleanField(_("only the questions, in short"), default=False)
    language = models.CharField(max_length=10)
    script = Within(Script, related_name="+")
    role = models.CharField(max_length=12, choices=Role)
