"""What is said of money that was promised: by who pays, by whom it is for, and by the team. None of it is money, and none is an account."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Floor
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Tie
from setfair.access.ties import inherited
from setfair.agreements.amounts import WITHOUT_CENTS
from setfair.agreements.models import Item
from setfair.cases.models import Case, Participation
from setfair.cases.ties import ties as ties_to_a_case
from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.vault.fields import SealedText

from . import cents

STAFF = frozenset({Tie.COORDINATES, Tie.SUPERVISES, Tie.FACILITATES})


class Payment(Walled):
    """One sum of which somebody says that it was paid, or that it came. A fact; what each side says of it are its words.

    `payer` is who of the circle paid it; nobody, where it came from a body, or where only whoever it is for has told of it. It belongs to the
    promise as it stood then (`item`), and counts for what that promise has become since (`queries.Book`).
    """

    ties = staticmethod(inherited("case", ties_to_a_case, only=STAFF))

    item = Within(Item, models.RESTRICT, related_name="+")
    case = Within(Case, models.CASCADE, related_name="+")
    payer = Within(Participation, models.CASCADE, null=True, related_name="+")
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    currency = models.CharField(max_length=3)
    paid_on = models.DateField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_of_something"),
            models.CheckConstraint(condition=Q(paid_on__gte=clock.EARLIEST), name="payment_on_a_day"),
            models.CheckConstraint(condition=~Q(currency__in=sorted(WITHOUT_CENTS)) | Q(amount=Floor(F("amount"))), name="payment_in_whole_coins"),
        ]
        ordering = ("paid_on", "at", "id")
        indexes = [models.Index(fields=["programme", "case"], name="payment_of_case")]


class PaymentWord(Walled):
    """How much a payment was in somebody's eyes: nothing, where it did not come, or was said by mistake. A fact; the latest of each side counts.

    Each side writes its own day of it (`paid_on`), and reads no other. `turn` counts the words of one payment. A form is heard once, whatever
    payment it was about (`form_key`). `words` are the team's, for itself.
    """

    class Side(models.TextChoices):
        PAYER = cents.PAYER, _("who pays")
        RECEIVER = cents.RECEIVER, _("whom it is for")
        TEAM = cents.TEAM, _("the team")

    payment = Within(Payment, models.CASCADE, related_name="words")
    case = Within(Case, models.CASCADE, related_name="+")
    side = models.CharField(max_length=8, choices=Side)
    turn = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    paid_on = models.DateField(null=True)
    words = SealedText(of="case_id")
    form_key = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now)
    by_kind = models.CharField(max_length=12)
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "payment", "turn"], name="payment_word_in_turn"),
            models.UniqueConstraint(fields=["programme", "form_key"], name="payment_form_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="payment_word_of_an_amount"),
            models.CheckConstraint(condition=Q(paid_on__isnull=True) | Q(paid_on__gte=clock.EARLIEST), name="payment_word_on_a_day"),
            models.CheckConstraint(
                condition=Q(side="team", by_kind="staff") | Q(side__in=["payer", "receiver"], by_kind="participant"), name="payment_word_by_its_side"
            ),
        ]
        ordering = ("turn",)


class Ordered(Walled):
    """That a court ordered the same money, or that it did not after all; the latest counts. What is ordered is not collected a second time."""

    item = Within(Item, models.RESTRICT, related_name="+")
    case = Within(Case, models.CASCADE, related_name="+")
    turn = models.PositiveSmallIntegerField()
    holds = models.BooleanField()
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "item", "turn"], name="ordered_in_turn")]


class Unclear(Walled):
    """Something about money that a person of the team clears up; Today says so from a day on. It ends and is never deleted.

    `item` is the promise as it was first made. Each reason stands there once at a time. What two say differently ends as clear once they say the
    same, or the team has looked into it; else only with the last agreement of the case (`Ended.OVER_WITH_THE_CASE`).
    """

    class Why(models.TextChoices):
        DIFFERS = "differs", _("they say different things")
        OVER = "over", _("more came than was promised")
        WAITS = "waits", _("nobody said whether it came")
        WHOLE = "whole", _("all of it came")

    class Ended(models.TextChoices):
        CLEAR = "clear", _("it is clear")
        OVER_WITH_THE_CASE = "over_with_the_case", _("nothing holds any more")

    ties = staticmethod(inherited("case", ties_to_a_case, only=STAFF))

    item = Within(Item, models.RESTRICT, related_name="+")
    case = Within(Case, models.CASCADE, related_name="+")
    why = models.CharField(max_length=7, choices=Why)
    tell_on = models.DateField()
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    how_ended = models.CharField(max_length=18, choices=Ended, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(how_ended="") | Q(ended_at__isnull=False), name="unclear_how_ended"),
            models.UniqueConstraint(fields=["programme", "item", "why"], condition=Q(ended_at__isnull=True), name="unclear_once"),
        ]
        indexes = [models.Index(fields=["programme", "tell_on"], condition=Q(ended_at__isnull=True), name="unclear_open")]
