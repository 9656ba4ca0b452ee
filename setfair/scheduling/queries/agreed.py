"""To which hour those who hold it said yes, and for how long: that can be booked, and about another, or for longer, they are asked anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from setfair.cases.models import Assignment, Case, Duty
from setfair.core import clock

from ..models import Booking

Answer = Duty.Answer


@dataclass(frozen=True)
class Asked:
    """What people were asked about hours of one case, and said, by facilitator. Whoever was put on its `team` by hand was asked about none, and
    stands in no hour's way."""

    team: Sequence[Assignment]
    said: dict[UUID, list[Duty]]

    def said_no(self, starts_at: datetime, minutes: int) -> list[Assignment]:
        return [one for one in self.team if self._last(one, starts_at, minutes) == Answer.NO]

    def of_another(self, starts_at: datetime, minutes: int) -> list[Assignment]:
        """Those who said yes to another hour, or to a shorter one, and nothing of this one."""
        return [one for one in self.team if not self._last(one, starts_at, minutes) and self.last_yes(one)]

    def last_yes(self, one: Assignment) -> Duty | None:
        yes = [duty for duty in self.said.get(one.facilitator_id, ()) if duty.answer == Answer.YES]
        return max(yes, key=_when, default=None)

    def _last(self, one: Assignment, starts_at: datetime, minutes: int) -> str:
        """A yes is one for as long as was asked, and a no for that long and longer; a no to more counts where nothing else was said."""
        here = [duty for duty in self.said.get(one.facilitator_id, ()) if duty.starts_at == starts_at]
        yes = [duty for duty in here if duty.answer == Answer.YES and minutes <= duty.minutes]
        no = [duty for duty in here if duty.answer == Answer.NO]
        spoken = yes + ([duty for duty in no if duty.minutes <= minutes] if yes else no)
        return max(spoken, key=_when).answer if spoken else ""


@dataclass(frozen=True)
class Agreed:
    """By hour that lies ahead: who said yes to it last. `hour` is the one to which all did, where nobody else is still asked; all did for
    `minutes`, some perhaps for longer."""

    words: dict[datetime, list[str]]
    minutes: int
    waits: bool

    @property
    def hour(self) -> datetime | None:
        return next(iter(self.words)) if len(self.words) == 1 and not self.waits else None


def asked_of(case: Case, on_it: Iterable[Assignment]) -> Asked:
    """One query, however many they are."""
    found = dict[UUID, list[Duty]]()
    for duty in Duty.objects.filter(case=case).annotate(holds=ExpressionWrapper(~was_given_back(), BooleanField())):
        found.setdefault(duty.facilitator_id, []).append(duty)
    return Asked(list(on_it), found)


def agreed_of(asked: Asked) -> Agreed:
    """To which hours that lie ahead, and were not given back since, those who hold it said yes last. It asks the database nothing."""
    now, words = clock.now(), dict[datetime, list[str]]()
    last = [(one, asked.last_yes(one)) for one in asked.team]
    yes = [(one, duty) for one, duty in last if duty is not None and duty.starts_at > now and duty.holds]  # type: ignore[attr-defined]
    for one, duty in sorted(yes, key=lambda row: row[1].starts_at):
        words.setdefault(duty.starts_at, []).append(one.facilitator.user.name)
    minutes = min((duty.minutes for _one, duty in yes), default=0)
    return Agreed(words, minutes, any(duty.is_open for some in asked.said.values() for duty in some))


def was_given_back() -> Q:
    """Of a yes: its hour was booked, and given back since. It is not what the team waits for any more."""
    lost = Booking.objects.filter(case=OuterRef("case"), during__startswith=OuterRef("starts_at"), released_at__gte=OuterRef("answered_at"))
    return Q(Exists(lost))


def names_of(some: Iterable[Assignment]) -> list[str]:
    return [one.facilitator.user.name for one in some]


def _when(duty: Duty) -> tuple[datetime, UUID]:
    return duty.answered_at or duty.asked_at, duty.pk
