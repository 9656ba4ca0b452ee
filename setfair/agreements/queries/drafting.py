from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from setfair.cases.models import Role
from setfair.cases.queries import here
from setfair.programmes.models import Closure

from .. import quality
from ..models import Agreement, Item
from .barring import Bar, barred, carriers
from .signing import signers
from .standing import items_of


@dataclass(frozen=True)
class Weighed:
    """A promise in the draft, with what bars it and with the advice on it."""

    item: Item
    carried_by: str
    bars: list[Bar]
    advice: list[quality.Advice]


def weighed(agreement: Agreement) -> tuple[list[Weighed], list[quality.Advice]]:
    """Each promise of a draft with what to look at again in it, and what to look at in the whole."""
    items, case = items_of(agreement), agreement.case
    circle = list(here(case))
    signing = set(signers(agreement).values_list("pk", flat=True))
    closed = [(c.starts_on, c.ends_on, c.name) for c in Closure.objects.filter(whom=Closure.Whom.ALL, ends_on__gte=timezone.localdate())]
    harmed = {p.pk for p in circle if Role.HARMED in p.roles}
    promises = [_promise(i, {p.pk for p in circle}, signing, harmed) for i in items]
    begins = timezone.localtime(agreement.drafted_at).date()
    kind = case.programme.kind
    bars = barred(agreement, items)
    carry = carriers(agreement) if any(item.through for item in items) else {}
    each = [
        Weighed(
            i,
            carry[i.through].name if i.through in carry else "",
            [bar for bar in bars if bar.item == i.pk],
            quality.of_one(p, kind=kind, begins=begins, closed=closed),
        )
        for i, p in zip(items, promises, strict=True)
    ]
    return each, quality.of_all(promises, harmed=bool(harmed))


def _promise(item: Item, circle: set[Any], signing: set[Any], harmed: set[Any]) -> quality.Promise:
    return quality.Promise(
        what=item.what,
        due_on=item.due_on,
        proof_wanted=item.proof_wanted,
        owner=item.owner.person.shown,
        owner_is_harmed=item.owner_id in harmed,
        owner_signs=item.owner_id in signing,
        owner_left=item.owner_id not in circle,
        owed_to_harmed=item.owed_to_id in harmed,
    )
