"""Who must not be brought together."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from setfair.core import clock
from setfair.core.moulds import Mould, among
from setfair.people.limits import papers_of, with_papers
from setfair.people.models import NoContact, Order, Person

from ..models import Case, Participation
from .people import here


def kept_apart(case: Case) -> list[NoContact]:
    """Pairs of this circle who must not be brought together."""
    return walls_between(list(here(case).values_list("person_id", flat=True)))


def walls_between(people: list[UUID]) -> list[NoContact]:
    """Pairs among these people who must not be brought together."""
    return WALLS.ask(values={"people": people, "others": people})


def _walls(*, people: list[UUID], others: list[UUID]) -> QuerySet[NoContact]:
    rows = NoContact.objects.filter(among("one_id", people), among("other_id", others), ended_at__isnull=True)
    return with_papers(rows).order_by("since", "id")


WALLS = Mould(_walls)


def cases_of_both(wall: NoContact) -> list[Case]:
    """The cases in which both stand now, in one order, so that two who lock them go one after the other."""
    present = Participation.objects.filter(case=OuterRef("pk"), left_at__isnull=True)
    return list(Case.objects.filter(Exists(present.filter(person=wall.one_id)), Exists(present.filter(person=wall.other_id))).order_by("pk"))


def cases_with(person: Person) -> list[Case]:
    """The cases in which somebody stands now, in one order."""
    present = Participation.objects.filter(case=OuterRef("pk"), left_at__isnull=True, person=person)
    return list(Case.objects.filter(Exists(present)).order_by("pk"))


def walls(case: Case, circle: list[Participation]) -> list[dict[str, Any]]:
    """The same pairs with their names and the papers of each that count, for those who run the case."""
    named, apart = {p.person_id: p.person for p in circle}, kept_apart(case)
    papers: dict[UUID, list[Order]] = {wall.pk: [] for wall in apart}
    for paper in papers_of(apart, clock.local(clock.now(), case.programme.zone).date()):
        papers[paper.wall_id].append(paper)
    return [{"pk": w.pk, "one": named[w.one_id], "other": named[w.other_id], "by_order": w.by_order, "papers": papers[w.pk]} for w in apart]


def pairs_among(people: list[UUID]) -> QuerySet[NoContact]:
    """The walls between these people, for a question about them that opens none."""
    return NoContact.objects.filter(Q(one__in=people, other__in=people), ended_at__isnull=True)
