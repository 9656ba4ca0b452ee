"""Whether a request names somebody of the team: by their name as people write it, or by their address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from setfair.accounts.models import User
from setfair.core.moulds import Mould
from setfair.core.text import folded
from setfair.programmes.models import Membership, Role

from .models import Referral

TITLES = "mr|mrs|ms|miss|mx|dr|prof|professor|coach|sir|sr|sra|senor|senora|senorita|profe|profesor|profesora|maestro|maestra|officer|deputy"
OWN = frozenset({Referral.Source.SELF_HARMED, Referral.Source.SELF_RESPONSIBLE, Referral.Source.AFFECTED})


@dataclass(frozen=True)
class Team:
    """A member, under all the names they have here."""

    user: User
    names: frozenset[str]
    coordinates: bool


def those_named(referral: Referral, more: str = "") -> list[User]:
    """Everybody of the team who is named as a part of it; and whom its story (or what was told since, `more`) only mentions, as
    long as somebody stays who coordinates: a child may write who told them of us."""
    people = [" ".join(str(part) for part in one.values() if part) for one in referral.people or ()] + [referral.for_whom]
    if referral.source in OWN:
        people += [referral.asker, *(str(way) for way in (referral.reach or {}).values())]
    members, told = team(), [referral.story, referral.safety, referral.orders, more]
    part_of_it = [one for one in members if _is_in(people, one)]
    mentioned = [one for one in members if one not in part_of_it and _is_in(told, one, whole=True)]
    left = [one for one in members if one.coordinates and one not in part_of_it and one not in mentioned]
    return [one.user for one in (*part_of_it, *mentioned) if one in part_of_it or left or not one.coordinates]


def team() -> list[Team]:
    """Everybody with a live role here, each once."""
    found: dict[Any, list[Membership]] = {}
    for member in LIVE.ask(values={}):
        found.setdefault(member.user_id, []).append(member)
    return [
        Team(roles[0].user, frozenset(folded(name) for m in roles for name in (m.name, m.user.name)), any(m.role == Role.COORDINATOR for m in roles))
        for roles in found.values()
    ]


LIVE = Mould(lambda: Membership.objects.filter(ended_at__isnull=True, user__is_active=True).select_related("user"))


def _is_in(texts: Iterable[str], one: Team, *, whole: bool = False) -> bool:
    """By the whole name, with words between where somebody is named in a list; by a title and the last name; or by the address."""
    for text in texts:
        plain, address = folded(text), one.user.email.casefold()
        if address in text.casefold():
            return True
        for name in one.names:
            words = name.split()
            if len(words) > 1 and (f" {name} " in f" {plain} " or (not whole and set(words) <= set(plain.split()))):
                return True
            if words and re.search(rf"\b(?:{TITLES}) {re.escape(words[-1])}\b", plain):
                return True
    return False
