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
from setfair.letters.actions import Words, write
from setfair.letters.journey import NOT_GONE, Stage
from setfair.letters.models import Letter
from setfair.people.queries import held_address
from setfair.programmes import wording
from setfair.programmes.speaking import in_language

from . import queries
from .asking import send_link, wants_no_word
from .letters import post_of
from .models import Round
from .said import clock_of, until

TIMES = wording.letter(
    "times",
    _("To somebody who is asked when they could come"),
    _("You have a message"),
    _("Hi, you have a message from {programme}. Open {link} or call {phone}. The link works once, as long as the question is open."),
    fields=("programme", "link", "phone"),
)


ON_PAPER = wording.letter(
    "times_on_paper",
    _("The same on paper, with the times to tick"),
    _("You have a message"),
    _("Hello,\n\nWhen could you come? Please tick the times that work for you, and tell us before {until}.\n\n{times}\n\n"
      "None of them? Tell us that too. Questions? {phone}"),
    fields=("until", "times", "phone"),
)  # fmt: skip


def tell(asked: Round, person: Participation, *, by: Actor) -> None:
    """Write that there is a message, if they may be written to and have not been for an interval. What it is about stands on their page alone;
    to whom no link goes, it goes on paper, with the times, and once."""
    known = Letter.objects.filter(key__startswith=_of(asked, person))
    key = f"{_of(asked, person)}{(clock.now() - asked.at).days}"
    if not known.filter(made_at__gt=clock.now() - _quiet(asked)).exists():
        send_link(TIMES, person, key=key, by=by, until=asked.until)
    if not known.exists() and held_address(person.person, opens=True) is None and not wants_no_word(person):
        with in_language(person.person.language):
            write(_on_paper(asked, person), to=post_of(person.person), reader=person.person_id, case=asked.case_id, key=key, by=by, until=asked.until)


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


def _on_paper(asked: Round, person: Participation) -> Words:
    theirs, programme = clock_of(person, asked.programme), asked.programme
    times = "\n".join(f"[  ] {theirs.when(t.starts, t.ends)}" for t in queries.times_of(asked))
    return ON_PAPER.words(until=until(asked.until, theirs.own), times=times, phone=programme.phone or programme.room)


def _quiet(asked: Round) -> timedelta:
    """So long it is quiet after each word, as the programme says; what it says anew counts for rounds that are open already."""
    return timedelta(days=asked.programme.chase_days)


def _of(asked: Round, person: Participation) -> str:
    return f"times:{asked.pk}:{person.pk}:"
