"""Each answer of a slip becomes the fact that it would have been on their own page, and leads to who saw it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils import translation

from setfair.agreements import actions as agreements
from setfair.agreements.models import Signature
from setfair.agreements.queries import lying_for
from setfair.cases.models import Participation
from setfair.core.actor import Actor
from setfair.exchanges import actions as exchanges
from setfair.journal.journey import WrongStep
from setfair.preparation import actions as preparation
from setfair.preparation.models import Consent, Slip
from setfair.preparation.queries import break_of
from setfair.preparation.refusal import CannotPrepare
from setfair.preparation.yes import Scope
from setfair.scheduling import rounds
from setfair.scheduling.models import RoundAnswer
from setfair.scheduling.queries import live_booking, live_round
from setfair.scheduling.still import day_of
from setfair.voices import companions
from setfair.voices.actions import hope, name_companion, take_down_words
from setfair.voices.models import OwnWords

from .slip import (
    ALL,
    GO_ON,
    HOPES,
    OWN,
    PART,
    REACH,
    READS,
    STILL,
    STOP,
    STOP_CHILD,
    SUPPORT,
    TIMES,
    WANT,
    WATCH,
    Ask,
    is_signing,
    signing_of,
    words_of,
)

TALKS = ("call", "talk")


@dataclass(frozen=True)
class Writing:
    """One slip as it is written down: whose it is (`me`), by whom, and all that was `said` on it. `older` is a paper from before
    a spelling was put right in what lies there to be signed."""

    slip: Slip
    me: Participation
    by: Actor
    said: dict[str, Any]
    older: bool = False

    def write(self, asked: list[Ask]) -> None:
        """Stops come last: what they say beside a stop is kept, and nothing after it goes ahead."""
        for ask in sorted(asked, key=lambda one: one.name in (STOP, STOP_CHILD)):
            self._one(ask, self.said.get(ask.name))
        if any(self._words(name) for name in OWN):
            reads = self.said.get(READS) or OwnWords.Reads.ME
            take_down_words(self.me, by=self.by, slip=self.slip, reads=reads, **{name: self._words(name) for name in OWN})
        self._times([ask.name for ask in asked if ask.name.startswith(f"{TIMES}.")])
        if any(self.said.get(ask.name) in TALKS for ask in asked if not ask.name.startswith((WATCH, f"{TIMES}."))):
            preparation.ask_call(self.me, by=self.by, slip=self.slip)

    def _one(self, ask: Ask, answer: Any) -> None:
        """A wish to talk is no answer, but to whether somebody may watch."""
        if ask.name.startswith(WATCH) and ask.about is not None and answer:
            preparation.answer_observer(self.me, by=self.by, observer=ask.about, answer=answer, method=self.slip.method, slip=self.slip)
        elif answer in TALKS:
            return
        elif ask.question is not None and ask.about is not None:
            self._consent(ask.about, scope=ask.question.scope, recipient=ask.question.recipient, answer=answer)
        elif ask.name in (STOP, STOP_CHILD):
            self._stop(ask.about or self.me, answer)
        elif is_signing(ask.name):
            self._sign(ask.name, answer)
        elif ask.name in BY_NAME:
            BY_NAME[ask.name](self, answer)

    def _times(self, names: list[str]) -> None:
        """What stands beside each time of the round that is open."""
        asked, said = live_round(self.me.case), {name.partition(".")[2]: self.said[name] for name in names}
        if asked is None or not said:
            return
        of_all = said.pop(ALL, "")
        times = {datetime.fromtimestamp(int(key), UTC): word for key, word in said.items()}
        means = RoundAnswer.Means.NONE if of_all == "none" else RoundAnswer.Means.TIMES
        try:
            rounds.answer(asked, self.me, by=self.by, times=times, means=means, call=of_all == "call", slip=self.slip)
        except (rounds.CannotAsk, rounds.IsOver) as reason:
            raise CannotPrepare(str(reason)) from reason

    def _consent(self, about: Participation, **said: Any) -> None:
        slip = self.slip
        preparation.consent(about, by=self.by, giver=self.me, method=slip.method, language=slip.language, slip=slip, **said)

    def _stop(self, about: Participation, answer: str) -> None:
        if answer == "break":
            preparation.take_a_break(about, by=self.by, giver=self.me, slip=self.slip)
        else:
            self._consent(about, scope=Scope.TAKE_PART, answer=Consent.Answer.WITHDRAWN)

    def _still(self, answer: str) -> None:
        booking = live_booking(self.me.case)
        if answer == "yes" and booking is not None:
            preparation.say_still(self.me, by=self.by, for_day=day_of(booking), slip=self.slip)
        elif answer == "no":
            self._stop(self.me, "stop")

    def _part(self, answer: str) -> None:
        preparation.acknowledge(self.me, by=self.by, given=answer == "yes", method=self.slip.method, slip=self.slip)

    def _hopes(self, goals: Any) -> None:
        hope(self.me, by=self.by, goals=goals or (), words=self._words(HOPES), slip=self.slip)

    def _beside(self, answer: str) -> None:
        """One whom they named already is not named twice."""
        name, reach = " ".join(self._words(SUPPORT).split()), self._words(REACH)
        if not name or answer in ("wanted", "none") or name in {str(one.companion.name) for one in companions.chosen_by(self.me) if one.waits}:
            return
        name_companion(self.me, by=self.by, name=name, reach=reach, may_write=self.said.get(REACH) == "yes", slip=self.slip)

    def _want(self, answer: str) -> None:
        exchanges.want(self.me, by=self.by, wants=answer)

    def _go_on(self, answer: str) -> None:
        begun = break_of(self.me)
        if answer == "yes" and begun is not None:
            preparation.go_on(begun, by=self.by)

    def _sign(self, name: str, answer: str) -> None:
        """Under the words in the language in which they stood on the paper, of the agreement that was asked about."""
        agreement, words = next((one for one in lying_for(self.me) if signing_of(one) == name), None), self._words(name)
        if agreement is None:
            return
        who = {"by": self.by, "participation": self.me}
        try:
            with translation.override(self.slip.language):
                if answer == "yes":
                    name = words or self.me.person.shown
                    agreements.sign(agreement, **who, method=Signature.Method.PAPER, typed_name=name, before_spelling=self.older)
                elif answer == "no":
                    agreements.hold_back(agreement, **who, words=words)
                elif words:
                    agreements.say_wrong(agreement, **who, words=words)
        except (agreements.CannotSign, WrongStep) as reason:
            raise CannotPrepare(str(reason)) from reason

    def _words(self, name: str) -> str:
        return str(self.said.get(words_of(name)) or "").strip()


BY_NAME = {
    STILL: Writing._still, PART: Writing._part, HOPES: Writing._hopes, SUPPORT: Writing._beside, WANT: Writing._want, GO_ON: Writing._go_on,
}  # fmt: skip
