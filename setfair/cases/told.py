"""Whom a request named, or one of the circle, as a form about each would begin. As told, not checked: somebody of the team confirms every line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from setfair.core.text import folded
from setfair.people.models import Contact
from setfair.referrals.models import Referral
from setfair.vault.ring import WordsAreGone

from .models import ROLE_WORDS, Case, Participation, Role

OF_SOURCE = {
    Referral.Source.SELF_HARMED: Role.HARMED,
    Referral.Source.SELF_RESPONSIBLE: Role.RESPONSIBLE,
    Referral.Source.AFFECTED: Role.AFFECTED,
    Referral.Source.PARENT: Role.GUARDIAN,
}
"""Who asks for something they were part of; everyone else who asks has no place in the circle by it."""
OF_PART = {
    Referral.Part.HARMED: Role.HARMED,
    Referral.Part.RESPONSIBLE: Role.RESPONSIBLE,
    Referral.Part.AFFECTED: Role.AFFECTED,
    Referral.Part.SUPPORTER: Role.SUPPORTER,
}


Source = Callable[[Case], "list[Told]"]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let a later floor tell whom somebody of the circle named (in its `apps.ready`)."""
    if source not in _sources:
        _sources.append(source)


@dataclass
class Told:
    """One of them. `number` is their place in the list: it may stand in an address, and says nothing."""

    number: int
    name: str
    role: str = ""
    waits: bool = False
    words: dict[str, Any] = field(default_factory=dict)

    @property
    def role_words(self) -> str:
        return str(ROLE_WORDS[Role(self.role)]) if self.role else ""

    def initial(self) -> dict[str, Any]:
        """What the form starts from."""
        return {"name": self.name, "role": self.role} | self.words


def told(case: Case, circle: list[Participation]) -> list[Told]:
    """Those who were named and have no place in the circle yet; of the request nobody once its words are gone."""
    named = [*_of_request(case), *(one for source in _sources for one in source(case))]
    for number, one in enumerate(named):
        one.number = number
    here = {folded(name) for p in circle for name in (p.person.name, p.person.called, p.person.first) if name}
    return [one for one in named if folded(one.name) not in here]


def _of_request(case: Case) -> list[Told]:
    try:
        return _named(case.referral) if case.referral is not None else []
    except WordsAreGone:
        return []


def _named(referral: Referral) -> list[Told]:
    found = [_person(person) for person in referral.people or [] if person.get("name")]
    role = OF_SOURCE.get(Referral.Source(referral.source), "")
    if role and referral.asker:
        same = next((one for one in found if folded(one.name) == folded(referral.asker)), None)
        if same is None:
            same = Told(0, referral.asker)
            found.insert(0, same)
        same.role, same.words = same.role or role, same.words | _asker(referral)
    if referral.for_whom and folded(referral.for_whom) not in {folded(one.name) for one in found}:
        found.append(Told(0, referral.for_whom))
    return found


def _person(said: dict[str, Any]) -> Told:
    role, waits = OF_PART.get(said.get("role") or "", ""), bool(said.get("wait"))
    return Told(0, said["name"], role, waits, {} if waits else way_of(said.get("reach", "")))


def _asker(referral: Referral) -> dict[str, Any]:
    """The ways they said are safe, and how they speak; none of the ways when they asked not to be contacted."""
    said: dict[str, Any] = referral.reach or {}
    ways = {} if said.get("none") else {way: said[way] for way in Contact.Way.values if said.get(way)}
    left = {"call_message": True} if "call" in ways and said.get("message_ok") else {}
    suits = {"times": said["times"]} if ways and said.get("times") else {}
    return ways | left | suits | {"language": referral.language, "needs": referral.needs}


def way_of(words: str) -> dict[str, str]:
    """A way to reach somebody as another told it, put where it seems to belong."""
    words = words.strip()
    if not words:
        return {}
    if re.fullmatch(r"[^@\s]+@[^@\s]+", words):
        return {"email": words}
    return {"call": words} if re.fullmatch(r"[\d\s()+./-]{5,30}", words) else {"through": words[:200]}
