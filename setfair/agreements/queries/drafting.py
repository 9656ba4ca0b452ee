from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from setfair.accounts.models import User
from setfair.cases.models import Role
from setfair.cases.queries import here, walls_between
from setfair.programmes.days import SHUTS_SCHOOL, off_for_courts, off_for_school
from setfair.programmes.models import Closure, Programme

from .. import quality
from ..models import Agreement, Item, ItemKind
from ..tongues import written_in
from .barring import Bar, barred, staff_named
from .renewing import done_before
from .signing import signers
from .standing import items_of


@dataclass(frozen=True)
class Weighed:
    """A promise in the draft, with what bars it and with the advice on it."""

    item: Item
    staff: dict[str, str]
    bars: list[Bar]
    advice: list[quality.Advice]


def weighed(agreement: Agreement) -> tuple[list[Weighed], list[quality.Advice]]:
    """Each promise of a draft with what to look at again in it, and what to look at in the whole."""
    items, case = items_of(agreement), agreement.case
    circle = list(here(case))
    signing = set(signers(agreement).values_list("pk", flat=True))
    school = case.programme.kind == Programme.Kind.SCHOOL
    off, shuts = (off_for_school(), SHUTS_SCHOOL) if school else (off_for_courts(), (Closure.Kind.COURT,))
    shut = Closure.objects.filter(whom=Closure.Whom.ALL, kind__in=shuts, ends_on__gte=timezone.localdate())
    closed = [(c.starts_on, c.ends_on, c.name) for c in shut]
    apart = bool(walls_between([p.person_id for p in circle]))
    harmed = {p.pk for p in circle if Role.HARMED in p.roles}
    done = done_before(agreement)
    promises = [_promise(i, {p.pk for p in circle}, signing, harmed, apart, i.pk in done) for i in items]
    begins = timezone.localtime(agreement.drafted_at).date()
    kind = case.programme.kind
    bars = barred(agreement, items)
    staff = staff_named(items)
    each = [
        Weighed(
            i,
            _named(i, staff),
            [bar for bar in bars if bar.item == i.pk],
            quality.of_one(p, kind=kind, begins=begins, closed=closed, off=off, language=written_in(i)),
        )
        for i, p in zip(items, promises, strict=True)
    ]
    return each, quality.of_all(promises, harmed=bool(harmed))


@dataclass(frozen=True)
class WithStaff:
    """A promise with whoever of the staff stands in it."""

    item: Item
    staff: dict[str, str]


def with_staff(item: Item) -> WithStaff:
    return WithStaff(item, _named(item, staff_named([item])))


def _named(item: Item, staff: dict[UUID, User]) -> dict[str, str]:
    """Who of the staff stands in it, as what: `through`, `checker_staff`, `answers`."""
    return {name: staff[key].name for name in ("through", "checker_staff", "answers") if (key := getattr(item, name)) in staff}


def _promise(item: Item, circle: set[Any], signing: set[Any], harmed: set[Any], apart: bool, done: bool) -> quality.Promise:
    owners = {p.pk for p in item.owners}
    return quality.Promise(
        what=item.what,
        due_on=item.due_on,
        proof_wanted=item.proof_wanted,
        owner=item.whose,
        owner_is_harmed=bool(owners) and owners <= harmed,
        owner_signs=done or owners <= signing,
        owner_left=not done and bool(owners - circle),
        owed_to_harmed=item.owed_to_id in harmed,
        kind=item.kind,
        amount=item.amount,
        hours=item.hours,
        by_the_young=any(p.needs_guardian_now for p in item.owners),
        carried=item.through is not None or item.checker_staff is not None,
        ordered=apart and item.kind == ItemKind.CONTACT,
    )
