"""Lines of Today about the team of a case: it is complete and has said yes to an hour, nobody is left to ask, or one of them cannot any more."""

from __future__ import annotations

from django.db.models import Case as Choose
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Permission
from setfair.cases.journey import Stage
from setfair.cases.models import Assignment, Case, Duty
from setfair.cases.queries import how_in_sql
from setfair.cases.route import WITHOUT_MEETING
from setfair.scheduling.queries.complete import asked_ahead, has_one_hour, said_yes, with_team

from .asked import Asked, Lines, lines_of, of_case
from .prepared import lacking
from .telling import CHASE, READY, STOPPED, Told, ago, on_case

PART = Assignment.Part


def _counted(by: Asked, *stages: str) -> QuerySet[Case]:
    return with_team(by.cases(Permission.RUN_CASE, *stages), by.now)


def _waits(by: Asked) -> QuerySet[Duty]:
    """Of a case: questions that wait for an answer."""
    return asked_ahead(by.now, answer="", until__gt=by.now)


def complete(by: Asked) -> Lines:
    """Nobody is missing, nobody is asked any more, and those who were said yes to one hour that can be booked: they mean to meet, and of the
    circle nobody lacks anything."""
    yes = said_yes(by.now)
    rows = _counted(by, Stage.PREPARING, Stage.READY).filter(Exists(yes), has_one_hour(), ~Exists(asked_ahead(by.now, answer="")))
    rows = rows.annotate(how=how_in_sql()).exclude(how__in=WITHOUT_MEETING).exclude(Q(stage=Stage.PREPARING) & lacking(by.today))
    return lines_of(rows, "team_complete", since=Subquery(yes.order_by("-answered_at").values("answered_at")[:1]))


def nobody_left(by: Asked) -> Lines:
    """Everyone who was asked for a place that is still empty said no, or nothing; where the house asks the next in turn, there is none."""
    no = asked_ahead(by.now, answer__in=(Duty.Answer.NO, Duty.Answer.LAPSED)).order_by("-answered_at")
    waits, student = _waits(by), Q(part=PART.STUDENT)
    left = Q(Exists(no.filter(student)), ~Exists(waits.filter(student)), fewer=True)
    left |= Q(Exists(no.exclude(student)), ~Exists(waits.exclude(student)), short=True)
    rows = _counted(by, Stage.PREPARING, Stage.READY, Stage.SCHEDULED).filter(left).annotate(went_on=Subquery(no.values("goes_on")[:1]))
    rule = Choose(When(went_on=True, then=Value("nobody_left")), default=Value("all_said_no"), output_field=CharField())
    return lines_of(rows, rule, since=Subquery(no.values("answered_at")[:1]))


def stepped_out(by: Asked) -> Lines:
    """One of the team cannot help any more, one of their kind is missing, and nobody is asked for the place."""
    out, student = Assignment.objects.filter(stepped_out=True), Q(part=PART.STUDENT)
    cases = _counted(by, Stage.PREPARING, Stage.READY, Stage.SCHEDULED).filter(pk__in=out.values("case"))
    waits, again = _waits(by), {"case": OuterRef("case"), "part": OuterRef("part"), "ended_at__gt": OuterRef("ended_at")}
    of_students = cases.filter(~Exists(waits.filter(student)), fewer=True).values("pk")
    of_adults = cases.filter(~Exists(waits.exclude(student)), short=True).values("pk")
    missing = Q(student, case__in=of_students) | Q(~student, case__in=of_adults)
    return of_case(out.filter(missing, ~Exists(out.filter(**again))), "stepped_out", since=F("ended_at"), key=F("pk"))


RULES = (stepped_out, complete, nobody_left)
FIND = _("Put a team together")
TOLD = {
    "stepped_out": Told(STOPPED, _("One of the team cannot help any more: somebody else is needed"), FIND, on_case("team_builder"), ago),
    "team_complete": Told(READY, _("The team is complete: book the time they said yes to"), _("Book it"), on_case("schedule"), ago),
    "nobody_left": Told(CHASE, _("Nobody is left to ask for a place in the team"), FIND, on_case("team_builder"), ago),
    "all_said_no": Told(CHASE, _("Everyone who was asked for a place in the team has said no"), FIND, on_case("team_builder"), ago),
}
