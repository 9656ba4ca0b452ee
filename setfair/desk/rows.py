"""Cases as they stand in a list: read at once, in three queries whatever their number, and each with its next act in a few words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.agreements.journey import SETTLED, ItemStage
from setfair.agreements.journey import Stage as AgreementStage
from setfair.agreements.models import Agreement, Item
from setfair.cases.journey import Stage
from setfair.cases.models import SPEAKERS, Case, Hold, Participation
from setfair.core import clock
from setfair.preparation.models import Consent
from setfair.programmes.models import Programme
from setfair.scheduling.models import Booking
from setfair.vault import ring

YES = Consent.Answer.YES
LIVE = (AgreementStage.DRAFTING, AgreementStage.SIGNING, AgreementStage.IN_FORCE)


@dataclass
class CaseRow:
    """One line of the case list."""

    case: Any
    zone: str
    people: list[Participation] = field(default_factory=list)

    @property
    def names(self) -> str:
        return ", ".join(p.person.first for p in self.people)

    @property
    def stage(self) -> str:
        return str(Stage(self.case.stage).label)

    @property
    def next(self) -> str:
        """The next act, in a few words; empty once it is closed."""
        return _("On hold") if self.case.rests and self.case.stage != Stage.CLOSED else NEXT[self.case.stage](self)


def rows_of(cases: Sequence[Any], programme: Programme) -> list[CaseRow]:
    """The lines of these cases, which came from `with_facts`: the people and their keys are two queries."""
    rows = {case.pk: CaseRow(case, programme.zone) for case in cases}
    people = Participation.objects.filter(case__in=list(rows), left_at__isnull=True).select_related("person").annotate(answer=own_answer())
    for p in people.order_by("added_at", "id"):
        rows[p.case_id].people.append(p)
    ring.gather(p.person_id for row in rows.values() for p in row.people)
    return list(rows.values())


def with_facts(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Each case with what its line is told from, in the same query.

    Each fact is looked up for the lines shown and no others: `[:1]` keeps PostgreSQL
    from gathering it for every case of the house beforehand.
    """
    here = OuterRef("pk")
    promises = Item.objects.filter(case=here, agreement__stage=AgreementStage.IN_FORCE)
    return cases.select_related("coordinator").annotate(
        rests=Subquery(Hold.objects.filter(case=here, lifted_at__isnull=True).values("pk")[:1]),
        during=Subquery(Booking.objects.filter(case=here, released_at__isnull=True).values("during")[:1]),
        agreed=Subquery(Agreement.objects.filter(case=here, stage__in=LIVE).values("stage")[:1]),
        promise_due=Subquery(promises.exclude(stage__in=SETTLED).order_by("due_on").values("due_on")[:1]),
        to_see_to=Subquery(promises.filter(stage__in=(ItemStage.KEPT, ItemStage.MISSED)).order_by("due_on").values("stage")[:1]),
    )


def own_answer() -> Subquery:
    """A person's latest own answer to taking part."""
    said = Consent.objects.filter(participation=OuterRef("pk"), giver=OuterRef("pk"), scope=Consent.Scope.TAKE_PART)
    return Subquery(said.order_by("-at", "-id").values("answer")[:1])


def _preparing(row: CaseRow) -> str:
    asked = [p for p in row.people if p.role in SPEAKERS]
    yes = sum(p.answer == YES for p in asked)  # type: ignore[attr-defined]
    if not asked:
        return _("Add the people")
    if yes < len(asked):
        return _("%(yes)d of %(asked)d have said yes") % {"yes": yes, "asked": len(asked)}
    return _("Look through, then mark ready")


def _ready(row: CaseRow) -> str:
    return _("Find a time")


def _scheduled(row: CaseRow) -> str:
    during = row.case.during
    return _("Meets %(when)s") % {"when": moment(during.lower, row.zone)} if during else _("Find a time")


def _convened(row: CaseRow) -> str:
    return {AgreementStage.SIGNING: _("Waiting for signatures"), AgreementStage.DRAFTING: _("Finish the agreement")}.get(
        row.case.agreed, _("Write the agreement")
    )


def _following(row: CaseRow) -> str:
    if row.case.to_see_to:
        return _("Check a promise") if row.case.to_see_to == ItemStage.KEPT else _("Talk about a promise")
    if row.case.promise_due:
        return _("Next promise %(day)s") % {"day": day(row.case.promise_due)}
    return _("Tell how it went, then close")


def _closed(row: CaseRow) -> str:
    return ""


NEXT = {
    Stage.PREPARING: _preparing,
    Stage.READY: _ready,
    Stage.SCHEDULED: _scheduled,
    Stage.CONVENED: _convened,
    Stage.FOLLOWING_UP: _following,
    Stage.CLOSED: _closed,
}


def moment(at: datetime, zone: str) -> str:
    """`Thu 10 Dec, 8:10 a.m.` on the programme's wall clock."""
    there = clock.local(at, zone)
    return f"{weekday(there)}, {date_format(there, 'TIME_FORMAT')}"


def weekday(on: date) -> str:
    """`Thu 10 Dec`, for a day that is near."""
    return f"{date_format(on, 'D')} {date_format(on, 'MONTH_DAY_FORMAT')}"


def day(on: date) -> str:
    return date_format(on, "DATE_FORMAT")
