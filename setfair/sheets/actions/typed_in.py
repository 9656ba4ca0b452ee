"""What came back on paper, or was said in its place, typed in for somebody: each answer becomes the fact that it is, and leads to who saw it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.preparation import actions as preparation
from setfair.preparation.models import Acknowledgement, Consent, Slip, SlipLook
from setfair.preparation.queries import answer_of
from setfair.preparation.refusal import CannotPrepare
from setfair.preparation.writing import latest_today, open_case_of, write_once
from setfair.preparation.yes import Scope
from setfair.voices.actions import hope

from ..slip import HOPES, OWN_WORDS, PART, STOP, SUPPORT, Ask, is_theirs, language_read, slip_of, words_of

TALKS = ("call", "talk")


@transaction.atomic
def type_in(
    me: Participation, *, by: Actor, method: str, on: date, seen_by: str, language: str, said: dict[str, Any], foot: str = ""
) -> Slip:  # fmt: skip
    """Write down a slip and every answer on it.

    `said` is by the name of each `Ask`, with `words_of` beside it; what is left out is no answer.
    Where a yes and a stop are both ticked nothing is written: somebody asks them. Nor is a yes where they said something else since, or
    where the words under it were others than those of today. Of paper the `foot` says whose it is, and in which words.
    """
    open_case_of(me)
    if not clock.EARLIEST <= on <= latest_today(me.case):
        raise CannotPrepare(_("Please check the date."))
    if not seen_by.strip():
        raise CannotPrepare(_("Please write who saw it."))
    if not any(said.values()):
        raise CannotPrepare(_("Nothing is filled in yet."))
    asked = [ask for ask in slip_of(me) if said.get(ask.name) or said.get(words_of(ask.name))]
    if said.get(STOP) == "stop" and any(said.get(ask.name) == "yes" for ask in asked if ask.is_part_of(me)):
        raise CannotPrepare(_("Both a yes and a stop are ticked. Please ask them. Until then, type in the stop alone."))
    if method == Slip.Method.PAPER:
        language = _read_in(me, foot, language, any(_is_yes(ask, said) for ask in asked))
    for ask in asked:
        if _is_yes(ask, said):
            _check_nothing_since(ask, me, on)
    beside = {"support": said.get(SUPPORT, ""), "support_name": said.get(words_of(SUPPORT), ""), "words": said.get(words_of(OWN_WORDS), "")}
    slip: Slip = write_once("typed_in", Slip, me, by, {"method": method, "on": on, "seen_by": seen_by.strip(), "language": language, **beside})
    for ask in asked:
        _write_down(ask, said, slip, me, by)
    if any(said.get(ask.name) in TALKS for ask in asked):
        preparation.ask_call(me, by=by, slip=slip)
    return slip


@transaction.atomic
def compare(slip: Slip, *, by: Actor) -> SlipLook:
    """Somebody else has laid the paper beside what was typed in, and it is the same."""
    open_case_of(slip.participation)
    if by.id is None or slip.by == by.id:
        raise CannotPrepare(_("Somebody else than whoever typed it in compares it."))
    look, made = SlipLook.objects.get_or_create(slip=slip, defaults={"by": by.id})
    if made:
        record("compared", slip.participation, by=by)
    return look


def _is_yes(ask: Ask, said: dict[str, Any]) -> bool:
    """A yes that stands for something; a yes with nothing asked of it is none."""
    return (ask.question is not None or ask.name == PART) and said.get(ask.name) == "yes"


def _read_in(me: Participation, foot: str, language: str, has_yes: bool) -> str:
    """The language in which they read it. A no and a stop count under whatever words they were printed."""
    if not is_theirs(me, foot):
        raise CannotPrepare(_("This is not the mark of their paper. Look once more: it may be somebody else's."))
    read = language_read(me, foot)
    if has_yes and not read:
        raise CannotPrepare(_("What we ask has changed since this was printed. Here a yes does not count; a no does. Print it anew, and ask."))
    return read or language


def _check_nothing_since(ask: Ask, me: Participation, on: date) -> None:
    """A paper that was on its way is older than what they said meanwhile."""
    last = _last_word(ask, me)
    if last is not None and not _is_a_yes(last) and _day_of(last, me) > on:
        raise CannotPrepare(_("They said something else after the day on this paper: %(what)s. Please ask them.") % {"what": ask.title})


def _last_word(ask: Ask, me: Participation) -> Consent | Acknowledgement | None:
    if ask.question is not None and ask.about is not None:
        return answer_of(ask.about, giver=me, scope=ask.question.scope, recipient=ask.question.recipient)
    return Acknowledgement.objects.filter(participation=me).order_by("at", "id").last()


def _is_a_yes(word: Consent | Acknowledgement) -> bool:
    return word.answer == Consent.Answer.YES if isinstance(word, Consent) else word.given


def _day_of(fact: Consent | Acknowledgement, me: Participation) -> date:
    return fact.slip.on if fact.slip is not None else clock.local(fact.at, me.programme.zone).date()


def _write_down(ask: Ask, said: dict[str, Any], slip: Slip, me: Participation, by: Actor) -> None:
    """One answer; a wish to talk is none."""
    answer = said.get(ask.name)
    if answer in TALKS:
        return
    if ask.question is not None and ask.about is not None:
        _answer(ask.about, slip, me, by, scope=ask.question.scope, recipient=ask.question.recipient, answer=answer)
    elif ask.name == PART:
        preparation.acknowledge(me, by=by, given=answer == "yes", method=slip.method, slip=slip)
    elif ask.name == HOPES:
        hope(me, by=by, goals=answer or (), words=said.get(words_of(HOPES), ""), slip=slip)
    elif ask.name == STOP and answer == "break":
        preparation.take_a_break(me, by=by, giver=me, slip=slip)
    elif ask.name == STOP:
        _answer(me, slip, me, by, scope=Scope.TAKE_PART, answer=Consent.Answer.WITHDRAWN)


def _answer(about: Participation, slip: Slip, giver: Participation, by: Actor, **said: Any) -> None:
    preparation.consent(about, by=by, giver=giver, method=slip.method, language=slip.language, slip=slip, **said)
