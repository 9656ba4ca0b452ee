"""What we heard: the headings that stand, put together by kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from uuid import UUID

from django.db.models import Q, QuerySet

from setfair.cases.models import Case
from setfair.core.moulds import Mould
from setfair.programmes.models import Phase, ScriptPage

from .journey import Stage
from .models import Conference, Heading

SHARING = (Phase.VOICES, Phase.NEEDS)
OF_WHO_IS_HERE = Q(participation__isnull=True) | Q(participation__left_at__isnull=True)
"""What was heard of somebody goes with them when they leave: it stands on no page any more."""


@dataclass(frozen=True)
class Heard:
    """The headings of one kind, in the order in which they were noted."""

    kind: str
    title: str
    ones: list[Heading]


def standing(conference: Conference) -> list[Heading]:
    """Those of this circle that nobody took off, of all and of those who are still in it."""
    return STANDING.ask(values={"conference": conference.pk})


def _standing(*, conference: UUID) -> QuerySet[Heading]:
    found = Heading.objects.filter(OF_WHO_IS_HERE, conference=conference, taken_off__isnull=True)
    return found.select_related("participation__person").order_by("number")


STANDING = Mould(_standing)


def for_what_follows(case: Case) -> list[Heading]:
    """Those that stand for what is written down next: of the circle, and of those that it goes on from."""
    held = list(Conference.objects.filter(case=case).exclude(stage=Stage.CANCELLED).order_by("-planned_at", "-id"))
    going_on = held[:1] + list(takewhile(lambda one: one.stage == Stage.ADJOURNED, held[1:]))
    found = Heading.objects.filter(OF_WHO_IS_HERE, conference__in=going_on, taken_off__isnull=True)
    return sorted(found.select_related("participation__person", "conference"), key=lambda heading: (heading.conference.planned_at, heading.number))


def by_kind(headings: Iterable[Heading]) -> list[Heard]:
    """Kind by kind; a kind of which nothing stands is not there."""
    each = list(headings)
    kinds = [Heard(kind.value, str(kind.label), [one for one in each if one.kind == kind]) for kind in Heading.Kind]
    return [kind for kind in kinds if kind.ones]


def closes_at(pages: list[ScriptPage]) -> int | None:
    """Which page closes the sharing: the last one before it is spoken of what to do."""
    return max((at for at, page in enumerate(pages) if page.phase in SHARING), default=None)


def may_be_noted_on(page: ScriptPage) -> bool:
    """While it is shared; on a page of the programme's own that belongs to no part of the hour, too."""
    return page.phase in SHARING or not page.phase
