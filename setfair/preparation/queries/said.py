"""Who said what, how, and who wrote it down."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from setfair.accounts.models import User
from setfair.cases import queries as cases
from setfair.cases.models import Participation
from setfair.cases.route import no_holds
from setfair.core.actor import Kind

from ..models import Acknowledgement, Consent, Recipient
from .own import STOPPED, answer_of

ASKED = Q(scope__in=(Consent.Scope.TAKE_PART, Consent.Scope.SUPPORT, Consent.Scope.NOTES, Consent.Scope.OUTCOME)) | Q(recipient__isnull=False)
"""What people are asked. Answers to what was asked before there were offices are kept, and shown nowhere."""


@dataclass(frozen=True)
class Said:
    """One answer; `writer` is the first name of the staff member who wrote it down, and empty where they answered themselves."""

    answer: Consent
    writer: str


def keeps_to_their_no(
    participation: Participation, giver: Participation, scope: str = Consent.Scope.TAKE_PART, recipient: Recipient | None = None
) -> bool:
    """Whether a no or a stop that they gave on their own page stands: until they say otherwise there, or sign a yes on paper.

    A no to a meeting is no no to letters, and the other way round (`route.no_holds`); a stop is a stop to everything.
    """
    rows = Consent.objects.filter(participation=participation, giver=giver, scope=scope, recipient=recipient).exclude(method=Consent.Method.SAID)
    stands = False
    now = cases.way(participation.case)
    for method, answer, to_way in rows.order_by("at", "id").values_list("method", "answer", "text__way"):
        if scope == Consent.Scope.TAKE_PART and answer == Consent.Answer.NO and not no_holds(to_way, now):
            continue
        if method == Consent.Method.OWN:
            stands = answer in STOPPED
        elif answer == Consent.Answer.YES:
            stands = False
    return stands


def keeps_to_no_part(participation: Participation) -> bool:
    """Whether on their own page they last said that they take no responsibility, and have signed no paper since."""
    rows = Acknowledgement.objects.filter(participation=participation).exclude(method=Consent.Method.SAID)
    last = rows.order_by("at", "id").last()
    return last is not None and last.method == Consent.Method.OWN and not last.given


def wants_no_notes(participation: Participation) -> bool:
    """Whether their latest word on notes about our talks with them is a no."""
    last = answer_of(participation, scope=Consent.Scope.NOTES)
    return last is not None and last.answer in STOPPED


def answers(participation: Participation) -> list[Said]:
    """Every answer about this person, the latest first, for those who prepare the case."""
    rows = Consent.objects.filter(ASKED, participation=participation).select_related("giver__person", "recipient", "text")
    return with_writers(list(rows.order_by("-at", "-id")))


def written_down_for(me: Participation) -> list[Said]:
    """Their latest answers, for themselves or for whom they are guardian of, that staff wrote down in their place."""
    rows = Consent.objects.filter(ASKED, giver=me).select_related("participation__person", "recipient", "slip").order_by("at", "id")
    latest = {(row.participation_id, row.scope, row.recipient_id): row for row in rows}
    return with_writers(
        [row for row in latest.values() if row.by_kind == Kind.STAFF and (row.participation_id == me.pk or not row.participation.decides_alone)]
    )


def with_writers(rows: list[Consent]) -> list[Said]:
    staff: set[UUID] = {row.by for row in rows if row.by_kind == Kind.STAFF and row.by is not None}
    names: dict[UUID | None, str] = {user.pk: user.get_short_name() for user in User.objects.filter(pk__in=staff)} if staff else {}
    return [Said(row, names.get(row.by, "")) for row in rows]
