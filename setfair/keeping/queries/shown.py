"""What the pages of keeping show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from setfair.access.policy import Permission
from setfair.access.ties import may
from setfair.cases.models import Case
from setfair.core.actor import Actor
from setfair.programmes.models import Role
from setfair.referrals.models import Referral
from setfair.vault import ring

from ..endings import WARNED, Group
from ..models import LegalHold, Longer, Notice
from .due import Thing, about, forget_on, group_of, noticed
from .held import hidden_from, holds, holds_before
from .postponed import put_off_before
from .rules import rules


@dataclass(frozen=True)
class Held:
    """A live hold as this actor may see it: the number, since when, when it is looked at next, and the reason for those who may read it."""

    hold: LegalHold
    ref: str
    reason: str
    look_on: date


@dataclass(frozen=True)
class Standing:
    """How one case or request stands: by which rule it is kept, until when, and what puts that off."""

    group: Group | None
    days: int
    day: date | None
    put_off: list[str]
    notice: Notice | None
    looked: bool
    longer: Longer | None
    holds: list[Held]
    may_change: bool


def standing(thing: Thing, actor: Actor) -> Standing:
    """All that the page about one case or request says, as this actor may see it; without a group as long as it is open."""
    group, notice = group_of(thing), noticed(thing)
    if group is None:
        return Standing(None, 0, None, [], None, False, None, [], False)
    longer = Longer.objects.filter(**about(thing)).first()
    ring.gather([thing.pk])
    looked = notice is not None and notice.looks.exists()
    day = max(filter(None, (forget_on(thing), notice.forget_on if notice else None)))
    changes = may(actor, Permission.KEEP_LONGER, thing)
    return Standing(group, rules()[group], day, put_off_before(actor, thing), notice, looked, longer, _as_seen(holds(thing), actor), changes)


@dataclass(frozen=True)
class Change:
    """One rule that is to be changed, with the days before and after.

    How many would go by it is not counted: whoever tries one number after the other would learn the day on which a single one ended (decision 57).
    """

    group: str
    before: int
    after: int

    @property
    def is_sooner(self) -> bool:
        return self.after < self.before

    @property
    def up_to(self) -> date | None:
        """What ended on this day or before is forgotten within two weeks; None when that is all that has ended."""
        day = timezone.localdate() + WARNED - timedelta(days=self.after)
        return day if day < timezone.localdate() else None


def changes(days: Mapping[Group, int]) -> list[Change]:
    now = rules()
    return [Change(str(group.label), now[group], wanted) for group, wanted in days.items() if wanted != now[group]]


def rules_in_words() -> list[dict[str, Any]]:
    return [{"key": group.label, "days": days} for group, days in rules().items()]


def all_holds(actor: Actor) -> list[Held]:
    """Every live hold, the next to be looked at first. Its reason is for supervisors, and for whoever wrote it."""
    rows = list(holds_before(actor).select_related("case", "referral").order_by(F("next_look"), "id"))
    ring.gather([hold.thing_id for hold in rows])
    return _as_seen(rows, actor)


def _as_seen(rows: list[LegalHold], actor: Actor) -> list[Held]:
    reads = actor.has(Role.SUPERVISOR)
    return [Held(h, h.thing.ref, h.reason if reads or h.by == actor.id else "", h.next_look) for h in rows]  # type: ignore[attr-defined]


def numbered(ref: str, actor: Actor) -> Thing | None:
    """The case or request with this number, unless it is hidden from the actor; a request that became a case is held with its case."""
    typed = ref.strip().upper()
    request = Referral.objects.filter(ref=typed).first()
    case = Case.objects.filter(referral=request).first() if request is not None else Case.objects.filter(ref=typed).first()
    if case is not None and hidden_from(actor).filter(pk=case.pk).exists():
        return None
    return case or request
