"""Tries to reach somebody, and meetings that were agreed on and did not happen. Neither is a meeting."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation
from setfair.core.records import A_DAY, Kept, Within
from setfair.people.models import Contact
from setfair.vault.fields import SealedText

from .fact import Fact

IN_PERSON = "person"


class Attempt(Fact):
    """One try to reach somebody over one way, and what came of it; or, without a way, a meeting that did not happen.

    That somebody came (`attended`) and that it happened are two things: they can come late, or come, and it
    does not go ahead. A meeting that did happen is a `Meeting`, and nothing here counts as one.
    """

    class Result(models.TextChoices):
        SPOKE = "spoke", _("we spoke")
        NO_ANSWER = "no_answer", _("nobody answered")
        MESSAGE = "message", _("a message was left")
        WRONG = "wrong", _("it was somebody else")
        NOT_SAFE = "not_safe", _("it is not safe there")

    class Came(models.TextChoices):
        YES = "yes", _("they came")
        LATE = "late", _("they came late")
        NO = "no", _("they did not come")

    class Why(models.TextChoices):
        NO_SHOW = "no_show", _("they did not come")
        ILL = "ill", _("somebody was ill")
        OURS = "ours", _("we called it off")
        THEIRS = "theirs", _("they called it off")
        UNSAFE = "unsafe", _("it would not have been safe")

    participation = Within(Participation, models.CASCADE, related_name="attempts")
    on = models.DateField(_("on"))
    way = models.CharField(_("how"), max_length=7, choices=[*Contact.Way.choices, (IN_PERSON, _("in person"))], blank=True, default="")
    result = models.CharField(_("what came of it"), max_length=9, choices=Result, blank=True, default="")
    attended = models.CharField(_("did they come?"), max_length=4, choices=Came, blank=True, default="")
    why_not = models.CharField(_("why it did not happen"), max_length=7, choices=Why, blank=True, default="")
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True)
    note = SealedText(of="case_id", verbose_name=_("note for the team"))

    class Meta:
        constraints = [
            Kept(condition=Q(on__lte=F("at") + A_DAY), name="attempt_was_made"),
            models.CheckConstraint(
                condition=(Q(attended="", why_not="") & ~Q(way="") & ~Q(result="")) | (Q(way="", result="") & ~Q(attended="") & ~Q(why_not="")),
                name="attempt_is_one_thing",
            ),
            models.CheckConstraint(condition=~Q(why_not="no_show") | Q(attended="no"), name="attempt_no_show"),
        ]
