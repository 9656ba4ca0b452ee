from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.hours import Hours
from setfair.core.records import Walled, Within
from setfair.core.text import folded
from setfair.letters.marks import mark_of
from setfair.programmes.models import Programme
from setfair.vault import master
from setfair.vault.fields import SealedJSON, SealedText

from .custody import Clearance, Custody, Visit
from .orders import Condition, Order, OrderEnd

__all__ = [
    "Clearance", "Condition", "Contact", "Custody", "NoContact", "Order", "OrderEnd", "Person", "Visit", "WayWish", "WayWishEnd", "WayWishSeen",
]  # fmt: skip

OF_AGE = 18


class Person(Walled):
    """Somebody we know by name. `called` is the name they chose; what is printed and said uses it.

    A name is written in the order its owner uses. `family_first` says that the family's
    name leads, as in Hungarian or Vietnamese: then the last word is the one they go by.
    """

    class Times(models.TextChoices):
        FILE = "file", _("a file for a calendar")
        PLAIN = "plain", _("no file for a calendar")
        CARD = "card", _("no file, and a small card on paper")

    name = SealedText(of="id", verbose_name=_("name"))
    called = SealedText(of="id", verbose_name=_("wants to be called"))
    family_first = models.BooleanField(_("the family name comes first"), default=False)
    pronouns = SealedText(of="id", verbose_name=_("how to speak of them"))
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True, validators=[MaxValueValidator(2100)])
    language = models.CharField(_("language"), max_length=10, default="en")
    of_age_at = models.DateTimeField(_("turns 18"), null=True, editable=False)
    """The first moment of their 18th birthday, on the programme's clock. Asked only of somebody who is close to it: whatever hangs on their
    age then ends at that very moment, in queries too."""
    zone = SealedText(of="id", verbose_name=_("time zone"))
    """Whose clock they live by, where it is not the programme's. It tells roughly where somebody is, so it is sealed."""
    interpreter = models.BooleanField(_("needs an interpreter"), default=False)
    reads_print = models.BooleanField(_("reads print"), default=True)
    times_as = models.CharField(_("what comes with a booked time"), max_length=5, choices=Times, default=Times.FILE, db_default=Times.FILE)
    needs = SealedText(of="id", verbose_name=_("access, food, seat, breaks"))
    tokens = ArrayField(models.BinaryField(max_length=10), default=list, editable=False)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [GinIndex("tokens", name="person_tokens")]

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """The name to show among people who know each other in the case."""
        return self.called or self.name

    @property
    def first(self) -> str:
        """Their own name alone, for those who may see no more."""
        return own_name(self.name, self.called, family_first=self.family_first)

    @property
    def spoken(self) -> str:
        """What the others in a room call them, and no more: the name they chose, or the first one."""
        return self.called or self.first

    def zone_in(self, programme: Programme) -> str:
        """Their own time zone, or the programme's where they named none."""
        return str(self.zone) or programme.zone

    def is_nearly_of_age(self, on: date) -> bool:
        """Whether the day on which they turn 18 matters by now: this year or the next, or nobody knows the year."""
        return self.birth_year is None or on.year - self.birth_year >= OF_AGE - 1

    def may_be_under_age(self, on: date) -> bool:
        """Whether the year of birth leaves it open that they are not 18 on that day. Without a year nothing is said."""
        return self.birth_year is not None and on.year - self.birth_year <= OF_AGE

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.tokens = name_tokens(self.programme_id, f"{self.name} {self.called}")
        super().save(*args, **kwargs)


def own_name(name: str, called: str, *, family_first: bool) -> str:
    """The one word of these names that is somebody's own: of the name they chose the first, of a name that the family's leads the last."""
    if called:
        return called.split(" ")[0]
    return name.split(" ")[-1 if family_first else 0]


def name_tokens(programme_id: UUID, text: str) -> list[bytes]:
    """Blind tokens of each word and of its first three letters; they compare equal only inside one programme."""
    words = folded(text).split()
    return sorted({master.blind(programme_id, t) for word in words for t in (word, f"{word[:3]}*")})


class Contact(Walled):
    """One way to reach a person that they said is safe. A newer row of the same way takes its place.

    A message goes there in the hours that they named (`hours`). `read_by` are people we
    know who read that inbox or pick up that phone too, `also_reads` are others, in words.
    `whom` says what kind of somebody stands in between.
    """

    class Way(models.TextChoices):
        EMAIL = "email", _("Email")
        SMS = "sms", _("Text message")
        CALL = "call", _("Phone call")
        POST = "post", _("Letter")
        THROUGH = "through", _("Through someone")

    OF_ONES_OWN = (Way.EMAIL, Way.SMS, Way.CALL)
    """Ways that are in nobody's own hands in a closed place."""

    class Whom(models.TextChoices):
        SOMEONE = "someone", _("a person they trust")
        SCHOOL = "school", _("the school office")
        LAWYER = "lawyer", _("a lawyer")
        PROBATION = "probation", _("probation")
        PRISON = "prison", _("a prison or another closed place")
        OTHER = "other", _("another office")

    person = Within(Person, models.CASCADE, related_name="contacts")
    way = models.CharField(_("way"), max_length=7, choices=Way)
    value = SealedText(of="person_id", verbose_name=_("address or number"))
    may_leave_message = models.BooleanField(_("OK to leave a message"), default=False)
    may_say_who = models.BooleanField(_("OK to say who is calling"), default=False)
    times = SealedText(of="person_id", verbose_name=_("best time, in their words"))
    days = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True, verbose_name=_("safe days"))
    starts = models.TimeField(_("not before"), null=True, blank=True)
    ends = models.TimeField(_("not after"), null=True, blank=True)
    whom = models.CharField(_("through whom"), max_length=9, choices=Whom, blank=True)
    also_reads = SealedText(of="person_id", verbose_name=_("who else reads this or picks up"))
    read_by = ArrayField(models.UUIDField(), default=list, blank=True)
    added_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    mark = models.BinaryField(max_length=32, null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "person", "way"], condition=models.Q(ended_at__isnull=True), name="contact_one_way"),
            models.CheckConstraint(condition=models.Q(days__contained_by=list(range(7))), name="contact_days"),
            models.CheckConstraint(
                condition=models.Q(starts__isnull=True) | models.Q(ends__isnull=True) | models.Q(ends__gt=models.F("starts")), name="contact_hours"
            ),
            models.CheckConstraint(condition=models.Q(whom="") | models.Q(way="through"), name="contact_through_whom"),
        ]
        indexes = [
            models.Index("mark", condition=models.Q(ended_at__isnull=True), name="contact_mark"),
            models.Index("mark", condition=models.Q(ended_at__isnull=False), name="contact_mark_of_before"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.mark = contact_mark(self.way, self.value)
        super().save(*args, **kwargs)

    @property
    def hours(self) -> Hours:
        return Hours(self.starts, self.ends, tuple(self.days))

    @property
    def is_shared(self) -> bool:
        """Whether somebody else reads there, or picks up."""
        return bool(self.read_by or self.also_reads)


def contact_mark(way: str, value: str) -> bytes | None:
    """A trace by which somebody who types their own address is found; of ways over which no message goes by itself, none."""
    return mark_of(way, value)


class NoContact(Walled):
    """Two people who must not be brought together: by order, or because one of them asked. A hard wall for joint meetings."""

    one = Within(Person, models.CASCADE, related_name="+")
    other = Within(Person, models.CASCADE, related_name="+")
    by_order = models.BooleanField(_("by an order of a court or school"), default=False)
    since = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "one", "other"], condition=models.Q(ended_at__isnull=True), name="no_contact_once"),
            models.CheckConstraint(condition=~models.Q(one=models.F("other")), name="no_contact_of_two"),
        ]


class WayWish(Walled):
    """How somebody wants to be reached from now on, as it was written on their own page; a fact. An empty value: that way is safe no more.

    A new address is none of theirs (`Contact`) until it was confirmed. `was` is what it takes the place of, `may_tell` whether
    that one may hear of it, and `proof` stands for the code that went to the new one.
    """

    person = Within(Person, models.CASCADE, related_name="way_wishes")
    way = models.CharField(max_length=7, choices=Contact.Way)
    value = SealedText(of="person_id")
    card = SealedJSON(of="person_id")
    was = models.UUIDField(null=True)
    may_tell = models.BooleanField(default=False)
    proof = models.BinaryField(max_length=32, null=True)
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(may_tell=False) | models.Q(was__isnull=False), name="way_wish_tells_one")]
        indexes = [models.Index(fields=["programme", "person", "at"], name="way_wish_of_person")]


class WayWishEnd(Walled):
    """How it ended: by the code, by a word with the team, or not."""

    class How(models.TextChoices):
        PROVEN = "proven", _("they typed the code that went there")
        SPOKEN = "spoken", _("the team spoke with them")
        DROPPED = "dropped", _("it is not theirs")
        REPLACED = "replaced", _("another one took its place")
        CLOSED = "closed", _("that way is safe no more")

    wish = Within(WayWish, models.CASCADE, related_name="ends")
    how = models.CharField(max_length=8, choices=How)
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "wish"], name="way_wish_ends_once")]


class WayWishSeen(Walled):
    """That somebody of the team knows of it."""

    wish = Within(WayWish, models.CASCADE, related_name="seen")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "wish"], name="way_wish_seen_once")]
