"""What bars a promise from being laid out to be signed: an order or a wish that two have no contact, and a yes that does not stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from setfair.accounts.models import User
from setfair.cases.models import Participation
from setfair.cases.queries import team, walls_between
from setfair.people.limits import MEET, MESSAGE, bars
from setfair.preparation.queries import lack_a_yes

from ..journey import SETTLED
from ..models import Agreement, Item


@dataclass(frozen=True)
class Bar:
    """Why one promise cannot be signed as it stands. Unlike advice, it holds whatever anybody thinks of it."""

    item: UUID
    code: str
    sentence: str
    between: str = ""


def barred(agreement: Agreement, items: Sequence[Item]) -> list[Bar]:
    """All that bars these promises now, in their order: a fixed number of queries, however many they are.

    Two who must not meet can still promise something to each other, make a promise together or look
    after it when somebody of the team carries it. Where nothing may pass between them, not even that helps.
    """
    owners = {p.pk: p for item in items for p in item.owners if p.left_at is None}
    unwilling = lack_a_yes(list(owners.values()))
    apart = _apart(items)
    carry = carriers(agreement) if apart else {}
    return [bar for item in items for bar in (_of_contact(item, apart, carry), *_of_consent(item, unwilling)) if bar is not None]


def barred_since(agreement: Agreement, items: Sequence[Item]) -> list[str]:
    """Between whom a promise lies that was laid out before they were kept apart. It ends nothing: somebody talks with each of them."""
    apart = _apart(items)
    carry = carriers(agreement) if apart else {}
    found = (_of_contact(item, apart, carry) for item in items if item.stage not in SETTLED)
    return list(dict.fromkeys(bar.between for bar in found if bar is not None))


def carriers(agreement: Agreement) -> dict[UUID, User]:
    """Who of the team can carry something from one to the other, by the id of their account: also who coordinates, for what was handed on."""
    case = agreement.case
    return {a.facilitator.user_id: a.facilitator.user for a in team(case)} | ({case.coordinator_id: case.coordinator} if case.coordinator else {})


def staff_named(items: Sequence[Item]) -> dict[UUID, User]:
    """Whoever of the staff stands in a promise: who passes it on, who checks it, who answers for a body."""
    keys = {key for item in items for key in (item.through, item.checker_staff, item.answers) if key is not None}
    return {user.pk: user for user in User.objects.filter(pk__in=keys)} if keys else {}


def are_kept_apart(people: Sequence[Participation]) -> bool:
    """Whether two of them must have no contact, so that a promise may need somebody to carry it."""
    return bool(walls_between([p.person_id for p in people]))


def _apart(items: Sequence[Item]) -> dict[frozenset[Any], str]:
    """What is barred between each two of them today: to meet, or anything at all."""
    people = {p.person_id for item in items for p in (*item.owners, item.owed_to, item.checker) if p is not None}
    today = timezone.localdate()
    walls = {frozenset((wall.one_id, wall.other_id)): wall for wall in walls_between(list(people))}
    found = {pair: MESSAGE if bars(wall, MESSAGE, today) else MEET for pair, wall in walls.items()}
    return {pair: what for pair, what in found.items() if bars(walls[pair], what, today)}


def _brought_together(item: Item) -> list[tuple[Participation, Participation]]:
    """Each two whom this promise brings into contact: those who make it with each other, with whom it is for and with who checks it."""
    others = [p for p in (item.owed_to, item.checker) if p is not None]
    return [*combinations(item.owners, 2), *product(item.owners, others)]


def _of_contact(item: Item, apart: dict[frozenset[Any], str], carry: dict[UUID, User]) -> Bar | None:
    pairs = [(two, apart[key]) for two in _brought_together(item) if (key := frozenset((two[0].person_id, two[1].person_id))) in apart]
    pairs = [(two, what) for two, what in pairs if what == MESSAGE or item.through not in carry]
    if not pairs:
        return None
    (one, other), what = next((pair for pair in pairs if pair[1] == MESSAGE), pairs[0])
    names = {"one": one.person.shown, "other": other.person.shown}
    if what == MEET:
        code, said = "no_contact", _("%(one)s and %(other)s must not be in contact. Say who of the team passes it on.")
    else:
        code, said = "nothing_passes", _("Nothing may pass between %(one)s and %(other)s, also not through us. Make it a promise to everyone.")
    return Bar(item.pk, code, said % names, " · ".join(names.values()))


def _of_consent(item: Item, unwilling: set[UUID]) -> list[Bar]:
    said = _("%(name)s has not said yes to taking part, or took it back. Talk with them before anybody signs this.")
    return [Bar(item.pk, "no_yes", said % {"name": p.person.shown}) for p in item.owners if p.pk in unwilling]
