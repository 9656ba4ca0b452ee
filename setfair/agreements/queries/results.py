"""What came of the last hour or exchange, as far as somebody said it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from setfair.cases.journey import Stage as CaseStage
from setfair.cases.models import Case, Participation
from setfair.cases.queries import how, how_in_sql
from setfair.cases.route import WITHOUT_MEETING, How
from setfair.conferences.journey import Stage as ConferenceStage
from setfair.conferences.models import Conference
from setfair.conferences.queries import came
from setfair.exchanges.journey import Stage as PieceStage
from setfair.exchanges.models import Piece
from setfair.vault import ring

from ..journey import Stage
from ..models import Agreement, LookedAgain, Result, StillOpen
from .renewing import under
from .signing import both_sides
from .standing import held_of

SINCE = (CaseStage.CONVENED, CaseStage.FOLLOWING_UP)
SINCE_APART = (CaseStage.READY, CaseStage.FOLLOWING_UP)
UNWRITTEN = (How.CALL, How.SHUTTLE)
"""Ways without a meeting in which nothing need pass through us: only the team knows that it took place."""


@dataclass(frozen=True)
class Ended:
    """What a result is said of: a circle that is over, or without one the exchange of a case."""

    conference: Conference | None


def ended(case: Case) -> Ended | None:
    """The last circle, once it is over, or the exchange, once something of it has reached somebody; None while there is nothing to say of it."""
    if how(case) in WITHOUT_MEETING:
        return Ended(None) if case.stage in SINCE_APART and _has_begun(case) else None
    last = Conference.objects.filter(case=case).exclude(stage=ConferenceStage.CANCELLED).order_by("-planned_at").first()
    return Ended(last) if case.stage in SINCE and last is not None and last.stage == ConferenceStage.CONCLUDED else None


def _has_begun(case: Case) -> bool:
    """Whether one piece was offered or read, words to sign were laid out, or it is done without writing. What was said of it already stands."""
    if case.stage == CaseStage.FOLLOWING_UP or how(case) in UNWRITTEN or Result.objects.filter(case=case, conference=None).exists():
        return True
    reached = Piece.objects.filter(case=case, stage__in=(PieceStage.OFFERED, PieceStage.DELIVERED))
    return reached.exists() or Agreement.objects.filter(case=case, conference=None, stage=Stage.SIGNING).exists()


def result_of(case: Case) -> Result | None:
    """What was said last of it. That nothing is owed counts no more once an agreement was begun after it."""
    over = ended(case)
    said = Result.objects.filter(case=case, conference=over.conference).order_by("at", "id").last() if over is not None else None
    if said is None or said.what not in Result.NOTHING_OWED:
        return said
    return None if Agreement.objects.filter(case=case, drafted_at__gt=said.at).exists() else said


def nothing_owed() -> QuerySet[Result]:
    """That nothing is owed, said last of the last circle or of the exchange, with nothing begun after it: of any case, in one query.

    It counts as long as the case is done in the way of which it was said: after a circle nobody has been heard in an exchange.
    """
    newer = Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
    later = Q(planned_at__gt=OuterRef("conference__planned_at")) | Q(started_at__gt=OuterRef("at"))
    again = Conference.objects.filter(later, case=OuterRef("case"), stage__in=(ConferenceStage.LIVE, ConferenceStage.CONCLUDED))
    begun = Agreement.objects.filter(case=OuterRef("case"), drafted_at__gt=OuterRef("at"))
    met = Q(conference__isnull=False, case__stage__in=SINCE) & ~Q(how__in=WITHOUT_MEETING)
    apart = Q(conference__isnull=True, case__stage__in=SINCE_APART, how__in=WITHOUT_MEETING)
    said = Result.objects.annotate(how=how_in_sql("case")).filter(met | apart, what__in=Result.NOTHING_OWED)
    return said.filter(~Exists(Result.objects.filter(newer, case=OuterRef("case"))), ~Exists(again), ~Exists(begun))


def is_without(case: Case) -> bool:
    """Whether it ended well without an agreement: none was needed, or they agreed to differ."""
    return nothing_owed().filter(case=case).exists()


def may_end_unsigned(agreement: Agreement) -> bool:
    """Whether what is in hand is nobody's promise yet: nobody's name stands under it, and no version of it holds."""
    return agreement.stage != Stage.IN_FORCE and held_of(agreement) is None and not under(agreement)


def headings_of(result: Result | None) -> list[StillOpen]:
    """What is still open by it, for the team."""
    if result is None or not result.open:
        return []
    ring.gather([result.case_id])
    return list(StillOpen.objects.filter(result=result))


def left_open() -> QuerySet[Result]:
    """An agreement in part of which something is still open, as nothing else was said since of any hour: of any case, in one query."""
    newer = Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
    return Result.objects.filter(~Exists(Result.objects.filter(newer, case=OuterRef("case"))), what=Result.What.PARTLY)


def to_look_at(case: Case) -> Result | None:
    """The agreement in part whose open headings nobody has looked at again, whatever hour it was of."""
    return left_open().filter(~Exists(LookedAgain.objects.filter(result=OuterRef("pk"))), case=case).first()


def result_for(me: Participation) -> Result | None:
    """The result, for somebody who was there or is on a side of the exchange; nobody else reads it here."""
    said = result_of(me.case)
    if said is None:
        return None
    there = came(said.conference).get(me.pk) if said.conference is not None else both_sides(me.case).filter(pk=me.pk).exists()
    return said if there else None
