"""On which days somebody of the team sits an exam: one of their own, or one of the programme that is for students."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from setfair.facilitators.models import ExamDay, Facilitator
from setfair.programmes.models import Closure


def exams_of(team: Iterable[Facilitator], first: date, last: date) -> dict[UUID, set[date]]:
    """By facilitator. Of a student's year nothing is known here, so an exam of one year may be theirs. Two queries, however many they are."""
    they, found = list(team), defaultdict[UUID, set[date]](set)
    for who, on in ExamDay.objects.filter(facilitator__in=[f.pk for f in they], on__range=(first, last)).values_list("facilitator", "on"):
        found[who].add(on)
    exams = Closure.objects.filter(kind=Closure.Kind.EXAM, starts_on__lte=last, ends_on__gte=first)
    for exam in (one for one in exams if one.is_for_some):
        days = {max(exam.starts_on, first) + timedelta(days=n) for n in range((min(exam.ends_on, last) - max(exam.starts_on, first)).days + 1)}
        for f in they:
            if exam.is_for(student=f.kind == Facilitator.Kind.STUDENT, born=None):
                found[f.pk] |= days
    return found
