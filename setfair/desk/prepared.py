"""The same question as `preparation.queries.blockers`, asked of every case at once.

It names nobody: it only finds cases worth opening, and the ready page then says by
name what is practical and still missing. A test holds the two to each other.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from setfair.cases.models import PUPILS, SPEAKERS, Participation, Role
from setfair.core import clock
from setfair.people.models import OF_AGE, NoContact
from setfair.preparation.models import Acknowledgement, Consent, Meeting, NoGuardian, Override, SafetyCheck
from setfair.preparation.queries.screened import GATES
from setfair.programmes.models import Programme
from setfair.referrals.models import Looked, Screening

from .rows import own_answer


def young_since(on: date) -> int:
    """Whoever was born in this year or later may be under 18 on that day."""
    return on.year - OF_AGE


def lacking(on: date) -> Q:
    """True of a case in which on that day somebody is missing, unmet, unasked, unsafe, without a guardian or kept apart."""
    return ~Q(_some(Role.HARMED)) | ~Q(_some(Role.RESPONSIBLE)) | Q(Exists(_unprepared(on))) | Q(Exists(_kept_apart())) | held()


def held() -> Q:
    """What was found when the request was looked at, and nobody has signed off since."""
    waits = Q()
    for check, (code, _sentence) in GATES.items():
        found = Screening.objects.filter(referral=OuterRef("referral"), accepted=True, **{f"checks__{check}": Looked.NO.value})
        signed = Override.objects.filter(case=OuterRef("pk"), blocker=code, participation__isnull=True)
        waits |= Q(Exists(found)) & ~Q(Exists(signed))
    return waits


def _some(role: str) -> Exists:
    return Exists(Participation.objects.filter(case=OuterRef("pk"), role=role, left_at__isnull=True))


def _unprepared(on: date) -> QuerySet[Participation]:
    """People of the case who have not said yes, or with whom something must still be done."""
    mine = {"participation": OuterRef("pk")}
    people = Participation.objects.filter(case=OuterRef("pk"), role__in=SPEAKERS, left_at__isnull=True)
    checks = SafetyCheck.objects.filter(**mine).order_by("-at", "-id")
    own_yes = Consent.objects.filter(**mine, giver=OuterRef("pk"), scope=Consent.Scope.TAKE_PART).order_by("-at", "-id")
    people = people.annotate(
        own=Coalesce(own_answer(), Value("")),
        takes=Coalesce(Subquery(Acknowledgement.objects.filter(**mine).order_by("-at", "-id").values("given")[:1]), False),
        worry=Coalesce(Subquery(checks.values("level")[:1]), Value("")),
        looked_at=Subquery(checks.values("at")[:1]),
        said_at=Subquery(own_yes.values("at")[:1]),
        own_until=Subquery(own_yes.values("until")[:1]),
    )
    unknown = Q(role__in=PUPILS, person__birth_year=None, programme__kind=Programme.Kind.SCHOOL)
    grown = Q(person__of_age_at__lte=clock.now())
    maybe = Q(person__of_age_at__isnull=False) | Q(guardian_needed=True) | Q(person__birth_year__gte=young_since(on)) | unknown
    young = ~Q(role=Role.GUARDIAN) & maybe & (Q(person__of_age_at__isnull=True) | ~grown)
    met = Exists(Meeting.objects.filter(**mine, explained=True)) | _aside("meeting")
    return people.filter(
        ~Q(own=Consent.Answer.YES)
        | Q(own_until__lt=on)
        | (grown & Q(said_at__lt=F("person__of_age_at")))
        | ~Q(met)
        | (Q(worry="") & ~Q(_aside("safety")))
        | (Q(worry="high") & ~Q(_signed_off()))
        | Q(role=Role.RESPONSIBLE, takes=False)
        | (young & Q(_guardian_lacks(on)))
        | (young & ~Q(_guardians_here()) & ~Q(Exists(NoGuardian.objects.filter(**mine))))
    )


def _aside(blocker: str) -> Exists:
    return Exists(Override.objects.filter(participation=OuterRef("pk"), blocker=blocker))


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
    return Exists(rows.filter(~Q(answer=Consent.Answer.YES) | Q(until__lt=on)))


def _kept_apart() -> QuerySet[NoContact]:
    here = Participation.objects.filter(case=OuterRef(OuterRef("pk")), left_at__isnull=True).values("person_id")
    return NoContact.objects.filter(one__in=here, other__in=here, ended_at__isnull=True)
