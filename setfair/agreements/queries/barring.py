"""What bars a promise from being laid out to be signed: an order or a wish that two have no contact, and a yes that does not stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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

    Two who must not meet can still promise something to each other when somebody of the
    team carries it. Where nothing may pass between them, not even that helps.
    """
    owners = {item.owner_id: item.owner for item in items if item.owner.left_at is None}
    unwilling = lack_a_yes(list(owners.values()))
    apart = _apart(items)
    carry = carriers(agreement) if apart else {}
    return [bar for item in items for bar in (_of_contact(item, apart, carry), _of_consent(item, unwilling)) if bar is not None]


def barred_since(agreement: Agreement, items: Sequence[Item]) -> list[str]:
    """Between whom a promise lies that was laid out before they were kept apart. It ends nothing: somebody talks with each of them."""
    apart = _apart(items)
    carry = carriers(agreement) if apart else {}
    found = (_of_contact(item, apart, carry) for item in items if item.stage not in SETTLED)
    return list(dict.fromkeys(bar.between for bar in found if bar is not None))


def carriers(agreement: Agreement) -> dict[UUID, User]:
    """Who of the team can carry something from one to the other, by the id of their account."""
    return {a.facilitator.user_id: a.facilitator.user for a in team(agreement.case)}


def are_kept_apart(people: Sequence[Participation]) -> bool:
    """Whether two of them must have no contact, so that a promise may need somebody to carry it."""
    return bool(walls_between([p.person_id for p in people]))


def _apart(items: Sequence[Item]) -> dict[frozenset[Any], str]:
    """What is barred between each two of them today: to meet, or anything at all."""
    people = {p.person_id for item in items for p in (item.owner, item.owed_to) if p is not None}
    today = timezone.localdate()
    walls = {frozenset((wall.one_id, wall.other_id)): wall for wall in walls_between(list(people))}
    return {pair: what for pair, wall in walls.items() for what in (MESSAGE if bars(wall, MESSAGE, today) else MEET,) if bars(wall, what, today)}


def _of_contact(item: Item, apart: dict[frozenset[Any], str], carry: dict[UUID, User]) -> Bar | None:
    if item.owed_to is None:
        return None
    what = apart.get(frozenset((item.owner.person_id, item.owed_to.person_id)))
    if what is None or (what == MEET and item.through in carry):
        return None
    names = {"one": item.owner.person.shown, "other": item.owed_to.person.shown}
    if what == MEET:
        code, said = "no_contact", _("%(one)s and %(other)s must not be in contact. Say who of the team passes it on.")
    else:
        code, said = "nothing_passes", _("Nothing may pass between %(one)s and %(other)s, also not through us. Make it a promise to everyone.")
    return Bar(item.pk, code, said % names, " · ".join(names.values()))


def _of_consent(item: Item, unwilling: set[UUID]) -> Bar | None:
    if item.owner_id not in unwilling:
        return None
    said = _("%(name)s has not said yes to taking part, or took it back. Talk with them before anybody signs this.")
    return Bar(item.pk, "no_yes", said % {"name": item.owner.person.shown})
