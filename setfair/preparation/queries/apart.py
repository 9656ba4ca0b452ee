"""Who would read what somebody writes past those who run the meeting."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, QuerySet
from django.utils import translation

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.models import Case, Participation
from setfair.cases.ties import sealed_from
from setfair.core.actor import Actor
from setfair.programmes import wording
from setfair.programmes.models import Membership, Programme
from setfair.referrals.models import Referral

from .. import apart
from ..apart import LADDER, Rung, on
from ..models import Complaint, TakenUp

Writer = Participation | Referral


@dataclass(frozen=True)
class Readers:
    """Who reads it, and on which rung they stand; on none where nobody of the programme could."""

    people: list[Membership]
    rung: Rung | None

    @property
    def reads(self) -> str:
        return self.rung.reads if self.rung is not None else Complaint.Reads.ANYONE

    @property
    def apart(self) -> bool:
        """Whether none of them coordinates or has a part in the case."""
        return self.reads != Complaint.Reads.ANYONE

    @property
    def outside(self) -> bool:
        """Whether they know nothing of the case but what is written to them: it is sealed, and nobody in its team could read this."""
        return self.rung is not None and self.rung.is_outside

    @property
    def names(self) -> str:
        return ", ".join(sorted({member.name for member in self.people}))


def readers(writer: Writer) -> Readers:
    """The supervisors; else the administrators; of a sealed case those whom its seal names first, and then the others. Else, where everything
    lies in the same hands, whoever has these roles."""
    case, request = case_of(writer), writer.pk if isinstance(writer, Referral) else None
    for rung in LADDER:
        people = list(on(rung, case.pk if case is not None else None, request).select_related("user"))
        if people:
            return Readers(people, rung)
    return Readers([], None)


def is_sealed_from(complaint: Complaint, actor: Actor) -> bool:
    """Whether its reader knows nothing else of the case: then not even its number is said to them."""
    return complaint.case_id is not None and Case.objects.filter(pk=complaint.case_id, pk__in=sealed_from(actor)).exists()


def case_of(writer: Writer) -> Case | None:
    return writer.case if isinstance(writer, Participation) else writer.cases.first()


def outside(programme: Programme) -> str:
    """Somebody outside the programme to turn to, in the reader's language or else the programme's; empty when none was named."""
    here = wording.own("outside")
    with translation.override(programme.language):
        return here or wording.own("outside")


def complaints(actor: Actor) -> QuerySet[Complaint]:
    """Those written to this member of the team, the newest first."""
    return open_to(actor, Permission.READ_COMPLAINT, Complaint).annotate(is_seen_to=Exists(apart.seen_to())).order_by("-at", "-id")


def seen_to(complaint: Complaint) -> TakenUp | None:
    """Who sees to it now."""
    return apart.seen_to(complaint.pk).order_by("at", "pk").first()


def last_of(writer: Writer) -> Complaint | None:
    mine = {"participation": writer} if isinstance(writer, Participation) else {"referral": writer}
    return Complaint.objects.filter(**mine).order_by("at", "id").last()
