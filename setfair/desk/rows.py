"""Cases as they stand in a list: read at once, in three queries whatever their number, and each with its next act in a few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.agreements.journey import SETTLED, ItemStage
from setfair.agreements.journey import Stage as AgreementStage
from setfair.agreements.models import Agreement, Item
from setfair.cases.journey import Stage
from setfair.cases.models import SPEAKERS, Case, Hold, Participation
from setfair.cases.queries import how_in_sql
from setfair.cases.route import WITHOUT_MEETING, How
from setfair.core import addresses, clock
from setfair.core.moulds import Mould, among
from setfair.people.queries import first_name
from setfair.preparation.models import Consent
from setfair.programmes.models import Programme
from setfair.scheduling.models import Booking
from setfair.vault import ring

YES = Consent.Answer.YES
LIVE = (AgreementStage.DRAFTING, AgreementStage.SIGNING, AgreementStage.IN_FORCE)


Facts = Mapping[str, Any]
SHOWN = ("id", "ref", "alias", "stage", "opened_at", "deadline", "coordinator__name")


@dataclass
class CaseRow:
    """One case as its line tells it."""

    case: Facts
    zone: str
    people: list[tuple[Any, ...]] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        stage = Stage(self.case["stage"])
        return {
            "url": addresses.of_ref("case", self.case["ref"]),
            "ref": self.case["ref"],
            "alias": self.case["alias"],
            "stage": str(stage.label),
            "next": self.next(stage),
            "names": ", ".join(first_name(*named) for _role, _answer, *named in self.people),
            "coordinator": self.case["coordinator__name"],
            "opened": day(clock.local(self.case["opened_at"], self.zone)),
            "deadline": day(self.case["deadline"]) if self.case["deadline"] else "",
        }

    def next(self, stage: Stage) -> str:
        """The next act, in a few words; empty once it is closed."""
        return _("On hold") if self.case["rests"] and stage != Stage.CLOSED else NEXT[stage](self)


def rows_of(cases: Sequence[Facts], programme: Programme) -> list[dict[str, Any]]:
    """The lines of these cases, which came from `with_facts`: the people and their keys are two queries."""
    rows = {case["id"]: CaseRow(case, programme.zone) for case in cases}
    people = PEOPLE.ask(values={"cases": list(rows)})
    ring.gather(key for _case, _role, _answer, key, *_names in people)
    for case, *person in people:
        rows[case].people.append(tuple(person))
    return [row.told() for row in rows.values()]


def _people(*, cases: list[UUID]) -> QuerySet[Any]:
    here = Participation.objects.filter(among("case_id", cases), left_at__isnull=True).annotate(answer=own_answer())
    return here.order_by("added_at", "id").values_list(
        "case_id", "role", "answer", "person_id", "person__name", "person__called", "person__family_first"
    )


PEOPLE = Mould(_people)


def with_facts(cases: QuerySet[Case]) -> QuerySet[Any]:
    """Of each case what its line is told from, in the same query.

    Each fact is looked up for the lines shown and no others: `[:1]` keeps PostgreSQL
    from gathering it for every case of the house beforehand.
    """
    here = OuterRef("pk")
    promises = Item.objects.filter(case=here, agreement__stage=AgreementStage.IN_FORCE)
    return cases.values(
        *SHOWN,
        rests=Subquery(Hold.objects.filter(case=here, lifted_at__isnull=True).values("pk")[:1]),
        during=Subquery(Booking.objects.filter(case=here, released_at__isnull=True).values("during")[:1]),
        agreed=Subquery(Agreement.objects.filter(case=here, stage__in=LIVE).order_by("stage").values("stage")[:1]),
        promise_due=Subquery(promises.exclude(stage__in=SETTLED).order_by("due_on").values("due_on")[:1]),
        how=how_in_sql(),
        to_see_to=Subquery(promises.filter(stage__in=(ItemStage.KEPT, ItemStage.MISSED)).order_by("due_on").values("stage")[:1]),
    )


def own_answer() -> Subquery:
    """A person's latest own answer to taking part."""
    said = Consent.objects.filter(participation=OuterRef("pk"), giver=OuterRef("pk"), scope=Consent.Scope.TAKE_PART)
    return Subquery(said.order_by("-at", "-id").values("answer")[:1])


def _preparing(row: CaseRow) -> str:
    asked = [answer for role, answer, *_named in row.people if role in SPEAKERS]
    yes = asked.count(YES)
    if not asked:
        return _("Add the people")
    if yes < len(asked):
        return _("%(yes)d of %(asked)d have said yes") % {"yes": yes, "asked": len(asked)}
    return _("Look through, then mark ready")


def _ready(row: CaseRow) -> str:
    return _("They do not meet: %(how)s") % {"how": How(row.case["how"]).label} if row.case["how"] in WITHOUT_MEETING else _("Find a time")


def _scheduled(row: CaseRow) -> str:
    during = row.case["during"]
    return _("Meets %(when)s") % {"when": moment(during.lower, row.zone)} if during else _("Find a time")


def _convened(row: CaseRow) -> str:
    return {AgreementStage.SIGNING: _("Waiting for signatures"), AgreementStage.DRAFTING: _("Finish the agreement")}.get(
        row.case["agreed"], _("Write the agreement")
    )


def _following(row: CaseRow) -> str:
    if row.case["to_see_to"]:
        return _("Check a promise") if row.case["to_see_to"] == ItemStage.KEPT else _("Talk about a promise")
    if row.case["promise_due"]:
        return _("Next promise %(day)s") % {"day": day(row.case["promise_due"])}
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
