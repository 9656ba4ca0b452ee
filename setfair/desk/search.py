"""One box over the cases somebody may open: a reference, an alias, or a name. Nothing else of a person can be searched."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.models import Case, Participation
from setfair.core.actor import Actor
from setfair.core.text import FIRST, SECOND, folded
from setfair.journal.actions import record
from setfair.people.models import Person
from setfair.people.queries import named
from setfair.programmes.models import Programme
from setfair.referrals.models import Referral
from setfair.sheets.foot import whose
from setfair.vault import master, ring

from .paging import Place, from_place
from .rows import with_facts

ALIAS_WORDS = {word.casefold(): word for word in (*FIRST, *SECOND)}
REFERENCE = re.compile(r"^([CR])[\s-]*(\d{1,8})$")
LETTERS = {"C": ("case", Permission.OPEN_CASE, Case), "R": ("request", Permission.READ_REFERRAL, Referral)}
PREFIX, MOST_WORDS = 3, 5
MOST_LOOKED_AT = 300
"""Names that begin alike are opened one by one to see whether they match; more than this many are not."""


def jump(actor: Actor, text: str) -> str | None:
    """Where a reference leads that somebody typed, in any shape ("c12", "C-0012"), or the mark at the foot of a paper that came back; None when it
    is none, or not theirs to see."""
    said = REFERENCE.match(text.strip().upper())
    if said is None:
        paper = whose(open_to(actor, Permission.PREPARE, Participation).filter(left_at__isnull=True), text)
        return reverse("slip_back", args=[paper.pk]) if paper is not None else None
    letter, number = said.groups()
    page, permission, model = LETTERS[letter]
    row = open_to(actor, permission, model).filter(ref__in=(f"{letter}-{number}", f"{letter}-{int(number):04d}")).first()
    return reverse(page, args=[row.ref]) if row is not None else None


def found(cases: QuerySet[Case], text: str, *, by: Actor, programme: Programme) -> QuerySet[Case]:
    """Those of `cases` whose alias has the words, or in which somebody has the name; one journal line says that names were searched.

    First whole words of names; only when no name has them, names that begin so.
    """
    record("searched", programme, by=by)
    words = folded(text).split()[:MOST_WORDS]
    if not words:
        return cases.none()
    there, alias = _named(programme, words), _alias(words)
    if not _in(cases, there).exists():
        there = _beginning(cases, programme, words)
    with_name = Q(pk__in=there.values("case_id"))
    return cases.filter(with_name if alias is None else with_name | alias)


def found_at(cases: QuerySet[Case], text: str, by: Actor, programme: Programme, way: str, place: Place | None) -> list[Any]:
    """The same, as much of it as a page shows, with the facts of each line."""
    return list(from_place(with_facts(found(cases, text, by=by, programme=programme)), way, *place or ()))


def _alias(words: list[str]) -> Q | None:
    """The alias, by its words from our own two lists; a word that is in neither is no alias."""
    known = [[full for small, full in ALIAS_WORDS.items() if small.startswith(word)] for word in words]
    if not all(known):
        return None
    q = Q()
    for options in known:
        q &= _any(options)
    return q


def _any(options: list[str]) -> Q:
    q = Q()
    for word in options:
        q |= Q(alias__startswith=f"{word} ") | Q(alias__endswith=f" {word}")
    return q


def _named(programme: Programme, words: list[str]) -> QuerySet[Participation]:
    """Where people stand who have each of the words in their name."""
    return Participation.objects.filter(person__in=named(*master.blinds(programme.pk, words)))


def _beginning(cases: QuerySet[Case], programme: Programme, words: list[str]) -> QuerySet[Participation]:
    """Where people of these cases stand whose name has parts that begin with each of the words."""
    if any(len(word) < PREFIX for word in words):
        return Participation.objects.none()
    alike = _in(cases, _named(programme, [f"{word[:PREFIX]}*" for word in words]))
    near = list(Person.objects.filter(pk__in=alike.values("person_id")).order_by("-added_at")[:MOST_LOOKED_AT])
    ring.gather(person.pk for person in near)
    return Participation.objects.filter(person__in=[person.pk for person in near if _fits(person, words)])


def _in(cases: QuerySet[Case], there: QuerySet[Participation]) -> QuerySet[Participation]:
    """Nothing may depend on people of other cases, not even how a search goes on."""
    return there.filter(case__in=cases.order_by().values("pk"))


def _fits(person: Person, words: list[str]) -> bool:
    parts = folded(f"{person.name} {person.called}").split()
    return all(any(part.startswith(word) for part in parts) for word in words)
