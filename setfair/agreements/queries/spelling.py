"""The words of an agreement as they are read: those that were laid out, with what was put right in them since."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.core.text import folded

from ..models import Agreement, Item, Signature, Spelling, SpellingBack
from ..slips import bare, differs

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


@dataclass(frozen=True)
class Undone:
    """That a correction in a promise was taken back, so that nobody is left with words they read and that are gone; never what they were."""

    pk: UUID
    day: str
    made_on: str

    @property
    def label(self) -> str:
        return _("A correction was taken back on %(day)s") % {"day": self.day}

    @property
    def words(self) -> str:
        return _("it was made on %(day)s") % {"day": self.made_on}


def as_read(agreement: Agreement) -> tuple[list[Words], dict[str, list[Correction | Undone]]]:
    """Each promise as it is read now, and by its key what was put right in it, the first first, and then what of that was taken back.

    What was put right on words that stand no more, because that was taken back, counts no more either. What was put right before it was
    taken back to be written anew went with those words.
    """
    items: list[Words] = [dict(item) for item in (agreement.words or {"items": []})["items"]]
    by_key, found, gone = {item["id"]: item for item in items}, defaultdict[str, list[Correction | Undone]](list), []
    for one in _in_order(agreement):
        item = by_key.get(str(one.item_id))
        if item is not None and one.back is not None:
            gone.append((item["id"], Undone(one.back, _day(agreement, one.back_at), _day(agreement, one.at))))
        elif item is not None and item.get(one.part, "") == one.before:
            item[one.part] = one.after
            found[item["id"]].append(Correction(one.pk, _day(agreement, one.at), _what(one)))
    for key, undone in gone:
        found[key].append(undone)
    return items, dict(found)


def one_put_right(agreement: Agreement, key: UUID | None) -> Spelling | None:
    """One of what was put right in it."""
    return Spelling.objects.filter(item__agreement=agreement, pk=key).first() if key else None


def laid_out(agreement: Agreement, item: Item) -> Words:
    """A promise in the words in which it was laid out to be signed."""
    return next((said for said in (agreement.words or {"items": []})["items"] if said["id"] == str(item.pk)), {})


def _in_order(agreement: Agreement) -> list[Any]:
    """All that was put right in it, each with the key and the moment of its being taken back, if it was."""
    back = SpellingBack.objects.filter(spelling=OuterRef("pk"))
    rows = Spelling.objects.filter(item__agreement=agreement).order_by("at", "id")
    return list(rows.annotate(back=Subquery(back.values("pk")[:1]), back_at=Subquery(back.values("at")[:1])))


def worth_a_talk() -> QuerySet[SpellingBack]:
    """What was taken back because somebody calls it more than spelling, or that somebody had before them when they signed."""
    saw = Signature.objects.filter(agreement=OuterRef("spelling__item__agreement"), at__gt=OuterRef("spelling__at"), at__lt=OuterRef("at"))
    return SpellingBack.objects.filter(Q(participation__isnull=False) | Exists(saw))


def taken_back(agreement: Agreement) -> list[tuple[str, str]]:
    """For the team: what was taken back and is worth a talk, and whose word that is; no name where the team did it."""
    rows = worth_a_talk().filter(spelling__item__agreement=agreement).order_by("at", "id")
    return [
        (_what(row.spelling), row.participation.person.shown if row.participation else "")
        for row in rows.select_related("spelling", "participation__person")
    ]


def names_in(case: Case) -> frozenset[str]:
    """What people of this circle are called, and were who have left it, folded and word by word."""
    people = [p.person for p in Participation.objects.filter(case=case).select_related("person")]
    return frozenset(word for person in people for word in folded(f"{person.name} {person.called}").split())


def _what(one: Spelling) -> str:
    return ", ".join(f"{bare(a)} → {bare(b)}" for a, b in differs(one.before, one.after))


def _day(agreement: Agreement, at: datetime) -> str:
    return date_format(clock.local(at, agreement.case.programme.zone).date(), "DATE_FORMAT")
