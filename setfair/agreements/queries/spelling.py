"""The words of an agreement as they are read: those that were laid out, with what was put right in them since."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.cases.models import Case
from setfair.cases.queries import here
from setfair.core import clock
from setfair.core.text import folded

from ..models import Agreement, Spelling, SpellingBack
from ..slips import bare, differs
from .translating import times_put

Words = dict[str, Any]


@dataclass(frozen=True)
class Correction:
    """A spelling that was put right in a promise, as everybody reads it who reads the promise."""

    pk: UUID
    day: str
    words: str

    @property
    def label(self) -> str:
        return _("A spelling was put right on %(day)s") % {"day": self.day}


def as_read(agreement: Agreement) -> tuple[list[Words], dict[str, list[Correction]]]:
    """Each promise as it is read now, and by its key what was put right in it, the first first.

    What was put right on words that stand no more, because that was taken back, counts no more either.
    """
    items: list[Words] = [dict(item) for item in (agreement.words or {"items": []})["items"]]
    by_key, found = {item["id"]: item for item in items}, defaultdict(list)
    for one in standing(agreement):
        item = by_key.get(str(one.item_id))
        if item is not None and item.get(one.part, "") == one.before:
            item[one.part] = one.after
            found[item["id"]].append(Correction(one.pk, _day(agreement, one), _what(one)))
    return items, dict(found)


def standing(agreement: Agreement) -> list[Spelling]:
    """What was put right in it and not taken back."""
    back = SpellingBack.objects.filter(spelling=OuterRef("pk"))
    return list(Spelling.objects.filter(~Exists(back), item__agreement=agreement).order_by("at", "id"))


def taken_back(agreement: Agreement) -> list[tuple[str, str]]:
    """For the team: what somebody called more than spelling, and whose word that is."""
    rows = SpellingBack.objects.filter(spelling__item__agreement=agreement, participation__isnull=False).order_by("at", "id")
    return [
        (_what(row.spelling), row.participation.person.shown if row.participation else "")
        for row in rows.select_related("spelling", "participation__person")
    ]


def told_of(agreement: Agreement, language: str = "") -> int:
    """How often something was put right in it or taken back, or put into this language: what a copy tells of (`LastingCopy.told`).
    `agreements_told` in the database counts the same."""
    mine = {"item__agreement": agreement}
    put = times_put(agreement, language) if language else 0
    return put + Spelling.objects.filter(**mine).count() + SpellingBack.objects.filter(**{f"spelling__{k}": v for k, v in mine.items()}).count()


def names_in(case: Case) -> frozenset[str]:
    """What people of this circle are called, folded and word by word."""
    people = [p.person for p in here(case).select_related("person")]
    return frozenset(word for person in people for word in folded(f"{person.name} {person.called}").split())


def _what(one: Spelling) -> str:
    return ", ".join(f"{bare(a)} → {bare(b)}" for a, b in differs(one.before, one.after))


def _day(agreement: Agreement, one: Spelling) -> str:
    return date_format(clock.local(one.at, agreement.case.programme.zone).date(), "DATE_FORMAT")
