"""Whoever was asked which of some times works, and has not answered, is asked again at the programme's intervals."""

from __future__ import annotations

from django.db import transaction

from setfair.cases.models import Participation
from setfair.cases.queries import circle, held, here, lock
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.preparation.queries import break_of, has_stopped

from . import letters_of_offers as letters
from . import queries
from .models import Offer


def to_chase_offers() -> list[tuple[Offer, Participation]]:
    """Everyone of this programme who is asked about offered times and has said nothing about any of them."""
    live = Offer.objects.filter(ended_at__isnull=True, answer_by__gt=clock.now()).select_related("case", "programme").order_by("at", "id")
    return [(offer, person) for offer in live if held(offer.case) is None for person in circle(offer.case) if _is_silent(offer, person)]


@transaction.atomic
def chase_offer(offer: Offer, person: Participation, *, by: Actor) -> None:
    """Once more, if it is still so. Run twice it writes nothing twice: the last word to them was an interval ago or longer."""
    lock(offer.case)
    offer.refresh_from_db(fields=["ended_at"])
    if queries.asks_now(offer) and here(offer.case).filter(pk=person.pk).exists() and _is_silent(offer, person):
        letters.remind(offer, person, by=by)


def _is_silent(offer: Offer, person: Participation) -> bool:
    asked = queries.is_willing(person) and not has_stopped(person) and break_of(person) is None
    return asked and not queries.own_words(offer, person)
