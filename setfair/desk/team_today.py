"""Lines of Today about the team of a case: it is complete and has said yes to an hour, nobody is left to ask, or one of them cannot any more."""

from __future__ import annotations

from typing import Any

from django.db.models import Case as Choose
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Permission
from setfair.cases.journey import Stage
from setfair.cases.models import Assignment, Case, Duty, Participation
from setfair.facilitators.journey import Stage as Training
from setfair.people.models import Custody
from setfair.preparation.models import Override

from .asked import Asked, Lines, lines_of, of_case
from .telling import CHASE, READY, STOPPED, Told, ago, on_case

ADULTS_IN_CUSTODY = 2
PART = Assignment.Part


def _team(by: Asked) -> QuerySet[Assignment]:
    valid = Q(facilitator__certified_until__isnull=True) | Q(facilitator__certified_until__gte=by.today)
    return Assignment.objects.filter(valid, case=OuterRef("pk"), ended_at__isnull=True, facilitator__stage=Training.CERTIFIED).order_by()


def _many(rows: QuerySet[Assignment]) -> Coalesce:
    return Coalesce(Subquery(rows.values("case").annotate(n=Count("pk")).values("n")), 0)


def _counted(by: Asked, *stages: str) -> QuerySet[Case]:
    """Cases with how many adults and students hold them, and whether the programme's rule asks for more of either (`short`, `fewer`)."""
    people = Participation.objects.filter(case=OuterRef("pk"), left_at__isnull=True)
    inside = Exists(people.filter(person__in=Custody.objects.filter(ended_at__isnull=True).values("person")))
    aside = Override.objects.filter(Q(for_day=None) | Q(for_day=by.today), case=OuterRef("pk"), blocker="students")
    rows = by.cases(Permission.RUN_CASE, *stages).annotate(
        staff=_many(_team(by).exclude(part=PART.STUDENT)), students=_many(_team(by).filter(part=PART.STUDENT)), inside=inside, aside=Exists(aside)
    )
    short = ~Q(Exists(_team(by).filter(part=PART.LEAD))) | Q(staff__lt=F("programme__staff_needed")) | Q(inside=True, staff__lt=ADULTS_IN_CUSTODY)
    fewer = Q(inside=False, aside=False, students__lt=F("programme__students_needed"))
    return rows.annotate(short=Choose(When(short, then=True), default=False), fewer=Choose(When(fewer, then=True), default=False))


def _asked(by: Asked, **said: Any) -> QuerySet[Duty]:
    """Questions about an hour that lies ahead."""
    return Duty.objects.filter(case=OuterRef("pk"), starts_at__gt=by.now, **said)


def has_an_hour(by: Asked) -> Exists:
    """Of a case: one of its team is asked for an hour that lies ahead, or has said yes to it."""
    return Exists(_asked(by).filter(Q(answer="", until__gt=by.now) | Q(Exists(_still()), answer=Duty.Answer.YES)))


def complete(by: Asked) -> Lines:
    """Nobody is missing, nobody is asked any more, and one of them said yes to an hour that is not booked yet."""
    said_yes = _asked(by, answer=Duty.Answer.YES).filter(Exists(_still())).order_by("-answered_at")
    rows = _counted(by, Stage.PREPARING, Stage.READY).filter(Exists(said_yes), ~Exists(_asked(by, answer="")), short=False, fewer=False)
    return lines_of(rows, "team_complete", since=Subquery(said_yes.values("answered_at")[:1]))


def nobody_left(by: Asked) -> Lines:
    """Everyone who was asked for a place that is still empty said no, or nothing; where the house asks the next in turn, there is none."""
    no = _asked(by, answer__in=(Duty.Answer.NO, Duty.Answer.LAPSED)).order_by("-answered_at")
    students, adults = no.filter(part=PART.STUDENT), no.exclude(part=PART.STUDENT)
    open_to = [_asked(by, answer="", until__gt=by.now).filter(part=PART.STUDENT), _asked(by, answer="", until__gt=by.now).exclude(part=PART.STUDENT)]
    left = Q(Exists(students), ~Exists(open_to[0]), fewer=True) | Q(Exists(adults), ~Exists(open_to[1]), short=True)
    rows = _counted(by, Stage.PREPARING, Stage.READY, Stage.SCHEDULED).filter(left).annotate(went_on=Subquery(no.values("goes_on")[:1]))
    rule = Choose(When(went_on=True, then=Value("nobody_left")), default=Value("all_said_no"), output_field=CharField())
    return lines_of(rows, rule, since=Subquery(no.values("answered_at")[:1]))


def stepped_out(by: Asked) -> Lines:
    """One of the team cannot help any more, and nobody has their place yet, or is asked for it."""
    since = {"case": OuterRef("case"), "part": OuterRef("part")}
    theirs = Assignment.objects.filter(**since, since__gt=OuterRef("ended_at"))
    asked = Duty.objects.filter(**since, answer="", until__gt=by.now)
    again = Assignment.objects.filter(**since, stepped_out=True, ended_at__gt=OuterRef("ended_at"))
    cases = by.cases(Permission.RUN_CASE, Stage.PREPARING, Stage.READY, Stage.SCHEDULED).values("pk")
    rows = Assignment.objects.filter(~Exists(theirs), ~Exists(asked), ~Exists(again), stepped_out=True, case__in=cases)
    return of_case(rows, "stepped_out", since=F("ended_at"), key=F("pk"))


def _still() -> QuerySet[Assignment]:
    return Assignment.objects.filter(case=OuterRef("case"), facilitator=OuterRef("facilitator"), ended_at__isnull=True)


RULES = (stepped_out, complete, nobody_left)
FIND = _("Put a team together")
TOLD = {
    "stepped_out": Told(STOPPED, _("One of the team cannot help any more: somebody else is needed"), FIND, on_case("team_builder"), ago),
    "team_complete": Told(READY, _("The team is complete: book the time they said yes to"), _("Book it"), on_case("schedule"), ago),
    "nobody_left": Told(CHASE, _("Nobody is left to ask for a place in the team"), FIND, on_case("team_builder"), ago),
    "all_said_no": Told(CHASE, _("Everyone who was asked for a place in the team has said no"), FIND, on_case("team_builder"), ago),
}
