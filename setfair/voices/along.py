"""What somebody hopes for, and wants to say, goes along with them to another place: it is theirs, whatever they are here as."""

from __future__ import annotations

from setfair.cases.models import Participation
from setfair.preparation.along import again

from .queries import hope_of, own_words


def carry(was: Participation, now: Participation) -> None:
    hope = hope_of(was)
    if hope is not None:
        again(hope, was, now)
    words = own_words(was)
    if words is not None:
        again(words, was, now, by=now.pk)
