"""The same question as `preparation.queries.blockers`, asked of every case at once.

It names nobody: it only finds cases worth opening, and the ready page then says by
name what is practical and still missing. A test holds the two to each other.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from setfair.cases.models import SPEAKERS, Participation, Role
from setfair.people.models import NoContact
from setfair.preparation.models import Acknowledgement, Consent, Meeting, Override, SafetyCheck

from .rows import own_answer


def lacking() -> Q:
    """True of a case in which somebody is missing, unmet, unasked, unsafe or kept apart."""
    return ~Q(_some(Role.HARMED)) | ~Q(_some(Role.RESPONSIBLE)) | Q(Exists(_unprepared())) | Q(Exists(_kept_apart()))


def _some(role: str) -> Exists:
    return Exists(Participation.objects.filter(case=OuterRef("pk"), role=role, left_at__isnull=True))


def _unprepared() -> QuerySet[Participation]:
    """People of the case who have not said yes, or with whom something must still be done."""
    mine = {"participation": OuterRef("pk")}
    people = Participation.objects.filter(case=OuterRef("pk"), role__in=SPEAKERS, left_at__isnull=True)
    people = people.annotate(
        own=Coalesce(own_answer(), Value("")),
        takes=Coalesce(Subquery(Acknowledgement.objects.filter(**mine).order_by("-at", "-id").values("given")[:1]), False),
        worry=Coalesce(Subquery(SafetyCheck.objects.filter(**mine).order_by("-at", "-id").values("level")[:1]), Value("")),
    )
    met = Exists(Meeting.objects.filter(**mine, explained=True)) | _aside("meeting")
    return people.filter(
        ~Q(own=Consent.Answer.YES)
        | ~Q(met)
        | (Q(worry__in=("", "high")) & ~Q(_aside("safety")))
        | Q(role=Role.RESPONSIBLE, takes=False)
        | (Q(guardian_needed=True) & (~Q(_guardian_agrees()) | Q(_guardian_differs())))
    )


def _aside(blocker: str) -> Exists:
    return Exists(Override.objects.filter(participation=OuterRef("pk"), blocker=blocker))


def _guardians() -> QuerySet[Participation]:
    """Those who may decide for this person, each with their latest answer."""
    said = Consent.objects.filter(participation=OuterRef(OuterRef("pk")), giver=OuterRef("pk"), scope=Consent.Scope.TAKE_PART)
    rows = Participation.objects.filter(stands_by=OuterRef("pk"), has_authority=True, left_at__isnull=True)
    return rows.annotate(answer=Subquery(said.order_by("-at", "-id").values("answer")[:1])).filter(answer__isnull=False)


def _guardian_agrees() -> Exists:
    return Exists(_guardians().filter(answer=Consent.Answer.YES))


def _guardian_differs() -> Exists:
    return Exists(_guardians().exclude(answer=Consent.Answer.YES))


def _kept_apart() -> QuerySet[NoContact]:
    here = Participation.objects.filter(case=OuterRef(OuterRef("pk")), left_at__isnull=True).values("person_id")
    return NoContact.objects.filter(one__in=here, other__in=here, ended_at__isnull=True)
