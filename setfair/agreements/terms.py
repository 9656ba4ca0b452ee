"""All that a promise may say beside who, what, for whom and by when."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from setfair.cases.models import Participation

from .models import Item, ItemKind, Reach, Sharer

FIELDS = ("kind", "body", "amount", "currency", "parts", "weeks", "hours", "checker", "checker_staff", "if_hard", "reach")
"""What of it stands in the row of the promise."""


@dataclass(frozen=True)
class Terms:
    """What kind of thing it is, who does it too, how much, who checks, what if it is hard, and who reads it. All of it may be left out.

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
