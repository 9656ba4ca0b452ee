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

TIMES = wording.letter(
    "times",
    _("To somebody who is asked when they could come"),
    _("You have a message"),
    _("Hi, you have a message from {programme}. Open {link} or call {phone}. The link works once, for 3 days."),
    fields=("programme", "link", "phone"),
)


def tell(asked: Round, person: Participation, *, by: Actor) -> None:
    """Write that there is a message, if they may be written to and have not been for an interval. What it is about stands on their page alone."""
    if not Letter.objects.filter(key__startswith=_of(asked, person), made_at__gt=clock.now() - _quiet(asked)).exists():
        send_link(TIMES, person, key=f"{_of(asked, person)}{(clock.now() - asked.at).days}", by=by)


def to_chase() -> list[tuple[Round, Participation]]:
    """Everyone of this programme who has been asked for an interval or longer, and has not answered."""
    live = Round.objects.filter(ended_at__isnull=True, until__gt=clock.now()).select_related("case", "programme").order_by("at", "id")
    due = [asked for asked in live if asked.at <= clock.now() - _quiet(asked) and held(asked.case) is None]
    return [(asked, person) for asked in due for person in queries.silent_in(asked)]


@transaction.atomic
def chase(asked: Round, person: Participation, *, by: Actor) -> None:
    """Once more, if it is still so. Run twice it writes nothing twice: the last word to them was an interval ago or longer."""
    lock(asked.case)
    asked.refresh_from_db(fields=["ended_at"])
    if asked.is_open and here(asked.case).filter(pk=person.pk).exists() and queries.own_word(asked, person) is None:
        tell(asked, person, by=by)


def stop(asked: Round, person: Participation | None, *, by: Actor) -> None:
    """What has not left is not sent: to one who has answered, or to nobody any more."""
    of = _of(asked, person) if person is not None else f"times:{asked.pk}:"
    for letter in Letter.objects.select_for_update(of=("self",)).filter(key__startswith=of, stage__in=NOT_GONE):
        move(letter, Stage.WITHDRAWN, by=by)


def _quiet(asked: Round) -> timedelta:
    """So long it is quiet after each word, as the programme says; what it says anew counts for rounds that are open already."""
    return timedelta(days=asked.programme.chase_days)


def _of(asked: Round, person: Participation) -> str:
    return f"times:{asked.pk}:{person.pk}:"
