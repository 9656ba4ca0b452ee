"""What the screens about keeping stand on: somebody asked for a copy, somebody to be forgotten, one is answered."""

from __future__ import annotations

from typing import Any

from setfair.cases.models import Participation
from setfair.core.actor import Actor, Kind
from setfair.keeping import actions as keeping
from setfair.keeping.asked import How, Wants, Why
from setfair.keeping.models import Asking
from setfair.keeping.queries import made_for
from setfair.referrals.models import Referral
from setfair.village.build import Village
from setfair.village.cast import CIRCLE
from setfair.village.forgetting import forgotten, near_its_day
from setfair.village.story import Story
from setfair.village.tallies import a_year_that_is_over


def near(village: Village) -> Story:
    return near_its_day(village, village.school, circle=CIRCLE, matter=6)


def _hand_over(village: Village, asking: Asking) -> None:
    seen = made_for(asking.whose).mark
    keeping.answer(asking, by=village.actor("cora"), how=How.GRANTED, why=Why.ALL, spoken=True, seen=seen)


def asked_and_gone(village: Village, at: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Where each of it stands, by the name of the state."""
    asked = {name: _ask(village, at[whose], wants) for name, whose, wants in (
        ("asked_copy", "following.hana", Wants.COPY),
        ("asked_forget", "following.hana", Wants.FORGET),
        ("asked_answered", "promised.hana", Wants.COPY),
    )}  # fmt: skip
    _hand_over(village, asked["asked_answered"])
    declined = Referral.objects.get(**at["declined"])
    by_asker = keeping.ask(declined, by=Actor(Kind.REFERRER, village.school.pk, declined.pk), wants=Wants.COPY)
    _hand_over(village, by_asker)
    gone = forgotten(village, village.school)[0]
    a_year_that_is_over()
    return {name: {"pk": asking.pk} for name, asking in asked.items()} | {"forgotten": {"ref": gone.ref}}


def _ask(village: Village, where: dict[str, Any], wants: str) -> Any:
    me = Participation.objects.get(**where)
    return keeping.ask(me, by=Actor(Kind.PARTICIPANT, village.school.pk, me.pk), wants=wants)
