"""All that a promise may say beside who, what, for whom and by when."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from setfair.cases.models import Participation

from .models import Item, ItemKind, Reach, Sharer, Translation
from .tongues import written_in

FIELDS = ("kind", "body", "amount", "currency", "parts", "weeks", "hours", "checker", "checker_staff", "if_hard", "reach", "language")
"""What of it stands in the row of the promise."""


@dataclass(frozen=True)
class Terms:
    """What kind of thing it is, who does it too, how much, who checks, what if it is hard, who reads it, and in which language
    it is written. All of it may be left out.

    `beside` are others of the circle who make it as well; `body` is a school, an office or a group,
    and whoever writes it down answers for that one.
    """

    kind: str = ItemKind.OTHER
    beside: tuple[Participation, ...] = ()
    body: str = ""
    amount: Decimal | None = None
    currency: str = ""
    parts: int = 1
    weeks: int = 1
    hours: int | None = None
    checker: Participation | None = None
    checker_staff: UUID | None = None
    if_hard: str = ""
    reach: str = Reach.ALL
    language: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """As they stand in a row: what is said of money goes with an amount."""
        said = {name: getattr(self, name) for name in FIELDS} | {"body": self.body.strip(), "if_hard": self.if_hard.strip()}
        return said if self.amount is not None else said | {"currency": "", "parts": 1, "weeks": 1}


def sharers(item: Item, terms: Terms) -> list[Sharer]:
    """Rows for those who make it beside its owner, each once, to be written with it."""
    beside = {p.pk: p for p in terms.beside if p.pk != item.owner_id}
    return [Sharer(item=item, participation=p, case_id=item.case_id, order=n) for n, p in enumerate(beside.values())]


def terms_of(item: Item) -> Terms:
    """What stands there now."""
    return Terms(beside=tuple(s.participation for s in item.sharers.all()), **{name: getattr(item, name) for name in FIELDS})


def again_in_other_languages(item: Item, becomes: Item | None = None) -> list[Translation]:
    """Rows that say a promise in other languages as it is said now, to be written with its next wording, or for it in the next version."""
    rows = Translation.objects.filter(item=item, edition=item.edition).order_by("at", "id")
    to, edition = (becomes, becomes.edition) if becomes else (item, item.edition + 1)
    latest = {row.language: row for row in rows if row.language != written_in(to)}
    same = ("case_id", "language", "interpreter_id", "what", "proof_wanted", "if_hard", "at", "by")
    return [Translation(item=to, edition=edition, **{name: getattr(row, name) for name in same}) for row in latest.values() if row.what]
