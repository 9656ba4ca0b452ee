"""The same question as `preparation.queries.blockers`, asked of every case at once.

It names nobody: it only finds cases worth opening, and the ready page then says by
name what is practical and still missing. A test holds the two to each other.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, CharField, Exists, ExpressionWrapper, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.db.models.lookups import In

from setfair.cases import queries as cases
from setfair.cases.models import PUPILS, SPEAKERS, Participation, Role, Route
from setfair.cases.route import WITHOUT_HARMED, How, asks
from setfair.core import clock
from setfair.people.limits import MEET, MESSAGE, barring, conditions_that_bar
from setfair.people.models import OF_AGE, Condition, NoContact
from setfair.preparation.asked import SUPPORTS
from setfair.preparation.models import Acknowledgement, Break, Consent, Meeting, NoGuardian, ObserverAnswer, Override, SafetyCheck, Slip, Tick
from setfair.preparation.queries import lasting
from setfair.preparation.queries.screened import GATES
from setfair.preparation.queries.slips import uncompared
from setfair.programmes.models import ChecklistItem, Programme
from setfair.referrals.models import Looked, Screening

from .rows import own_answer


def _unsupported(on: date) -> QuerySet[Participation]:
    """Affected, or of the community, and their last word on supporting it is no yes for this day."""
    said = Consent.objects.filter(participation=OuterRef("pk"), giver=OuterRef("pk"), scope=Consent.Scope.SUPPORT).order_by("-at", "-id")
    rows = Participation.objects.filter(case=OuterRef("pk"), role__in=SUPPORTS, left_at__isnull=True)
    rows = rows.annotate(support=Coalesce(Subquery(said.values("answer")[:1]), Value("")), until=Subquery(said.values("until")[:1]))
    return rows.filter(~Q(support=Consent.Answer.YES) | Q(until__lt=on))


def _under_a_rule(on: date) -> QuerySet[Condition]:
    """The twin of `preparation.queries.barred`: somebody lives under a rule that bars a meeting on that day."""
    here = Participation.objects.filter(case=OuterRef(OuterRef("pk")), left_at__isnull=True).values("person_id")
    return conditions_that_bar(here, on)


class one_of(Func):
    """That a value is one of those in an array."""

    output_field = BooleanField()
    template = "%(expressions)s)"
    arg_joiner = " = ANY("


NEEDED = ChecklistItem.objects.filter(needed=True, ended_at__isnull=True)


def _with_a_line_open(on: date) -> QuerySet[Participation]:
    """Somebody with whom something needed of their list is open. Of ages only what is sure: where it is not, the ready page asks."""
    mine, number = {"participation": OuterRef(OuterRef("pk"))}, OuterRef("number")
    said = Tick.objects.filter(**mine, item__number=number).order_by("-at", "-id").values("answer")[:1]
    code = Concat(Value("item-"), Cast(number, CharField()), output_field=CharField())
    aside = Override.objects.filter(Q(for_day=None) | Q(for_day=on), **mine, blocker=code, at__gt=OuterRef("since"))
    age = Value(on.year) - OuterRef("person__birth_year")
    items = NEEDED.annotate(said=Coalesce(Subquery(said), Value(Tick.Answer.TAKEN_BACK)), years=ExpressionWrapper(age, output_field=IntegerField()))
    items = items.filter(
        one_of(OuterRef("role"), F("roles")) | one_of(OuterRef("also"), F("roles")),
        Q(ways=[]) | one_of(OuterRef("way"), F("ways")),
        Q(from_age=None) | Q(years__gt=F("from_age")),
        Q(below_age=None) | Q(years__lt=F("below_age")),
        ~Exists(aside),
        said=Tick.Answer.TAKEN_BACK,
    )
    people = Participation.objects.filter(case=OuterRef("pk"), left_at__isnull=True).annotate(way=cases.way_in_sql("case"))
    return people.filter(Exists(items))


def _asks(what: str, case: Any = "pk") -> Q:
    """True where the case is done in a way for which this must be let."""
    return Q(In(cases.how_in_sql(case), [how.value for how in How if what in asks(how)]))


MORE: tuple[Callable[[date], Q], ...] = (
    lambda on: Q(Exists(lasting(Break.objects.filter(case=OuterRef("pk"))))),
    lambda on: Q(Exists(_unsupported(on))),
    lambda on: Q(Exists(uncompared(Slip.objects.filter(case=OuterRef("pk"))))),
    lambda on: Q(Exists(_under_a_rule(on))) & _asks(MEET),
    lambda on: Q(Exists(NEEDED.all())) & Q(Exists(_with_a_line_open(on))),
)
"""What later floors miss, each as a condition on a case: one for every source that registered with `preparation.queries.blockers`."""


def young_since(on: date) -> int:
    """Whoever was born in this year or later may be under 18 on that day."""
    return on.year - OF_AGE


def lacking(on: date) -> Q:
    """True of a case in which on that day somebody is missing, unmet, unasked, unsafe, without a guardian or kept apart."""
    lacks = _nobody_there() | Q(Exists(_unmet(on))) | Q(Exists(_unprepared(on))) | Q(Exists(_kept_apart(on))) | held()
    for missing in MORE:
        lacks |= missing(on)
    return lacks


def _nobody_there() -> Q:
    """Somebody without whom this way of doing it is none, or no way is chosen as yet."""
    done = {how: Q(Exists(_chosen(how))) for how in (How.LATER, *WITHOUT_HARMED)}
    harmed = ~Q(_some(Role.HARMED)) & ~done[How.REENTRY] & ~done[How.STANDIN]
    return harmed | ~Q(_some(Role.RESPONSIBLE)) | done[How.LATER] | (done[How.STANDIN] & ~Q(_some(Role.COMMUNITY)))


def _chosen(how: str) -> QuerySet[Route]:
    """That the latest choice of the case is this one."""
    later = Route.objects.filter(case=OuterRef("case")).filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")))
    return Route.objects.filter(~Exists(later), case=OuterRef("pk"), how=how)


def held() -> Q:
    """What was found when the request was looked at, and nobody has signed off since."""
    waits = Q()
    for check, (code, _sentence) in GATES.items():
        found = Screening.objects.filter(referral=OuterRef("referral"), accepted=True, **{f"checks__{check}": Looked.NO.value})
        signed = Override.objects.filter(case=OuterRef("pk"), blocker=code, participation__isnull=True)
        waits |= Q(Exists(found)) & ~Q(Exists(signed))
    return waits


def _some(role: str) -> Exists:
    return Exists(Participation.objects.filter(cases.stands_as(role), case=OuterRef("pk"), left_at__isnull=True))


def _speakers() -> QuerySet[Participation]:
    return Participation.objects.filter(case=OuterRef("pk"), role__in=SPEAKERS, left_at__isnull=True)


def _unmet(on: date) -> QuerySet[Participation]:
    """Nobody has explained it to them yet. Asked apart: it is cheap, and true of most cases that are being prepared."""
    met = Meeting.objects.filter(participation=OuterRef("pk"), explained=True)
    return _speakers().filter(~Exists(met), ~_aside("meeting", on))


def _unprepared(on: date) -> QuerySet[Participation]:
    """People of the case who have not said yes, or with whom something must still be done."""
    mine = {"participation": OuterRef("pk")}
    people = _speakers()
    checks = SafetyCheck.objects.filter(**mine).order_by("-at", "-id")
    own_yes = Consent.objects.filter(**mine, giver=OuterRef("pk"), scope=Consent.Scope.TAKE_PART).order_by("-at", "-id")
    people = people.annotate(
        own=Coalesce(own_answer(), Value("")),
        takes=Coalesce(Subquery(Acknowledgement.objects.filter(**mine).order_by("-at", "-id").values("given")[:1]), False),
        worry=Coalesce(Subquery(checks.values("level")[:1]), Value("")),
        looked_at=Subquery(checks.values("at")[:1]),
        said_at=Subquery(own_yes.values("at")[:1]),
        own_until=Subquery(own_yes.values("until")[:1]),
        own_way=Subquery(own_yes.values("text__way")[:1]),
        way=cases.way_in_sql("case"),
    )
    unknown = Q(role__in=PUPILS, person__birth_year=None, programme__kind=Programme.Kind.SCHOOL)
    grown = Q(person__of_age_at__lte=clock.now())
    maybe = Q(person__of_age_at__isnull=False) | Q(guardian_needed=True) | Q(person__birth_year__gte=young_since(on)) | unknown
    young = ~Q(role=Role.GUARDIAN) & maybe & (Q(person__of_age_at__isnull=True) | ~grown)
    return people.filter(
        ~Q(own=Consent.Answer.YES)
        | Q(own_until__lt=on)
        | ~Q(own_way=F("way"))
        | (grown & Q(said_at__lt=F("person__of_age_at")))
        | (Q(worry="") & ~Q(_aside("safety", on)))
        | (Q(worry="high") & ~Q(_signed_off()))
        | (cases.stands_as(Role.RESPONSIBLE) & Q(takes=False))
        | Q(Exists(_watched_without_a_yes()))
        | (young & Q(_guardian_lacks(on)))
        | (young & ~Q(_guardians_here()) & ~Q(Exists(NoGuardian.objects.filter(**mine))))
    )


def _aside(blocker: str, on: date) -> Exists:
    return Exists(Override.objects.filter(Q(for_day=None) | Q(for_day=on), participation=OuterRef("pk"), blocker=blocker))


def _signed_off() -> Exists:
    """The last high worry, and not an earlier one."""
    return Exists(Override.objects.filter(participation=OuterRef("pk"), blocker="worry", at__gt=OuterRef("looked_at")))


def _guardians_here() -> Exists:
    return Exists(Participation.objects.filter(stands_by=OuterRef("pk"), has_authority=True, left_at__isnull=True))


def _guardian_lacks(on: date) -> Exists:
    """One of those who may decide for this person has not said yes, or only until a day that is over."""
    said = Consent.objects.filter(participation=OuterRef(OuterRef("pk")), giver=OuterRef("pk"), scope=Consent.Scope.TAKE_PART).order_by("-at", "-id")
    rows = Participation.objects.filter(stands_by=OuterRef("pk"), has_authority=True, left_at__isnull=True)
    rows = rows.annotate(answer=Coalesce(Subquery(said.values("answer")[:1]), Value("")), until=Subquery(said.values("until")[:1]))
    rows = rows.annotate(said_way=Subquery(said.values("text__way")[:1]), way=cases.way_in_sql("case"))
    return Exists(rows.filter(~Q(answer=Consent.Answer.YES) | Q(until__lt=on) | ~Q(said_way=F("way"))))


def _watched_without_a_yes() -> QuerySet[Participation]:
    """Somebody would watch, and this one of the circle has not said yes to it."""
    watching = Participation.objects.filter(case=OuterRef("case"), role=Role.OBSERVER, left_at__isnull=True)
    said = ObserverAnswer.objects.filter(participation=OuterRef(OuterRef("pk")), observer=OuterRef("pk")).order_by("-at", "-id")
    return watching.annotate(said=Coalesce(Subquery(said.values("answer")[:1]), Value(""))).exclude(said="yes")


def _kept_apart(on: date) -> QuerySet[NoContact]:
    here = Participation.objects.filter(case=OuterRef(OuterRef("pk")), left_at__isnull=True).values("person_id")
    barred = reduce(or_, (_asks(what, OuterRef("pk")) & barring(what, on) for what in (MEET, MESSAGE)))
    return NoContact.objects.filter(barred, one__in=here, other__in=here, ended_at__isnull=True)
