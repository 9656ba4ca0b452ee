"""What is asked of a slip before it is written down: whose it is, under which words, and whether they said anything else since."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.core import clock
from setfair.preparation.models import Acknowledgement, Consent, ObserverAnswer
from setfair.preparation.queries import answer_of
from setfair.preparation.refusal import CannotPrepare
from setfair.preparation.watching import said_about
from setfair.scheduling.queries import live_booking
from setfair.scheduling.still import asked_from
from setfair.voices.models import Hope, OwnWords
from setfair.voices.queries import hope_of, own_words

from .foot import is_theirs, language_read
from .slip import HOPES, OWN, PART, READS, STILL, STOP, STOP_CHILD, WATCH, Ask, is_signing

Word = Consent | Acknowledgement | ObserverAnswer
STANDS_FOR = (PART, STILL)
"""Beside the questions and who may watch: where a yes stands for something."""


def is_yes(ask: Ask, said: dict[str, Any]) -> bool:
    """A yes by which something goes ahead; to be asked, or to go on after a break, is none."""
    stands = ask.question is not None or ask.name in STANDS_FOR or ask.name.startswith(WATCH) or is_signing(ask.name)
    return stands and said.get(ask.name) == "yes"


def not_both(me: Participation, asked: list[Ask], said: dict[str, Any]) -> None:
    """Where a yes and a stop are ticked for the same person, nobody knows what they want."""
    for stop, yes in ((STOP, [a for a in asked if a.is_part_of(me) or a.name == STILL]), (STOP_CHILD, [a for a in asked if a.is_for_another(me)])):
        if said.get(stop) == "stop" and any(said.get(ask.name) == "yes" for ask in yes):
            raise CannotPrepare(_("Both a yes and a stop are ticked. Please ask them. Until then, type in the stop alone."))


def read_in(me: Participation, foot: str, language: str, has_yes: bool) -> str:
    """The language in which they read it. A no and a stop count under whatever words they were printed."""
    if not is_theirs(me, foot):
        raise CannotPrepare(_("This is not the mark of their paper. Look once more: it may be somebody else's."))
    read = language_read(me, foot)
    if has_yes and not read:
        raise CannotPrepare(_("What we ask has changed since this was printed. Here a yes does not count; a no does. Print it anew, and ask."))
    return read or language


def nothing_since(ask: Ask, me: Participation, on: date) -> None:
    """A paper that was on its way is older than what they said meanwhile, and than a day that was booked meanwhile."""
    booking = live_booking(me.case) if ask.name == STILL else None
    if booking is not None:
        zone = me.programme.zone
        if on < max(clock.local(booking.made_at, zone).date(), clock.local(asked_from(booking), zone).date()):
            raise CannotPrepare(_("They wrote this before we asked about the day that is booked now. Please ask them."))
    last = _last_word(ask, me)
    if last is not None and not _is_a_yes(last) and _day_of(last, me) > on:
        raise CannotPrepare(_("They said something else after the day on this paper: %(what)s. Please ask them.") % {"what": ask.title})


def no_newer_words(me: Participation, asked: list[Ask], on: date) -> None:
    """What they hope for, and their own words, count as they said them last: an older paper takes no newer word away."""
    names = {ask.name for ask in asked}
    for last, theirs in ((hope_of(me), {HOPES}), (own_words(me), {*OWN, READS})):
        if last is not None and names & theirs and _day_of(last, me) > on:
            what = next(ask.title for ask in asked if ask.name in theirs)
            raise CannotPrepare(_("They said something else after the day on this paper: %(what)s. Please ask them.") % {"what": what})


def _last_word(ask: Ask, me: Participation) -> Word | None:
    if ask.question is not None and ask.about is not None:
        return answer_of(ask.about, giver=me, scope=ask.question.scope, recipient=ask.question.recipient)
    if ask.about is not None:
        return said_about(me).get(ask.about.pk)
    return Acknowledgement.objects.filter(participation=me).order_by("at", "id").last() if ask.name == PART else None


def _is_a_yes(word: Word) -> bool:
    return word.given if isinstance(word, Acknowledgement) else word.answer == "yes"


def _day_of(word: Word | Hope | OwnWords, me: Participation) -> date:
    return word.slip.on if word.slip is not None else clock.local(word.at, me.programme.zone).date()
