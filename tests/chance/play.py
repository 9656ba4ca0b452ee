"""One life of a programme, played at random: two cases at most, and everybody who could do anything in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar

from django.db import connection, transaction
from django.utils import timezone

from setfair.aftercare.actions import CannotCheckIn
from setfair.agreements.actions import CannotFollow, CannotSign, CannotWrite
from setfair.agreements.models import Agreement, Item
from setfair.cases.actions import CannotChange
from setfair.cases.models import Case, Participation
from setfair.conferences.actions import CannotConvene, CannotGoOn
from setfair.conferences.models import Conference
from setfair.core.actor import Actor
from setfair.journal.journey import WrongStep
from setfair.outcomes.actions import CannotClose, CannotTell, CannotWish
from setfair.people.actions import CannotAdd
from setfair.preparation.actions import CannotPrepare
from setfair.referrals.models import Referral
from setfair.referrals.refusal import CannotAsk, CannotScreen, CannotTalk
from setfair.scheduling.actions import CannotAnswer, CannotBook, CannotRelease
from setfair.village.build import Village

REFUSED = (
    CannotAdd, CannotAnswer, CannotAsk, CannotBook, CannotChange, CannotCheckIn, CannotClose, CannotConvene, CannotFollow, CannotGoOn, CannotPrepare,
    CannotRelease, CannotScreen, CannotSign, CannotTalk, CannotTell, CannotWish, CannotWrite, WrongStep,
)  # fmt: skip
"""What an action may answer besides doing it: a sentence for whoever asked. Anything else is a fault."""

BEGAN_AGO = timedelta(days=240)
Row = TypeVar("Row")


class NothingThere(Exception):
    """There is nothing that this verb could be done to now."""


@dataclass
class Play:
    """`chance` is what the next verb draws from; `done` and `refused` count, by verb."""

    village: Village
    now: datetime = field(default_factory=lambda: timezone.now() - BEGAN_AGO)
    chance: Random = field(default_factory=Random)
    done: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)

    def pick(self, among: Sequence[Row]) -> Row:
        """One of these, as the numbers fall; `NothingThere` when there is none."""
        if not among:
            raise NothingThere
        return among[self.number() % len(among)]

    def number(self) -> int:
        return self.chance.randrange(1 << 16)

    def attempt(self, name: str, verb: Callable[[Play], Any], chance: int) -> bool:
        """Do it whole or not at all, with all that the database holds back until a commit; says whether it was done."""
        self.chance = Random(chance)
        self.now += timedelta(minutes=1 + self.number() % 30)
        try:
            with transaction.atomic():
                verb(self)
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        except NothingThere:
            return False
        except REFUSED:
            self.refused[name] = self.refused.get(name, 0) + 1
            return False
        self.done[name] = self.done.get(name, 0) + 1
        return True

    # Who acts.

    @property
    def coordinator(self) -> Actor:
        return self.village.actor("cora")

    @property
    def lead(self) -> Actor:
        return self.village.actor("fadi")

    @property
    def supervisor(self) -> Actor:
        return self.village.actor("sven")

    def me(self, participation: Participation) -> Actor:
        return self.village.as_participant(participation)

    # What there is to act on.

    def request(self) -> Referral:
        return self.pick(list(Referral.objects.order_by("received_at", "id")))

    def case(self) -> Case:
        """An open case, or now and then a closed one, to which nothing should happen any more."""
        cases = list(Case.objects.select_related("programme", "coordinator").order_by("opened_at", "id"))
        living = [case for case in cases if case.stage != "closed"]
        return self.pick(living or cases) if self.number() % 8 else self.pick(cases)

    def people(self, case: Case) -> list[Participation]:
        rows = case.participations.select_related("person", "stands_by__person", "case__programme", "case__coordinator")
        return list(rows.order_by("added_at", "id"))

    def somebody(self) -> Participation:
        """Of the circle, or now and then somebody who has left it."""
        people = self.people(self.case())
        here = [person for person in people if person.left_at is None]
        return self.pick(here or people) if self.number() % 8 else self.pick(people)

    def conference(self) -> Conference:
        found = list(Conference.objects.filter(case=self.case()).select_related("case__programme").order_by("planned_at", "id"))
        return found[-1] if found and self.number() % 6 else self.pick(found)

    def agreement(self) -> Agreement:
        found = list(Agreement.objects.filter(case=self.case()).select_related("case__programme").order_by("number", "version"))
        return found[-1] if found and self.number() % 6 else self.pick(found)

    def item(self) -> Item:
        return self.pick(
            list(self.agreement().items.select_related("owner__person", "case__programme", "agreement__case__programme").order_by("order"))
        )
