"""Who is in the circle of a case, who left it, and who may be somebody we know already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.core.actor import Actor
from setfair.core.moulds import Mould
from setfair.people.models import Person
from setfair.people.queries import alike
from setfair.vault import ring

from ..journey import Stage
from ..models import Case, Participation, Role


def stands_as(role: str) -> Q:
    """Of places: those of this side, whether it is their only one or one of two."""
    return Q(role=role) | Q(also=role)


def here(case: Case) -> QuerySet[Participation]:
    """Those who stand in the circle now."""
    return Participation.objects.filter(case=case, left_at__isnull=True)


def circle(case: Case) -> list[Participation]:
    """Everyone in the circle now with their person, ready to be named, and the keys of the case: three queries, whatever their number."""
    present = CIRCLE.ask(values={"case": case.pk})
    ring.gather([case.pk, case.referral_id, *(p.person_id for p in present)])
    by_id = {p.pk: p for p in present}
    for p in present:
        p.case = case
        if p.stands_by_id in by_id:
            p.stands_by = by_id[p.stands_by_id]
    return present


CIRCLE = Mould(
    lambda *, case: Participation.objects.filter(case=case, left_at__isnull=True).select_related("person", "stands_by").order_by("added_at", "id")
)


@dataclass(frozen=True)
class Twin:
    """Somebody we know already, who may be the one being added, and where this actor knows them from."""

    person: Person
    places: tuple[Participation, ...]


def twins(case: Case, actor: Actor, *, name: str, called: str, birth_year: int | None, contacts: Mapping[str, str], **_more: Any) -> list[Twin]:
    """Who of this circle, whoever left it too, and of the other cases that this actor may open, may be the same person. Nobody else is looked at."""
    seen = open_to(actor, Permission.OPEN_CASE, Case).order_by().values("pk")
    were_here = Q(case=case) & ~Q(role=Role.GUARDIAN, has_authority=False)
    places = Participation.objects.filter(Q(left_at__isnull=True) | were_here, case__in=seen)
    among = Person.objects.filter(Exists(places.filter(person=OuterRef("pk")).order_by()))
    near = list(case.participations.filter(Q(left_at__isnull=True) | were_here).values_list("person_id", flat=True))
    found = alike(among, name=name, called=called, birth_year=birth_year, contacts=contacts, near=near)
    rows = list(places.filter(person__in=[p.pk for p in found]).select_related("case").order_by("added_at", "id"))
    return [Twin(p, tuple(row for row in rows if row.person_id == p.pk)) for p in found]


def gone(case: Case) -> list[Participation]:
    """Those who left it, the latest first."""
    left = list(
        Participation.objects.filter(case=case, left_at__isnull=False).select_related("person", "stands_by__person").order_by("-left_at", "id")
    )
    ring.gather(p.person_id for p in left)
    return left


def open_cases_of(person: UUID) -> list[UUID]:
    """Every open case in whose circle somebody is now."""
    rows = Participation.objects.filter(person=person, left_at__isnull=True).exclude(case__stage=Stage.CLOSED).order_by("case__opened_at", "case_id")
    return list(dict.fromkeys(rows.values_list("case_id", flat=True)))


def language_of(participation_id: UUID) -> str:
    """The language somebody in a circle is spoken to in; empty for nobody."""
    return Participation.objects.filter(pk=participation_id).values_list("person__language", flat=True).first() or ""
