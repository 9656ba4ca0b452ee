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
from setfair.core.records import Walled, Within
from setfair.core.text import folded
from setfair.vault import master
from setfair.vault.fields import SealedText

OF_AGE = 18


class Person(Walled):
    """Somebody we know by name. `called` is the name they chose; what is printed and said uses it."""

    name = SealedText(of="id", verbose_name=_("name"))
    called = SealedText(of="id", verbose_name=_("wants to be called"))
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True, validators=[MaxValueValidator(2100)])
    language = models.CharField(_("language"), max_length=10, default="en")
    interpreter = models.BooleanField(_("needs an interpreter"), default=False)
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
        """The first name alone, for those who may see no more."""
        return self.shown.split(" ")[0]

    @property
    def spoken(self) -> str:
        """What the others in a room call them, and no more: the name they chose, or the first one."""
        return self.called or self.first

    def may_be_under_age(self, on: date) -> bool:
        """Whether the year of birth leaves it open that they are not 18 on that day. Without a year nothing is said."""
        return self.birth_year is not None and on.year - self.birth_year <= OF_AGE

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.tokens = name_tokens(self.programme_id, f"{self.name} {self.called}")
        super().save(*args, **kwargs)


def name_tokens(programme_id: UUID, text: str) -> list[bytes]:
    """Blind tokens of each word and of its first three letters; they compare equal only inside one programme."""
    words = folded(text).split()
    return sorted({master.blind(programme_id, t) for word in words for t in (word, f"{word[:3]}*")})


class Contact(Walled):
    """One way to reach a person that they said is safe. A newer row of the same way takes its place."""

    class Way(models.TextChoices):
        EMAIL = "email", _("Email")
        SMS = "sms", _("Text message")
        CALL = "call", _("Phone call")
        POST = "post", _("Letter")
        THROUGH = "through", _("Through someone")

    person = Within(Person, models.CASCADE, related_name="contacts")
    way = models.CharField(_("way"), max_length=7, choices=Way)
    value = SealedText(of="person_id", verbose_name=_("address or number"))
    may_leave_message = models.BooleanField(_("OK to leave a message"), default=False)
    times = models.CharField(_("best time"), max_length=40, blank=True)
    added_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    mark = models.BinaryField(max_length=32, null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "person", "way"], condition=models.Q(ended_at__isnull=True), name="contact_one_way")
        ]
        indexes = [models.Index("mark", condition=models.Q(ended_at__isnull=True), name="contact_mark")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.mark = contact_mark(self.way, self.value)
        super().save(*args, **kwargs)


def contact_mark(way: str, value: str) -> bytes | None:
    """A keyed digest by which somebody who types their own address is found; of ways over which no message goes by itself, none."""
    spelled = spelling(way, value)
    return master.trace("contact", spelled) if spelled else None


def spelling(way: str, value: str) -> str | None:
    """One way to write an address, however it was typed."""
    if way == Contact.Way.EMAIL:
        return f"{way} {value.strip().casefold()}"
    if way == Contact.Way.SMS:
        return f"{way} {''.join(sign for sign in value if sign.isdecimal())}"
    return None


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
