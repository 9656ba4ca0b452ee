"""Letters that wait for a look, with all that is needed to judge one: where it goes, who reads there, who else gets what, what stands out."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.accounts.models import User
from setfair.cases.gate import matter_in, names_in
from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.letters.held import mark, shown
from setfair.letters.journey import Stage
from setfair.letters.models import Letter
from setfair.people.gate import WAY_OF
from setfair.people.models import Contact
from setfair.people.queries import hours_in_words
from setfair.programmes.quiet import telling
from setfair.vault import ring

from .models import Posting
from .post import KINDS, names, prefix, with_refs

MOST = 25
"""Letters on one page; the others come up as these are dealt with."""


@dataclass
class Waiting:
    """One of them. `readers` are those who read there too, `others` what else the same act sets off, `flags` what stands out in its words."""

    letter: Posting
    ref: str
    who: str
    kind: str
    readers: str = ""
    hours: str = ""
    others: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    @property
    def seen(self) -> str:
        return mark(self.letter)

    @property
    def body(self) -> str:
        return shown(str(self.letter.body))

    @property
    def not_before(self) -> datetime | None:
        return self.letter.due_at if self.letter.due_at > clock.now() else None


def held(actor: Actor) -> QuerySet[Posting]:
    """All that wait and that they may look at."""
    return open_to(actor, Permission.PREPARE, Posting).filter(stage=Stage.HELD)


def waiting(actor: Actor) -> list[Waiting]:
    """The oldest of them, in a fixed number of queries."""
    return _told(list(with_refs(held(actor).order_by("made_at", "pk"))[:MOST]), actor)


def one(letter: Posting, actor: Actor) -> Waiting:
    return _told(list(with_refs(Posting.objects.filter(pk=letter.pk))), actor)[0]


def flags_of(letter: Letter, *, subject: str, body: str) -> list[str]:
    """What would stand out if it said this instead."""
    draft = copy(letter)
    draft.subject, draft.body = subject, body
    circle = list(Participation.objects.filter(case=letter.case_id).select_related("person")) if letter.case_id else []
    case = Case.objects.filter(pk=letter.case_id).first() if letter.case_id else None
    return _flags(draft, circle, case)


def _told(letters: list[Any], actor: Actor) -> list[Waiting]:
    named, cases = names(letters), Case.objects.in_bulk([letter.case_id for letter in letters if letter.case_id])
    circles: dict[UUID, list[Participation]] = {}
    for p in Participation.objects.filter(case__in=cases).select_related("person"):
        circles.setdefault(p.case_id, []).append(p)
    ring.gather([p.person_id for circle in circles.values() for p in circle] + [key for letter in letters for key in letter.keys()])
    ways, siblings = _ways(letters), _siblings(letters, actor)
    return [
        _line(letter, named, circles.get(letter.case_id, []) if letter.case_id else [], cases.get(letter.case_id), ways, siblings)
        for letter in letters
    ]


def _line(letter: Posting, named: dict[UUID, str], circle: list[Participation], case: Case | None, ways: Ways, siblings: Siblings) -> Waiting:
    way = ways.get((letter.reader_id, WAY_OF[letter.channel]))
    known = {p.person_id: p.person.first for p in circle}
    readers = [*(known.get(key, _("somebody of another case")) for key in way.read_by), str(way.also_reads)] if way else []
    return Waiting(
        letter,
        ref=letter.of or "",  # type: ignore[attr-defined]
        who=named.get(letter.reader_id, _("whoever asked")),
        kind=str(KINDS.get(prefix(letter), _("A message"))),
        readers=", ".join(name for name in readers if name),
        hours=hours_in_words(way) if way else "",
        others=list(dict.fromkeys(said for key, said in siblings.get((letter.act, letter.case_id), []) if key != letter.pk)),
        flags=_flags(letter, circle, case),
    )


def _flags(letter: Letter, circle: list[Participation], case: Case | None) -> list[str]:
    about = telling(f"{shown(str(letter.subject))}\n{shown(str(letter.body))}")
    return list(dict.fromkeys([*names_in(letter, circle), *(matter_in(letter, case) if case else []), *about]))


Ways = dict[tuple[UUID, str], Contact]
Siblings = dict[tuple[UUID, UUID | None], list[tuple[UUID, str]]]


def _ways(letters: Iterable[Letter]) -> Ways:
    rows = Contact.objects.filter(person__in={letter.reader_id for letter in letters}, ended_at__isnull=True)
    return {(row.person_id, row.way): row for row in rows}


def _siblings(letters: list[Posting], actor: Actor) -> Siblings:
    """What else the same acts set off, as far as this actor may know of it: of their cases who gets what, and that the team is told."""
    acts = {letter.act for letter in letters}
    theirs = list(open_to(actor, Permission.PREPARE, Posting).filter(act__in=acts).exclude(stage=Stage.WITHDRAWN).order_by("made_at", "pk"))
    named, found = names(theirs), Siblings()
    for letter in theirs:
        said = f"{named.get(letter.reader_id, _('whoever asked'))}: {KINDS.get(prefix(letter), _('A message'))} ({letter.get_channel_display()})"
        found.setdefault((letter.act, letter.case_id), []).append((letter.pk, said))
    to_team = Letter.objects.filter(act__in=acts, reader_id__in=User.objects.values("pk"), case_id__isnull=True).values_list("act", "pk")
    for act, key in to_team:
        for (known, _case), lines in found.items():
            if known == act:
                lines.append((key, _("The team is told to look")))
    return found
