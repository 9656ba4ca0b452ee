"""What people say under their names, and what of it the others may read."""

from __future__ import annotations

from uuid import UUID

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet

from setfair.cases.models import Participation
from setfair.cases.queries import here

from ..journey import Stage
from ..models import Agreement, Remark, RemarkLet, Signature
from .barring import are_kept_apart
from .standing import live


def remarks(agreement: Agreement) -> dict[UUID, Remark]:
    """By whose it is, what stands under each name that was given to just this version."""
    rows = Remark.objects.filter(signature__agreement=agreement).select_related("signature").order_by("at", "id")
    latest = {row.signature.participation_id: row for row in rows}
    return {whose: row for whose, row in latest.items() if row.words}


def remark_of(participation: Participation, key: UUID) -> Remark | None:
    """One of what this person said under a name of theirs."""
    return Remark.objects.filter(signature__participation=participation, pk=key).first()


def may_pass(agreement: Agreement) -> bool:
    """Whether words can go from one of them to the others at all: they meet, and no two of the circle are kept apart today. The database asks
    the same (`agreements_kept_apart`)."""
    return agreement.conference_id is not None and not are_kept_apart(list(here(agreement.case)))


def let_pass(agreement: Agreement) -> set[UUID]:
    """The keys of what somebody of the team has read and let everyone read; none as long as nothing may pass."""
    let = set(RemarkLet.objects.filter(remark__signature__agreement=agreement, passes=True).values_list("remark", flat=True))
    return let if let and may_pass(agreement) else set()


def words_that_wait() -> QuerySet[Remark]:
    """What people want everyone to read under their names, where that can be, and nobody of the team has looked at yet."""
    newer = Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
    apart = Func(F("programme_id"), F("case_id"), function="agreements_kept_apart", output_field=BooleanField())
    said = Remark.objects.filter(shown=True, lets__isnull=True, signature__participation__left_at__isnull=True)
    lies = said.filter(signature__agreement__stage__in=(Stage.SIGNING, Stage.IN_FORCE), signature__agreement__conference__isnull=False)
    latest = lies.filter(~Exists(Remark.objects.filter(newer, signature=OuterRef("signature"))))
    return latest.alias(apart=apart).filter(apart=False)


def signed_in_hand(participation: Participation, which: UUID | None = None) -> Signature | None:
    """Their signature under what goes on in this case; where several agreements do, only under the one that is named."""
    there = [one for one in live(participation.case) if which in (None, one.pk)]
    only = there[0] if len({one.number for one in there}) == 1 else None
    return Signature.objects.filter(participation=participation, agreement=only).first()
