"""Who would read what somebody writes past those who run the meeting."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import translation

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.models import Assignment, Case, Exclusion, Participation
from setfair.cases.queries import of_seal, sealed
from setfair.core.actor import Actor
from setfair.programmes import wording
from setfair.programmes.models import Membership, Programme, Role
from setfair.programmes.queries import coordinating
from setfair.referrals.models import Referral

from ..models import Complaint

Writer = Participation | Referral
WHO_ELSE = (Role.SUPERVISOR, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Readers:
    """Who reads it, and as what. `apart` says that none of them coordinates or has a part in the case."""

    people: list[Membership]
    reads: str

    @property
    def apart(self) -> bool:
        return self.reads != Complaint.Reads.ANYONE

    @property
    def names(self) -> str:
        return ", ".join(sorted({member.name for member in self.people}))


def readers(writer: Writer) -> Readers:
    """The supervisors; else the administrators; else, where everything lies in the same hands, whoever has these roles. Empty where nobody has."""
    case = case_of(writer)
    live = Membership.objects.filter(role__in=WHO_ELSE, ended_at__isnull=True, user__is_active=True).select_related("user").order_by("since", "id")
    held = list(live.exclude(user__in=Exclusion.objects.filter(case=case, ended_at__isnull=True).values("user")))
    if case is not None and sealed(case):
        named = set(of_seal(case).values_list("user_id", flat=True))
        held = [member for member in held if member.user_id in named]
    busy = set(coordinating().values_list("user_id", flat=True)) | _hands(case)
    for role in WHO_ELSE:
        free = [member for member in held if member.role == role and member.user_id not in busy]
        if free:
            return Readers(free, role.value)
    return Readers(held, Complaint.Reads.ANYONE)


def case_of(writer: Writer) -> Case | None:
    return writer.case if isinstance(writer, Participation) else writer.cases.first()


def outside(programme: Programme) -> str:
    """Somebody outside the programme to turn to, in the reader's language or else the programme's; empty when none was named."""
    here = wording.own("outside")
    with translation.override(programme.language):
        return here or wording.own("outside")


def complaints(actor: Actor) -> QuerySet[Complaint]:
    """Those written to this member of the team, the newest first."""
    return open_to(actor, Permission.READ_COMPLAINT, Complaint).prefetch_related("taken").order_by("-at", "-id")


def last_of(writer: Writer) -> Complaint | None:
    mine = {"participation": writer} if isinstance(writer, Participation) else {"referral": writer}
    return Complaint.objects.filter(**mine).order_by("at", "id").last()


def _hands(case: Case | None) -> set[object]:
    if case is None:
        return set()
    return {case.coordinator_id, *Assignment.objects.filter(case=case).values_list("facilitator__user_id", flat=True)}
