"""What Today says of times that are asked about: that all have answered, or that the day is over and somebody has not. Nothing in between."""

from __future__ import annotations

from django.db.models import Case as Choose
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Permission
from setfair.cases.journey import Stage
from setfair.cases.models import SPEAKERS, Participation
from setfair.preparation.models import Consent
from setfair.scheduling.models import Round, RoundAnswer

from .asked import Asked, Lines, of_case
from .rows import own_answer
from .telling import CHASE, READY, Told, ago, on_case


def times(by: Asked) -> Lines:
    """One line for a case, and it leads to where each stands by name (the twin of `scheduling.queries.silent_in`)."""
    said = RoundAnswer.objects.filter(round=OuterRef("pk")).order_by("-at", "-id")
    cases = by.cases(Permission.BOOK, Stage.PREPARING, Stage.READY).values("pk")
    rows = Round.objects.filter(case__in=cases, ended_at__isnull=True).annotate(waits=Exists(_silent()), last=Subquery(said.values("at")[:1]))
    rows = rows.filter(Q(waits=False, last__isnull=False) | Q(until__lte=by.now))
    rule = Choose(When(waits=False, then=Value("times_all")), default=Value("times_over"), output_field=CharField())
    since = Choose(When(waits=False, last__isnull=False, then=F("last")), default=F("until"))
    return of_case(rows, rule, since=since, key=F("case_id"))


def _silent() -> QuerySet[Participation]:
    answered = RoundAnswer.objects.filter(round=OuterRef(OuterRef("pk")), participation=OuterRef("pk"))
    people = Participation.objects.filter(case=OuterRef("case_id"), left_at__isnull=True).annotate(said=own_answer())
    return people.filter(~Q(role__in=SPEAKERS) | Q(said=Consent.Answer.YES)).filter(~Exists(answered))


RULES = (times,)
TOLD = {
    "times_all": Told(READY, _("Everyone has said when they could come"), _("Find a time"), on_case("schedule"), ago),
    "times_over": Told(CHASE, _("The day to answer is over, and somebody has not said when they could come"), _("See who"), on_case("schedule"), ago),
}
