"""A small card for a pocket: when, where, whom to call."""

from __future__ import annotations

from django.utils import translation

from setfair.cases.models import Participation
from setfair.letters import channels
from setfair.scheduling.letters import card_words
from setfair.scheduling.queries import arrival, lies_ahead, live_booking, may_know
from setfair.scheduling.said import clock_of


def card(me: Participation, *, language: str) -> bytes | None:
    """For somebody who may know of a time that lies ahead; None while there is none."""
    booking = live_booking(me.case)
    if booking is None or not lies_ahead(booking) or not may_know(booking, me):
        return None
    with translation.override(language):
        words = card_words(booking, arrival(booking, me), clock_of(me, booking.programme))
        return channels.card(words.subject, words.body, language)
