"""What people said about times, each for themselves."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count

from setfair.cases.models import Participation
from setfair.core import clock
from setfair.programmes.models import Programme

from .. import solver
from ..models import OfferAnswer, TimeAnswer
from ..open_days import open_between


def stretches_to_answer(programme: Programme, *, weeks: int = 3, limit: int = 8) -> list[solver.Stretch]:
    """The programme's next windows, for somebody to say when they could come."""
    today = clock.local(clock.now(), programme.zone).date()
    return open_between(programme, today + timedelta(days=1), today + timedelta(weeks=weeks))[:limit]


def answers_of(participation: Participation) -> dict[datetime, str]:
    """This person's last word about each time."""
    return dict(TimeAnswer.objects.filter(participation=participation).order_by("at").values_list("starts_at", "answer"))


def answered(people: list[Participation]) -> dict[UUID, int]:
    """By participation: about how many of the times that lie ahead they have said something. One query for a whole circle."""
    ahead = TimeAnswer.objects.filter(participation__in=people, starts_at__gt=clock.now())
    return dict(ahead.values_list("participation").annotate(times=Count("starts_at", distinct=True)))


def words_of(people: list[Participation]) -> dict[UUID, list[tuple[datetime, str]]]:
    """By person: what they ever said about which moment, the latest last; about times that were offered too. Two queries for a whole circle."""
    person = {p.pk: p.person_id for p in people}
    said: dict[UUID, list[tuple[datetime, str]]] = defaultdict(list)
    asked = TimeAnswer.objects.filter(participation__in=list(person)).values_list("at", "participation", "starts_at", "answer")
    offered = OfferAnswer.objects.filter(participation__in=list(person)).exclude(word=OfferAnswer.Word.CALL)
    for _at, participation, starts_at, word in sorted([*asked, *offered.values_list("at", "participation", "time__during__startswith", "word")]):
        said[person[participation]].append((starts_at, word))
    return said
