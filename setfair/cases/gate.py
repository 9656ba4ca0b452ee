"""May this letter about a case go there? Two sides share no inbox, a guardian who may not decide reads nothing, and nobody is named."""

from __future__ import annotations

import re
from uuid import UUID

from setfair.core.actor import Actor, Kind
from setfair.core.text import folded
from setfair.letters.gate import FREE, Barrier, Verdict
from setfair.letters.models import Letter
from setfair.people.gate import barred_from, reads_there, way_there
from setfair.people.models import Person
from setfair.vault import ring

from .models import HEART, Case, Participation, Role

BESIDE = (Role.SUPPORTER, Role.GUARDIAN, Role.ADVOCATE)
SHORTEST = 3
ORDINARY = frozenset("will may mark hope grace rose joy faith dawn summer april june august art bill pat rob sue page message link call code".split())
"""Names that are words, too: where a sentence begins with one, it is the word."""


def asked(letter: Letter, by: Actor) -> Verdict:
    """Asked of letters about a case, to somebody of its circle."""
    if letter.case_id is None:
        return FREE
    circle = list(Participation.objects.filter(case=letter.case_id).select_related("person", "stands_by"))
    if all(p.person_id != letter.reader_id for p in circle):
        return FREE
    barrier = _barrier(letter, by, [p for p in circle if p.left_at is None or p.has_no_say])
    return Verdict(barrier) if barrier else Verdict(held="names" if names_in(letter, circle) else "")


def _barrier(letter: Letter, by: Actor, circle: list[Participation]) -> Barrier | None:
    if by.kind == Kind.PARTICIPANT and {p.person_id for p in circle if p.pk == by.id} & barred_from(letter.reader_id):
        return Barrier.APART
    way = way_there(letter)
    if way is None or not letter.address.strip():
        return None
    if reads_there(way, across_from(letter.reader_id, circle)):
        return Barrier.OTHER_SIDE
    return Barrier.NO_AUTHORITY if reads_there(way, _without_authority(letter.reader_id, circle)) else None


def sides_of(p: Participation) -> frozenset[str]:
    """Whose side somebody is on: their own, or that of whom they stand by; nobody's, or both, for whoever was hurt and hurt somebody too."""
    heart = p.stands_by if p.role in BESIDE and p.stands_by is not None else p
    return heart.roles & HEART


def across_from(person: UUID, circle: list[Participation]) -> set[UUID]:
    """Those of the circle who are on the other side, and not on this person's own too."""
    mine = [sides_of(p) for p in circle if p.person_id == person and sides_of(p)]
    if not mine:
        return set()
    near = {p.person_id for p in circle if sides_of(p) in mine}
    return {p.person_id for p in circle if sides_of(p) and p.person_id not in near}


def _without_authority(person: UUID, circle: list[Participation]) -> set[UUID]:
    """Parents and guardians of this person who may not decide for them."""
    guardians = [p for p in circle if p.role == Role.GUARDIAN and p.stands_by is not None and p.stands_by.person_id == person]
    return {p.person_id for p in guardians} - {p.person_id for p in guardians if p.has_authority}


def names_in(letter: Letter, circle: list[Participation]) -> list[str]:
    """Names of others of this circle that stand in the letter's own words, or in its subject."""
    return named_in(f"{letter.subject}\n{letter.body}", [p for p in circle if p.person_id != letter.reader_id])


def named_in(text: str, circle: list[Participation]) -> list[str]:
    """Names of anybody of this circle that stand in it."""
    others = {p.person_id: p.person for p in circle}
    ring.gather(others)
    return sorted({name for person in others.values() for name in _names(person) if stands_in_it(name, text)})


def matter_in(letter: Letter, case: Case) -> list[str]:
    """Words of what the case is about that stand in the letter."""
    said = set(folded(f"{letter.subject} {letter.body}").split())
    return sorted(word for word in set(folded(case.matter).split()) & said if len(word) > SHORTEST and word not in ORDINARY)


def stands_in_it(name: str, text: str) -> bool:
    """Whether this name is spoken of: written with a capital, and not an ordinary word that begins a sentence."""
    for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
        before = text[: found.start()].rstrip()[-1:]
        begins = before in (".", "!", "?", ":", "")
        if found[0][0].isupper() and not (begins and folded(name) in ORDINARY):
            return True
    return False


def _names(person: Person) -> list[str]:
    try:
        return [word for word in f"{person.name} {person.called}".split() if len(word) >= SHORTEST]
    except ring.WordsAreGone:
        return []
