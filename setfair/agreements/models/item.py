"""Its promises."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Tie
from setfair.access.ties import inherited
from setfair.cases.models import Case, Participation
from setfair.core.actor import Actor, Kind
from setfair.core.records import Walled, Within
from setfair.scheduling.said import listed
from setfair.vault.fields import SealedText

from .. import journey
from ..amounts import MOST_PARTS, Part, how_much, in_parts
from .agreement import Agreement


def _mine(actor: Actor) -> Q | None:
    """A promise is the page of everyone who makes it once it holds; before that it is words on the agreement."""
    if actor.kind != Kind.PARTICIPANT:
        return None
    beside = Sharer.objects.filter(participation=actor.id, participation__left_at__isnull=True)
    theirs = Q(owner=actor.id, owner__left_at__isnull=True) | Q(pk__in=beside.values("item"))
    return theirs & Q(agreement__stage=journey.Stage.IN_FORCE)


class ItemKind(models.TextChoices):
    """What somebody does, in the words of the writer at the table."""

    WORDS = "words", _("words said")
    LETTER = "letter", _("a letter")
    REPAIR = "repair", _("a repair")
    TIME = "time", _("time given")
    PAYMENT = "payment", _("a payment")
    LEARNING = "learning", _("learning something")
    CONTACT = "contact", _("how we meet or keep away")
    COMMUNITY = "community", _("something for the community")
    SUPPORT = "support", _("support")
    REENTRY = "reentry", _("coming back")
    OTHER = "other", _("something else")


class Reach(models.TextChoices):
    """Who of those who sign reads the words of a promise."""

    ALL = "circle", _("everyone in the circle")
    SOME = "some", _("only those it concerns")


class Item(Walled):
    """One promise: who, what, for whom, how much, by when, how we will know, who checks, what if it is hard (practice.md 2.8).

    Who makes it is one of the circle (`owner`), others beside them (`Sharer`), and a body such as the school, for which
    somebody of the staff answers. `reach` says who of the circle reads it (`reach.py`). `edition` counts how often it was put
    in other words; `follows` is the same promise in the version before. `language` is the one it is written in; where none is said, it is the
    programme's (`Translation` has the others). `parts_told` counts from the first the parts of its money of which nobody is asked, since they are
    said to be paid, or are collected elsewhere: a later floor hears of that (`restitution`).
    """

    Kind = ItemKind

    JOURNEY = journey.ITEM_JOURNEY
    ties = staticmethod(
        inherited("agreement", lambda: Agreement.ties(), only=frozenset({Tie.COORDINATES, Tie.SUPERVISES, Tie.FACILITATES}), takes_part=_mine)
    )

    agreement = Within(Agreement, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=8, choices=journey.ItemStage, default=journey.ItemStage.PROMISED)
    kind = models.CharField(_("kind"), max_length=9, choices=ItemKind, default=ItemKind.OTHER, db_default="other")
    owner = Within(Participation, null=True, related_name="promises")
    body = SealedText(of="case_id", verbose_name=_("a school, an office or a group"))
    answers = models.UUIDField(_("who answers for it"), null=True)
    owed_to = Within(Participation, null=True, blank=True, related_name="owed")
    what = SealedText(of="case_id", verbose_name=_("what"))
    proof_wanted = SealedText(of="case_id", verbose_name=_("how we will know"))
    due_on = models.DateField(_("by when"))
    amount = models.DecimalField(_("how much"), max_digits=9, decimal_places=2, null=True)
    currency = models.CharField(_("currency"), max_length=3, default="", db_default="")
    parts = models.PositiveSmallIntegerField(_("in how many parts"), default=1, db_default=1)
    weeks = models.PositiveSmallIntegerField(_("weeks between them"), default=1, db_default=1)
    parts_told = models.PositiveSmallIntegerField(default=0, db_default=0)
    hours = models.PositiveSmallIntegerField(_("hours"), null=True)
    checker = Within(Participation, null=True, related_name="+")
    checker_staff = models.UUIDField(_("who of the team checks"), null=True)
    if_hard = SealedText(of="case_id", verbose_name=_("what if it is hard"))
    language = models.CharField(_("language"), max_length=10, default="", db_default="")
    reach = models.CharField(_("who reads it"), max_length=6, choices=Reach, default=Reach.ALL, db_default="circle")
    edition = models.PositiveSmallIntegerField(default=1, db_default=1)
    through = models.UUIDField(_("who passes it on"), null=True)
    follows = Within("self", models.CASCADE, null=True, related_name="+")
    case = Within(Case, models.CASCADE, related_name="+")

    class Meta:
        ordering = ("order",)
        constraints = [
            models.UniqueConstraint(fields=["programme", "agreement", "order"], name="item_order"),
            models.CheckConstraint(condition=Q(owner__isnull=False) | Q(answers__isnull=False), name="item_of_somebody"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, currency="", parts=1) | Q(amount__isnull=False, amount__gt=0, currency__regex="^[A-Z]{3}$"),
                name="item_of_money",
            ),
            models.CheckConstraint(condition=Q(parts__range=(1, MOST_PARTS), weeks__range=(1, 8)), name="item_in_parts"),
            models.CheckConstraint(condition=Q(parts_told__lte=F("parts")) & (Q(parts_told=0) | Q(amount__isnull=False)), name="item_parts_told"),
            models.CheckConstraint(condition=Q(hours__isnull=True) | Q(hours__gt=0), name="item_of_hours"),
            models.CheckConstraint(condition=Q(checker__isnull=True) | Q(checker_staff__isnull=True), name="item_one_checker"),
            models.CheckConstraint(condition=Q(reach="circle") | Q(owed_to__isnull=False), name="item_reaches_somebody"),
        ]
        indexes = [models.Index(fields=["programme", "stage", "due_on"], name="item_by_stage")]

    def put(self, **parts: str) -> None:
        """Let these parts of it read otherwise; whether that may be is for the actions to ask."""
        for name, words in parts.items():
            setattr(self, name, words)
        self.save(update_fields=list(parts))

    @property
    def owners(self) -> list[Participation]:
        """Who of the circle makes it, the first named first."""
        return [p for p in (self.owner, *(s.participation for s in self.sharers.all())) if p is not None]

    @property
    def whose(self) -> str:
        """Everyone who makes it, by the names the team knows them by."""
        return listed([*(p.person.shown for p in self.owners), *([self.body] if self.body else [])])

    @property
    def whose_first(self) -> str:
        """The same in a few letters: the first names."""
        return listed([*(p.person.first for p in self.owners), *([self.body] if self.body else [])])

    @property
    def payments(self) -> list[Part]:
        return in_parts(self.amount, self.currency, self.parts, self.weeks, self.due_on) if self.amount is not None else []

    @property
    def how_much(self) -> str:
        return how_much(self.amount, self.currency, self.hours, self.payments)


class Sharer(Walled):
    """Somebody of the circle who makes a promise together with its owner."""

    item = Within(Item, models.CASCADE, related_name="sharers")
    participation = Within(Participation, models.CASCADE, related_name="+")
    case = Within(Case, models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order",)
        constraints = [models.UniqueConstraint(fields=["programme", "item", "participation"], name="sharer_once")]
