"""Whose word lets somebody be bound by what is written down."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from setfair.cases.models import Participation

from ..models import Consent, SayAnswered


def lack_a_yes(people: Collection[Participation]) -> set[UUID]:
    """Those whose last word on taking part is not a yes, or for whom a parent or guardian last said anything else: two queries for all.

    A guardian who was found not to decide does not count, and none does for somebody who decides alone.
    """
    alone = {p.pk for p in people if p.decides_alone}
    said = Consent.objects.filter(participation__in=[p.pk for p in people], scope=Consent.Scope.TAKE_PART).order_by("at", "id")
    last: dict[tuple[UUID, UUID], str] = {}
    givers: dict[UUID, UUID] = {}
    for person, giver, who, answer in said.values_list("participation_id", "giver_id", "giver__person_id", "answer"):
        own = person == giver
        if own or person not in alone:
            last[(person, person if own else who)] = answer
            givers[giver] = who
    taken = SayAnswered.objects.filter(participation__in=givers, taken=True).values_list("participation_id", flat=True)
    no_say = {givers[giver] for giver in taken}
    yes = {person for (person, who), answer in last.items() if person == who and answer == Consent.Answer.YES}
    refused = {person for (person, who), answer in last.items() if person != who and who not in no_say and answer != Consent.Answer.YES}
    return {p.pk for p in people} - yes | refused
