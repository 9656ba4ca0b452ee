from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from setfair.cases.models import Role
from setfair.cases.queries import here, kept_apart
from setfair.programmes.models import Closure

from .. import quality
from ..models import Agreement, Item
from .signing import signers
from .standing import items_of


@dataclass(frozen=True)
class Weighed:
    """A promise in the draft, with the advice on it."""

    item: Item
    advice: list[quality.Advice]

    @property
    def unsafe(self) -> bool:
        return any(advice.code == "no_contact" for advice in self.advice)


def weighed(agreement: Agreement) -> tuple[list[Weighed], list[quality.Advice]]:
    """Each promise of a draft with what to look at again in it, and what to look at in the whole."""
    items, case = items_of(agreement), agreement.case
    circle = list(here(case))
    signing = set(signers(agreement).values_list("pk", flat=True))
    apart = {frozenset((pair.one_id, pair.other_id)) for pair in kept_apart(case)}
    closed = [(c.starts_on, c.ends_on, c.name) for c in Closure.objects.filter(whom=Closure.Whom.ALL, ends_on__gte=timezone.localdate())]
    harmed = {p.pk for p in circle if Role.HARMED in p.roles}
    promises = [_promise(i, {p.pk for p in circle}, signing, apart, harmed) for i in items]
    begins = timezone.localtime(agreement.drafted_at).date()
    kind = case.programme.kind
    each = [Weighed(i, quality.of_one(p, kind=kind, begins=begins, closed=closed)) for i, p in zip(items, promises, strict=True)]
    return each, quality.of_all(promises, harmed=bool(harmed))


def _promise(item: Item, circle: set[Any], signing: set[Any], apart: set[frozenset[Any]], harmed: set[Any]) -> quality.Promise:
    return quality.Promise(
        what=item.what,
        due_on=item.due_on,
        proof_wanted=item.proof_wanted,
        owner=item.owner.person.shown,
        owner_is_harmed=item.owner_id in harmed,
        owner_signs=item.owner_id in signing,
        owner_left=item.owner_id not in circle,
        owed_to_harmed=item.owed_to_id in harmed,
        kept_apart=item.owed_to is not None and frozenset((item.owner.person_id, item.owed_to.person_id)) in apart,
    )
