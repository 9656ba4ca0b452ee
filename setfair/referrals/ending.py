"""An address of whoever asked ends by itself: they wrote STOP, it was the wrong number, or it gave everything back."""

from __future__ import annotations

from uuid import UUID

from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.letters.actions import withdraw_unsent_to
from setfair.letters.ends import End
from setfair.letters.marks import is_surely_one
from setfair.letters.models import Channel
from setfair.vault import ring

from .gate import WAY_OF
from .journey import Stage
from .models import Referral


def end_address(end: End, by: Actor) -> list[UUID]:
    """End this one address, and no other of theirs, for everybody who asked and gave it. Who they are, but for those whose request became a case:
    its people are told of."""
    names = {WAY_OF[Channel(channel)] for channel in end.channels} | ({"call"} if end.is_a_strangers else set())
    there = list(Referral.objects.order_by("pk"))
    ring.gather(referral.pk for referral in there)
    ended = [referral.pk for referral in there if _gone(referral, names, end)]
    for referral in Referral.objects.select_for_update(of=("self",)).filter(pk__in=ended).order_by("pk"):
        gone = _gone(referral, names, end)
        referral.reach = {name: value for name, value in _reach(referral).items() if name not in gone}
        referral.save(update_fields=["reach"])
        for name in gone:
            record("closed_way", referral, by=by, way=name)
        withdraw_unsent_to(end.address, reader=referral.pk, by=by)
    return [referral.pk for referral in there if referral.pk in ended and referral.stage != Stage.ACCEPTED]


def _gone(referral: Referral, names: set[str], end: End) -> list[str]:
    known = _reach(referral)
    return sorted(name for name in names if isinstance(known.get(name), str) and is_surely_one(known[name], end.address))


def _reach(referral: Referral) -> dict[str, str]:
    try:
        return referral.reach or {}
    except ring.WordsAreGone:
        return {}
