"""The journal of one case as sentences. Names are looked up as the page is made; the journal holds none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from setfair.accounts.models import Pass, User
from setfair.agreements.models import Item
from setfair.cases.models import Assignment, Case, Exclusion, Named, Participation
from setfair.conferences.models import Attendance
from setfair.core.actor import Kind
from setfair.exchanges.models import Piece
from setfair.journal.models import Entry
from setfair.letters.models import CameBack, Letter
from setfair.notes.models import Note
from setfair.outcomes.models import News
from setfair.people.models import Person
from setfair.preparation.models import Override
from setfair.vault import ring

from .sentences import sentence

PAGE = 50
READING, APART = "read", "noted_apart"
"""What does not count as something that was done, for whoever reads the history: a look, and a note that is not for the whole team."""

CONCERNS: dict[str, Callable[[list[str]], Any]] = {
    "exchanges.piece": lambda ids: Piece.objects.filter(pk__in=ids).values_list("pk", "writer_id"),
    "outcomes.news": lambda ids: News.objects.filter(pk__in=ids).values_list("pk", "participation_id"),
    "conferences.attendance": lambda ids: Attendance.objects.filter(pk__in=ids).values_list("pk", "participation_id"),
    "agreements.item": lambda ids: Item.objects.filter(pk__in=ids, owner__isnull=False).values_list("pk", "owner_id"),
    "letters.letter": lambda ids: Letter.objects.filter(pk__in=ids).values_list("pk", "reader_id"),
    "letters.cameback": lambda ids: CameBack.objects.filter(pk__in=ids, reader_id__isnull=False).values_list("pk", "reader_id"),
    "cases.named": lambda ids: Named.objects.filter(pk__in=ids).values_list("pk", "user_id"),
    "cases.exclusion": lambda ids: Exclusion.objects.filter(pk__in=ids).values_list("pk", "user_id"),
    "cases.assignment": lambda ids: Assignment.objects.filter(pk__in=ids).values_list("pk", "facilitator__user_id"),
}
"""Rows that concern one person: from their ids to the participation, person or member of the team."""


@dataclass(frozen=True)
class Moment:
    """One line of the history, as `<c-timeline>` shows it. `words` are what somebody wrote to it, read as the page is made."""

    sentence: str
    at: datetime
    who: str
    url: str = ""
    words: str = ""


@dataclass(frozen=True)
class HistoryPage:
    moments: list[Moment]
    older: str
    readings: bool


def history(case: Case, *, before: str, readings: bool) -> HistoryPage:
    """Fifty lines, newest first, beginning before a place. Who merely looked is left out unless asked for."""
    lines = Entry.objects.filter(case_id=case.pk).exclude(verb=APART).exclude(verb=READING, subject_kind=Note._meta.label_lower).order_by("-id")
    if not readings:
        lines = lines.exclude(verb=READING)
    if before.isdecimal():
        lines = lines.filter(pk__lt=int(before[:18]))
    shown = list(lines[: PAGE + 1])
    older = str(shown[PAGE - 1].pk) if len(shown) > PAGE else ""
    return HistoryPage(_told(case, shown[:PAGE]), older, readings)


def _told(case: Case, entries: list[Entry]) -> list[Moment]:
    concerned = _concerned(entries)
    people = _people(case)
    staff_ids = {e.actor_id for e in entries if e.actor_kind == Kind.STAFF} | (set(concerned.values()) - set(people))
    staff: dict[UUID | None, str] = dict(User.objects.filter(pk__in=staff_ids).values_list("pk", "name"))
    known = people | staff | {case.referral_id: _("whoever asked")}
    written = _written(entries)
    return [
        Moment(capfirst(sentence(e, known.get(concerned.get(e.pk), _("Someone")))), e.at, _who(e, staff, people), words=written.get(e.subject_id, ""))
        for e in entries
    ]


def _written(entries: list[Entry]) -> dict[str, str]:
    """Why something was set aside or signed off: who may open the case reads the reason beside the act."""
    kind = Override._meta.label_lower
    rows = Override.objects.filter(pk__in=[e.subject_id for e in entries if e.subject_kind == kind])
    return {str(row.pk): row.reason for row in rows}


def _concerned(entries: list[Entry]) -> dict[int, UUID]:
    """For each line whom it concerns, where it concerns somebody: a participation, a person or a member of the team."""
    found = {e.pk: UUID(e.subject_id) for e in entries if e.subject_kind in (Participation._meta.label_lower, Person._meta.label_lower)}
    found |= {e.pk: UUID(e.detail["bearer_id"]) for e in entries if e.subject_kind == Pass._meta.label_lower and "bearer_id" in e.detail}
    for kind, look in CONCERNS.items():
        of = dict(look([e.subject_id for e in entries if e.subject_kind == kind]))
        found |= {e.pk: of[UUID(e.subject_id)] for e in entries if e.subject_kind == kind and UUID(e.subject_id) in of}
    return found


def _people(case: Case) -> dict[UUID | None, str]:
    """Everyone who is or was in the circle, by participation and by person."""
    rows = list(Participation.objects.filter(case=case).select_related("person"))
    ring.gather(p.person_id for p in rows)
    return {key: _name(p) for p in rows for key in (p.pk, p.person_id)}


def _name(participation: Participation) -> str:
    try:
        return participation.person.shown
    except ring.WordsAreGone:
        return _("Someone")


def _who(entry: Entry, staff: dict[UUID | None, str], named: dict[UUID | None, str]) -> str:
    if entry.actor_kind == Kind.STAFF:
        return staff.get(entry.actor_id, _("a former member of the team")) if entry.actor_id else ""
    if entry.actor_kind == Kind.PARTICIPANT:
        return named.get(entry.actor_id, _("Someone"))
    return {Kind.REFERRER: _("whoever asked"), Kind.OFFICE: _("whoever asked"), Kind.SYSTEM: "Setfair"}.get(Kind(entry.actor_kind), "")
