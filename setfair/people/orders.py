"""Papers about two who are kept apart, and rules that one person lives under, as they are kept."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.vault.fields import SealedText


class Order(Walled):
    """What is known of why two people are kept apart, and for how long; a fact.

    It counts until somebody says that a later one takes its place (`OrderEnd`). `until` is its last day. It going by ends nothing: a wall
    stands until somebody ends it.
    """

    class Kind(models.TextChoices):
        COURT = "court", _("an order of a court")
        SCHOOL = "school", _("an order of a school")
        WISH = "wish", _("one of them asked for it")
        TEAM = "team", _("the team decided it")

    class Seen(models.TextChoices):
        PAPER = "paper", _("we have seen the paper")
        REGISTER = "register", _("an office confirmed it")
        TOLD = "told", _("somebody told us")

    class Bars(models.TextChoices):
        MEET = "meet", _("meeting")
        MESSAGE = "message", _("messages, also through us")

    wall = Within("people.NoContact", models.CASCADE, related_name="papers")
    kind = models.CharField(_("why"), max_length=6, choices=Kind)
    seen = models.CharField(_("how we know"), max_length=8, choices=Seen)
    starts_on = models.DateField(_("first day"), null=True)
    until = models.DateField(_("last day"), null=True)
    bars = ArrayField(models.CharField(max_length=7), verbose_name=_("what it bars"))
    words = SealedText(of="id")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(starts_on__isnull=True) | models.Q(until__gte=models.F("starts_on")),
                name="order_runs_forward",
            ),
            models.CheckConstraint(condition=models.Q(until__isnull=True) | ~models.Q(kind="wish"), name="order_wish_ends_by_word"),
            models.CheckConstraint(condition=models.Q(bars__contained_by=["meet", "message"]) & ~models.Q(bars=[]), name="order_bars_something"),
        ]
        indexes = [models.Index(fields=["programme", "wall", "-at"], name="order_of_wall")]

    @property
    def barred(self) -> str:
        """What it bars, in words."""
        return ", ".join(str(self.Bars(what).label) for what in self.bars)


class OrderEnd(Walled):
    """That another paper took the place of this one, as somebody read there. Until the first day of the other, this one still counts."""

    order = Within(Order, models.CASCADE, related_name="ends")
    replaced_by = Within(Order, models.CASCADE, related_name="+")
    from_day = models.DateField()
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "order", "replaced_by"], name="order_end_once"),
            models.CheckConstraint(condition=~models.Q(order=models.F("replaced_by")), name="order_end_by_another"),
        ]


class Condition(Walled):
    """A rule of the law or of a school that one person lives under. It bars until somebody ends it, whatever its last day was."""

    class Kind(models.TextChoices):
        BAIL = "bail", _("bail or release")
        PROBATION = "probation", _("a term of probation")
        PROTECTIVE = "protective", _("a protective order")
        CURFEW = "curfew", _("a curfew")
        AREA = "area", _("an area they must not go to")
        DEVICE = "device", _("no phone or internet")
        SCHOOL = "school", _("a rule of a school")
        OTHER = "other", _("something else")

    person = Within("people.Person", models.CASCADE, related_name="conditions")
    kind = models.CharField(_("what it is"), max_length=10, choices=Kind)
    seen = models.CharField(_("how we know"), max_length=8, choices=Order.Seen)
    starts_on = models.DateField(_("first day"), null=True)
    until = models.DateField(_("last day"), null=True)
    bars_meeting = models.BooleanField(_("no meeting may be held with them"), default=False)
    not_before = models.TimeField(_("may be out from"), null=True)
    not_after = models.TimeField(_("may be out until"), null=True)
    words = SealedText(of="person_id")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(starts_on__isnull=True) | models.Q(until__gte=models.F("starts_on")),
                name="condition_runs_forward",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True) | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="condition_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(not_before__isnull=True) | models.Q(not_after__isnull=True) | models.Q(not_after__gt=models.F("not_before")),
                name="condition_hours",
            ),
        ]
        indexes = [models.Index(fields=["programme", "person"], condition=models.Q(ended_at__isnull=True), name="condition_of_person")]

    @property
    def bars(self) -> bool:
        """Whether some day or hour is barred by it."""
        return self.bars_meeting or self.not_before is not None or self.not_after is not None
