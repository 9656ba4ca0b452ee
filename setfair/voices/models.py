from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation, ties_through_case
from setfair.core.records import Within
from setfair.preparation.models import Consent, Fact, Slip
from setfair.vault.fields import SealedText

THEIRS = Q(by_kind="participant", by__isnull=False, by=F("participation_id"), slip__isnull=True) | Q(by_kind="staff", slip__isnull=False)
"""Said by nobody but them: on their own page, or on a slip of theirs that was typed in."""


class Goal(models.TextChoices):
    """What a meeting can be for (S1.3), in words that anybody would use."""

    RESTORATION = "restoration", _("put things right")
    HEALING = "healing", _("feel better")
    RECONCILIATION = "reconciliation", _("get along again")
    UNDERSTANDING = "understanding", _("understand each other")
    RESTITUTION = "restitution", _("make up for what was lost or broken")
    ANSWERS = "answers", _("get answers")
    SAFETY = "safety", _("feel safe")
    OTHER = "other", _("something else")


class Hope(Fact):
    """What somebody hopes for, as they said it: any number of goals, and their own words. The latest counts, and saying nothing is one too."""

    participation = Within(Participation, models.CASCADE, related_name="hopes")
    goals = ArrayField(models.CharField(max_length=14), default=list)
    words = SealedText(of="case_id", verbose_name=_("in their own words"))
    method = models.CharField(max_length=5, choices=Consent.Method)
    slip = Within(Slip, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(goals__contained_by=[goal.value for goal in Goal]), name="hope_known_goals")]

    def named(self) -> list[str]:
        return [str(Goal(goal).label) for goal in self.goals]


class OwnWords(Fact):
    """What somebody wants to say, ask and hear, and what would help them: in their own words, from their own page or their own slip.

    The latest counts, and with it who may read it: until they say so, nobody but them.
    """

    class Reads(models.TextChoices):
        ME = "me", _("Only me")
        TEAM = "team", _("Those who prepare the talk with me")
        ALL = "all", _("They can, and they may tell the others in the talk")

    participation = Within(Participation, models.CASCADE, related_name="own_words")
    say = SealedText(of="case_id", verbose_name=_("what they want to say"))
    ask = SealedText(of="case_id", verbose_name=_("what they want to ask"))
    hear = SealedText(of="case_id", verbose_name=_("what they want to hear"))
    helps = SealedText(of="case_id", verbose_name=_("what would help them"))
    reads = models.CharField(max_length=4, choices=Reads)
    slip = Within(Slip, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=THEIRS, name="own_words_by_them")]

    @property
    def is_shared(self) -> bool:
        return self.reads != self.Reads.ME


class Companion(Fact):
    """Somebody whom a person here would like beside them, as they name them on their own page or slip. By itself it writes to nobody."""

    ties = ties_through_case()

    participation = Within(Participation, models.CASCADE, related_name="companions")
    name = SealedText(of="case_id", verbose_name=_("their name"))
    reach = SealedText(of="case_id", verbose_name=_("how to reach them"))
    may_write = models.BooleanField(_("we may write to them"))
    slip = Within(Slip, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=THEIRS, name="companion_by_them")]


class CompanionEnd(Fact):
    """What became of it: they have a place beside whoever chose them, or it does not go, or it was taken back."""

    class How(models.TextChoices):
        SEATED = "seated", _("they have a place")
        NO = "no", _("it does not go")
        BACK = "back", _("taken back")

    participation = Within(Participation, models.CASCADE, related_name="+")
    companion = Within(Companion, models.CASCADE, related_name="ends")
    how = models.CharField(max_length=6, choices=How)
    place = Within(Participation, models.CASCADE, null=True, related_name="+")
    words = SealedText(of="case_id", verbose_name=_("why not, in kind words"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(how="seated", place__isnull=False) | (~Q(how="seated") & Q(place=None)), name="companion_place")
        ]


class StandIn(Fact):
    """Who speaks in the place of a person harmed who does not come, as they chose: what may be said for them, and how they hear of it afterwards.

    The latest counts; one that names nobody takes it back. Without one, whoever stands in speaks for nobody (decision 118).
    """

    class Back(models.TextChoices):
        PAGE = "page", _("I read it on my page")
        CALL = "call", _("You call me")
        MEET = "meet", _("You come and tell me")
        NONE = "none", _("I do not want to hear of it")

    class When(models.TextChoices):
        SOON = "soon", _("As soon as you can")
        WEEK = "week", _("A week after it")

    participation = Within(Participation, models.CASCADE, related_name="stand_ins")
    place = Within(Participation, models.CASCADE, null=True, related_name="+")
    say = SealedText(of="case_id", verbose_name=_("what may be said for them"))
    limits = SealedText(of="case_id", verbose_name=_("what must not be said"))
    back = models.CharField(_("how they hear of it"), max_length=4, choices=Back)
    when = models.CharField(_("when they hear of it"), max_length=4, choices=When)
    method = models.CharField(max_length=5, choices=Consent.Method)

    @property
    def told_how(self) -> str:
        """As one of the team would say it."""
        return str(TOLD_BACK[self.Back(self.back)])

    @property
    def told_when(self) -> str:
        return str(TOLD_WHEN[self.When(self.when)])

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(by_kind="participant", by=F("participation_id"), by__isnull=False, method="own")
                | (Q(by_kind="staff") & ~Q(method="own")),
                name="stand_in_by_them_or_told",
            ),
            models.CheckConstraint(condition=Q(place__isnull=True) | ~Q(place=F("participation")), name="stand_in_is_another"),
        ]


TOLD_BACK = {
    StandIn.Back.PAGE: _("they read it on their page"),
    StandIn.Back.CALL: _("we call them"),
    StandIn.Back.MEET: _("we go and tell them"),
    StandIn.Back.NONE: _("they do not want to hear of it"),
}
TOLD_WHEN = {StandIn.When.SOON: _("as soon as we can"), StandIn.When.WEEK: _("a week after it")}
