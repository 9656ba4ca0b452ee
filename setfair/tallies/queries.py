"""What ended in years that are over, as codes and numbers; and what has been said of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min
from django.utils import timezone

from setfair.agreements.journey import ItemStage
from setfair.agreements.journey import Stage as AgreementStage
from setfair.agreements.models import Agreement, Item
from setfair.cases.models import Participation
from setfair.conferences.journey import Stage as Held
from setfair.conferences.models import Conference
from setfair.journal.models import Entry
from setfair.keeping.endings import Group
from setfair.keeping.models import Tombstone
from setfair.keeping.queries.due import terms
from setfair.outcomes.models import Closure
from setfair.programmes.reasons import DECIDED, Decider, Reason
from setfair.referrals.journey import Stage as Asked
from setfair.referrals.models import Referral, Screening

from .models import Release
from .tables import ROLES, Counted, read
from .tables import Release as Tables

SETTLED = (1, 15)
"""From this day on the year before is counted: what was typed in late is there by then."""
S = Referral.Source
SOURCES = {
    "self": (S.SELF_HARMED, S.SELF_RESPONSIBLE, S.AFFECTED),
    "family": (S.PARENT,),
    "school": (S.STAFF, S.ADMINISTRATOR, S.TEAM, S.LEADER),
    "police": (S.POLICE,),
    "court": (S.JUDGE, S.CLERK, S.ATTORNEY, S.DEFENDER, S.PROBATION),
}
SOURCE_OF = {source.value: group for group, sources in SOURCES.items() for source in sources}
OF_REASON = {
    Reason.COMPLETED: "kept", Reason.COMPLETED_VARIED: "kept", Reason.PART_COMPLETED: "part", Reason.NOT_COMPLETED: "not_kept",
    Reason.NO_AGREEMENT_NEEDED: "met", Reason.DIFFER: "met",
}  # fmt: skip
BY_US = (Decider.PROGRAMME, Decider.LAW)


def last_over(today: date) -> int:
    """The last year that can be counted on this day."""
    return today.year - (1 if (today.month, today.day) >= SETTLED else 2)


def released() -> list[Tables]:
    """All that was said, the earliest first."""
    return [read(row.first, row.last, row.tables) for row in Release.objects.order_by("first")]


def counted(since: int, until: int) -> list[Counted]:
    """Each request and case that ended in these years, on the programme's own clock; those that were forgotten by what stayed of them."""
    return [*_declined(since, until), *_taken_back(since, until), *_closed(since, until), *_forgotten(since, until)]


def _declined(since: int, until: int) -> Iterator[Counted]:
    rows = Screening.objects.filter(accepted=False, at__year__gte=since, at__year__lte=until, referral__stage=Asked.DECLINED)
    for row in rows.values("referral_id", "reason", "own__decider", "at", "referral__source"):
        if row["reason"] != Reason.DUPLICATE:
            decider = _decider(row["reason"], row["own__decider"])
            yield _of(row["referral_id"], row["at"], _unbegun(decider), decider, row["referral__source"])


def _taken_back(since: int, until: int) -> Iterator[Counted]:
    asked = {row.pk: row for row in Referral.objects.filter(stage=Asked.WITHDRAWN)}
    for pk, term in terms(list(asked.values())).items():
        if since <= timezone.localdate(term.ended).year <= until:
            yield _of(pk, term.ended, "withdrawn", Decider.SENDER, asked[pk].source)


def _closed(since: int, until: int) -> Iterator[Counted]:
    rows = Closure.objects.filter(at__year__gte=since, at__year__lte=until)
    cases = list(rows.values("case_id", "reason", "own__decider", "at", "case__opened_at", "case__referral__source", "case__referral__received_at"))
    ids = [row["case_id"] for row in cases]
    met = dict(_first(Conference.objects.filter(case__in=ids, stage=Held.CONCLUDED), "started_at"))
    held = _in_force(ids)
    agreed = {case: min(at for _pk, at in versions) for case, versions in held.items()}
    people, promises = _people(ids), _promised(held)
    for row in cases:
        pk = row["case_id"]
        days = _days(row["case__referral__received_at"], row["case__opened_at"], met.get(pk), agreed.get(pk), row["at"])
        ended = _came(Reason(row["reason"]), pk in met, pk in agreed, any(state != "done" for state, _kind in promises[pk]))
        facts = {"people": people[pk], "promises": tuple(promises[pk]), "days": days}
        yield _of(pk, row["at"], ended, _decider(row["reason"], row["own__decider"]), row["case__referral__source"] or "", **facts)


def _forgotten(since: int, until: int) -> Iterator[Counted]:
    """A stone has no kinds of promises: they count as something else."""
    for stone in Tombstone.objects.filter(closed_in__year__gte=since, closed_in__year__lte=until):
        at = datetime(stone.closed_in.year, stone.closed_in.month, 15, tzinfo=timezone.get_current_timezone())
        if stone.what == Tombstone.What.REQUEST:
            talked = stone.group == Group.DECLINED and not stone.outcome
            if not talked and stone.outcome != Reason.DUPLICATE:
                decider = Decider(stone.decider or Decider.SENDER)
                yield _of(stone.pk, at, "withdrawn" if stone.group == Group.TAKEN_BACK else _unbegun(decider), decider, stone.source)
            continue
        done = stone.promises_kept
        kept = [("done", "other")] * done + [("not_done", "other")] * (stone.promises - done)
        ended = _came(Reason(stone.outcome), bool(stone.meetings), bool(stone.promises), done < stone.promises)
        days = {"to_met": stone.days_to_meeting} if stone.days_to_meeting is not None else {}
        people = {role: many for role, many in stone.people.items() if role in ROLES}
        decider = Decider(stone.decider or DECIDED.get(Reason(stone.outcome), Decider.SOMEBODY))
        yield _of(stone.pk, at, ended, decider, stone.source, people=people, promises=tuple(kept), days=days)


def _of(key: UUID, at: datetime, ended: str, decider: Decider, source: str, **facts: Any) -> Counted:
    day = timezone.localdate(at)
    quarter = str((day.month + 2) // 3)
    return Counted(key, day.year, ended, decider.value, quarter, SOURCE_OF.get(source, "other"), **facts)


def _decider(reason: str, own: str | None) -> Decider:
    return Decider(own or DECIDED[Reason(reason)])


def _unbegun(decider: Decider) -> str:
    return "screened_out" if decider in BY_US else "withdrawn"


def _came(reason: Reason, met: bool, agreed: bool, in_part: bool) -> str:
    """How far a case came. A reason that says more than the facts do is taken at its word, and one that says nothing of promises says nothing of
    whether they were kept: none was missed or open then (`outcomes.queries.misfit`)."""
    if reason == Reason.INDIRECT:
        return ("part" if in_part else "kept") if agreed else "met"
    if reason in OF_REASON and not (agreed and OF_REASON[reason] == "met"):
        return OF_REASON[reason]
    return "ended_early" if agreed else "met" if met else "not_met"


def _first(rows: Any, field: str) -> list[tuple[UUID, datetime]]:
    return list(rows.order_by().values_list("case_id").annotate(first=Min(field)))


def _in_force(ids: list[UUID]) -> dict[UUID, list[tuple[str, datetime]]]:
    """Of each case the versions that came into force, and when."""
    lines = Entry.objects.filter(case_id__in=ids, subject_kind=Agreement._meta.label_lower, verb="moved", detail__to=AgreementStage.IN_FORCE)
    found: dict[UUID, list[tuple[str, datetime]]] = defaultdict(list)
    for case, version, at in lines.values_list("case_id", "subject_id", "at"):
        if case is not None:
            found[case].append((version, at))
    return found


def _promised(held: dict[UUID, list[tuple[str, datetime]]]) -> dict[UUID, list[tuple[str, str]]]:
    """Of each agreement those of the last version that everyone signed, and whether they were done."""
    signed = [version for versions in held.values() for version, _at in versions]
    last = {}
    for pk, case, number in Agreement.objects.filter(pk__in=signed).order_by("version").values_list("pk", "case_id", "number"):
        last[case, number] = pk
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    items = Item.objects.filter(agreement__in=last.values()).exclude(stage=ItemStage.REPLACED)
    for case, kind, stage in items.order_by().values_list("case_id", "kind", "stage"):
        found[case].append(({ItemStage.VERIFIED: "done", ItemStage.WAIVED: "waived"}.get(ItemStage(stage), "not_done"), kind))
    return found


def _people(ids: list[UUID]) -> dict[UUID, Counter[str]]:
    found: dict[UUID, Counter[str]] = defaultdict(Counter)
    places = Participation.objects.filter(case__in=ids, role__in=ROLES).order_by().values_list("case_id", "role").annotate(n=Count("pk"))
    for case, role, many in places:
        found[case][role] = many
    return found


def _days(asked: datetime | None, opened: datetime, met: datetime | None, agreed: datetime | None, ended: datetime) -> dict[str, int]:
    """Between one step and the next, where there were both."""
    steps = {"to_accepted": (asked, opened), "to_met": (opened, met), "to_agreed": (met, agreed), "to_end": (agreed, ended)}
    return {name: max((b - a).days, 0) for name, (a, b) in steps.items() if a is not None and b is not None}
