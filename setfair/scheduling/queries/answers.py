"""What people said about times, each for themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from uuid import UUID

from setfair.cases.models import Participation
from setfair.cases.queries import circle
from setfair.core import clock

from .. import solver
from ..models import UNKNOWN, OfferAnswer, TimeAnswer
from ..open_days import last_day, open_ahead, without_visits
from .length import length_of


def times_ahead(whose: Participation) -> list[solver.Stretch]:
    """Every time at which the search could place this circle, for one of it to say when they could come: long enough for it, and on no day of
    an exam of theirs."""
    case, people = whose.case, circle(whose.case)
    today = clock.local(clock.now(), case.programme.zone).date()
    ahead, last = open_ahead(case, people, today, minutes=length_of(case, people).minutes), last_day(case, today)
    return without_visits(one for one in ahead if clock.local(one.starts, case.programme.zone).date() <= last)


def answers_of(participation: Participation) -> dict[datetime, str]:
    """This person's last word about each time; of one that was taken back there is none."""
    said = TimeAnswer.objects.filter(participation=participation).order_by("at").values_list("starts_at", "answer")
    return {moment: word for moment, word in dict(said).items() if word != UNKNOWN}


def answered(people: list[Participation]) -> dict[UUID, int]:
    """By participation: about how many of the times that lie ahead they have said something. One query for a whole circle."""
    ahead = TimeAnswer.objects.filter(participation__in=people, starts_at__gt=clock.now())
    latest = ahead.order_by("participation", "starts_at", "-at").distinct("participation", "starts_at")
    return Counter(who for who, word in latest.values_list("participation", "answer") if word != UNKNOWN)


def words_of(people: list[Participation]) -> dict[UUID, list[tuple[datetime, str]]]:
    """By person: their last word about each moment, the latest last; about times that were offered too. Two queries for a whole circle."""
    person = {p.pk: p.person_id for p in people}
    said: dict[UUID, dict[datetime, str]] = defaultdict(dict)
    asked = TimeAnswer.objects.filter(participation__in=list(person)).values_list("at", "participation", "starts_at", "answer")
    offered = OfferAnswer.objects.filter(participation__in=list(person)).exclude(word=OfferAnswer.Word.CALL)
    for _at, participation, starts_at, word in sorted([*asked, *offered.values_list("at", "participation", "time__during__startswith", "word")]):
        said[person[participation]].pop(starts_at, None)
        if word != UNKNOWN:
            said[person[participation]][starts_at] = word
    return {who: list(words.items()) for who, words in said.items()}
