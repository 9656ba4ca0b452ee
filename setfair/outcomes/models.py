from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.agreements.models import Item
from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.core.records import A_DAY, Kept, Walled, Within
from setfair.preparation.models import Consent, Fact
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


class NewsWish(Fact):
    """How much a person harmed wants to hear of what was promised, as they said it. The latest counts, and any day it can be another one.

    Until they have said so they are told at the end.
    """

    class Choice(models.TextChoices):
        EACH = "each", _("each time something is kept or not")
        END = "end", _("once, at the end")
        WRONG = "wrong", _("only if something is not kept")
        NONE = "none", _("nothing")

    participation = Within(Participation, models.CASCADE, related_name="news_wishes")
    choice = models.CharField(max_length=5, choices=Choice)
    method = models.CharField(max_length=5, choices=Consent.Method)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(by_kind="participant", by=F("participation_id"), by__isnull=False, method="own")
                | (Q(by_kind="staff") & ~Q(method="own")),
                name="news_wish_by_them_or_told",
            )
        ]
        indexes = [models.Index(fields=["programme", "participation", "-at"], name="news_wish_latest")]


class NewsTask(Walled):
    """That somebody is to be told of one thing by one day, under the wish they had then. A fact: it is added, and never changed or taken away.

    Whether it is still owed is worked out (`owed.tasks`): it is, until there is news of that person since it `turned_at`, or they wish for
    something else.
    """

    class Cause(models.TextChoices):
        WELL = "well", _("a promise is settled")
        WRONG = "wrong", _("a promise is not kept")
        END = "end", _("everything is settled")

    case = Within(Case, models.CASCADE, related_name="+")
    participation = Within(Participation, models.CASCADE, related_name="news_tasks")
    wish = Within(NewsWish, models.CASCADE, null=True, related_name="+")
    cause = models.CharField(max_length=5, choices=Cause)
    item = Within(Item, models.RESTRICT, null=True, related_name="+")
    turned_at = models.DateTimeField()
    turned_on = models.DateField()
    due_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "participation", "wish", "cause", "item", "turned_at"], nulls_distinct=False, name="news_task_once"
            ),
            models.CheckConstraint(condition=Q(cause="end", item=None) | (~Q(cause="end") & Q(item__isnull=False)), name="news_task_of_what"),
            models.CheckConstraint(condition=Q(due_on__gt=F("turned_on")), name="news_task_after_it"),
        ]
        indexes = [models.Index(fields=["programme", "case"], name="news_task_of_case")]


class Closure(Walled):
    """The end of a case, with its one reason from the list."""

    case = Within(Case, models.CASCADE, related_name="closures")
    reason = models.CharField(max_length=20, choices=known(Step.END))
    own = Within(OwnReason, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "case"], name="closure_once"), one_reason("closure_one_reason")]
