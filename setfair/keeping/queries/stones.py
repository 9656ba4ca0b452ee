"""What stays of one thing: its stone, and the month in which its number went."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from setfair.agreements.journey import ItemStage
from setfair.agreements.journey import Stage as AgreementStage
from setfair.agreements.models import Agreement, Item
from setfair.cases.models import Case, Participation
from setfair.conferences.journey import Stage as Held
from setfair.conferences.models import Conference
from setfair.core import tenant
from setfair.journal.models import Entry
from setfair.outcomes.models import Closure
from setfair.programmes.own_reasons import decider_of
from setfair.programmes.reasons import Decider
from setfair.referrals.models import Screening
from setfair.vault import master

from ..endings import Group
from ..models import Gone, Tombstone
from .due import Thing, ended_at, group_of


def stone_of(thing: Thing) -> Tombstone:
    """The figures of what is about to go, not saved yet. Nothing in it is finer than a month."""
    group, ended = group_of(thing), ended_at(thing)
    if group is None or ended is None:
        raise ValueError("What is open has no tombstone.")
    months = {"closed_in": month(ended), "forgotten_in": month(timezone.now()), "group": group, "kind": thing.programme.kind}
    if isinstance(thing, Case):
        return Tombstone(what=Tombstone.What.CASE, opened_in=month(thing.opened_at), **months, **_of_case(thing))
    said = Screening.objects.filter(referral=thing).select_related("own").first()
    decided = {"outcome": said.reason, "decider": decider_of(said)} if said is not None else {"outcome": "", "decider": taken_back(group)}
    return Tombstone(what=Tombstone.What.REQUEST, opened_in=month(thing.received_at), source=thing.source, **decided, **months)


def taken_back(group: Group) -> str:
    """Whose decision it was where nobody answered: whoever asked took it back; after a talk that was enough there was nothing to decide."""
    return Decider.SENDER.value if group == Group.TAKEN_BACK else ""


def _of_case(case: Case) -> dict[str, Any]:
    closure = Closure.objects.select_related("own").get(case=case)
    roles = Counter(Participation.objects.filter(case=case).order_by().values_list("role", flat=True))
    met = list(Conference.objects.filter(case=case, stage=Held.CONCLUDED).order_by("started_at").values_list("started_at", flat=True))
    promised = Counter(Item.objects.filter(agreement__in=_last_that_held(case)).order_by().values_list("stage", flat=True))
    return {
        "source": case.referral.source if case.referral is not None else "",
        "outcome": closure.reason,
        "decider": decider_of(closure),
        "people": dict(roles),
        "meetings": len(met),
        "days_to_meeting": (met[0] - case.opened_at).days if met and met[0] is not None else None,
        "promises": sum(promised.values()),
        "promises_kept": promised[ItemStage.VERIFIED],
    }


def _last_that_held(case: Case) -> list[Agreement]:
    """Of each agreement the version that everyone signed last; where there never was one, the last that was begun."""
    ran = Entry.objects.filter(case_id=case.pk, subject_kind=Agreement._meta.label_lower, verb="moved", detail__to=AgreementStage.IN_FORCE)
    held = set(ran.values_list("subject_id", flat=True))
    ended = Agreement.objects.filter(case=case, stage__in=(AgreementStage.IN_FORCE, AgreementStage.ENDED)).order_by("number", "version")
    versions = list(ended)
    signed = {version.number: version for version in versions if str(version.pk) in held}
    return list(signed.values()) or versions[-1:]


def month(moment: datetime) -> date:
    """The first day of its month, on the programme's own clock."""
    return timezone.localdate(moment).replace(day=1)


def mark_of(ref: str) -> bytes:
    """What is kept of a number, so that an old link can be answered: a keyed digest, different in each programme."""
    return master.digest("forgotten", f"{tenant.scope().programme_id} {ref}")


def forgotten_in(ref: str) -> date | None:
    """The month in which what had this number was forgotten; None when nothing of ours with this number was."""
    return Gone.objects.filter(mark=mark_of(ref)).values_list("forgotten_in", flat=True).first()
