"""The word that there is something to answer: once when a round opens, and again at intervals, only to whoever has said nothing yet."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation
from setfair.cases.queries import held, here, lock
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.journey import move
from setfair.letters.journey import NOT_GONE, Stage
from setfair.letters.models import Letter
from setfair.programmes import wording

from . import queries
from .asking import send_link
from .models import Round

EVERY = timedelta(days=3)
"""So long it is quiet after each word."""
TIMES = wording.letter(
    "times",
    _("To somebody who is asked when they could come"),
    _("You have a message"),
    _("Hi, you have a message from {programme}. Open {link} or call {phone}. The link works once, for 3 days."),
    fields=("programme", "link", "phone"),
)


def tell(asked: Round, person: Participation, *, by: Actor) -> None:
    """Write that there is a message, if they may be written to and have not been in this interval. What it is about stands on their page alone."""
    send_link(TIMES, person, key=f"{_of(asked, person)}{(clock.now() - asked.at) // EVERY}", by=by)


def to_chase() -> list[tuple[Round, Participation]]:
    """Everyone of this programme who has been asked for an interval or longer, and has not answered."""
    due = Round.objects.filter(ended_at__isnull=True, until__gt=clock.now(), at__lte=clock.now() - EVERY)
    live = due.select_related("case", "programme").order_by("at", "id")
    return [(asked, person) for asked in live if held(asked.case) is None for person in queries.silent_in(asked)]


@transaction.atomic
def chase(asked: Round, person: Participation, *, by: Actor) -> None:
    """Once more, if it is still so. Run twice it writes nothing twice: the letter's key names the round, the person and the interval."""
    lock(asked.case)
    asked.refresh_from_db(fields=["ended_at"])
    if asked.is_open and here(asked.case).filter(pk=person.pk).exists() and queries.own_word(asked, person) is None:
        tell(asked, person, by=by)


def stop(asked: Round, person: Participation | None, *, by: Actor) -> None:
    """What has not left is not sent: to one who has answered, or to nobody any more."""
    of = _of(asked, person) if person is not None else f"times:{asked.pk}:"
    for letter in Letter.objects.select_for_update(of=("self",)).filter(key__startswith=of, stage__in=NOT_GONE):
        move(letter, Stage.WITHDRAWN, by=by)


def _of(asked: Round, person: Participation) -> str:
    return f"times:{asked.pk}:{person.pk}:"
