"""What somebody hopes for and wants to say, who speaks for them and whom they would like beside them goes along to another place: it is theirs."""

from __future__ import annotations

from setfair.cases.models import Participation
from setfair.preparation.along import again

from .companions import waiting
from .queries import hope_of, own_words
from .standing_in import chosen


def carry(was: Participation, now: Participation) -> None:
    for said in (hope_of(was), own_words(was), chosen(was), *waiting().filter(participation=was)):
        if said is not None:
            again(said, was, now)
