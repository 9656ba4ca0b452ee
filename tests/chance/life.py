"""The machine that plays: hypothesis chooses the verbs, and makes a run that breaks a rule as short as it can."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack

from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from setfair.cases.models import Case
from setfair.desk.asking import lines
from setfair.village.build import Village

from .holds import TODAY, Ledger, owed
from .play import Play
from .verbs import VERBS

NAMED_BY = {TODAY: {"due", "in_the_way"}}
"""The rules of Today that a promise is named by; for whoever lies unseen, any will do."""
USUAL = ("ask", "accept", "add_the_two", "add_the_two", "assign_all", "prepare_all", "ready", "book", "the_day_comes", "convene",
         "all_come", "conclude", "draft", "promise", "present", "sign", "all_sign", "days_pass", "days_pass", "send_proof", "verify_it",
         "tell", "close")  # fmt: skip
"""The way that most cases go; some of the steps are taken from it in turn, so that runs get to the end of a case and not only round its beginning."""


NUMBERS = st.integers(0, 2**32)
FAR = st.integers(2, len(USUAL))
UPSETS = ("stop", "stop", "write_answer_down", "answer", "keep_out", "keep_apart", "change_place", "check_safety", "days_pass")
TRIES = 4
"""Such a thing is tried so often: by its own chance it mostly finds nothing to do."""
WHEN = tuple(USUAL.index(name) for name in ("ready", "book", "the_day_comes", "convene", "send_proof"))
"""Before which step: where most hangs on it."""
AS_USUAL = "as usual"
CHOSEN = st.sampled_from([*VERBS, *[AS_USUAL] * len(VERBS)])


class Counts:
    """Over all runs: what was done and what was refused, how many steps, and the stages that were reached."""

    def __init__(self) -> None:
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.reached: Counter[str] = Counter()
        self.steps = self.runs = 0


def machine(village: Village, counts: Counts) -> type[RuleBasedStateMachine]:
    """A life that starts in this village, which must lie there already and be lent afresh to each run."""

    class Life(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.around = ExitStack()
            self.real = timezone.now
            self.around.callback(setattr, timezone, "now", self.real)
            self.around.enter_context(village.inside())
            self.around.enter_context(transaction.atomic())
            self.around.callback(transaction.set_rollback, True)
            self.play = Play(village)
            timezone.now = lambda: self.play.now
            self.ledger, self.usual = Ledger(), 0
            counts.runs += 1

        def step(self, name: str, chance: int) -> bool:
            counts.steps += 1
            done = self.play.attempt(name, VERBS[name], chance)
            if done:
                self.hold()
            return done

        def hold(self) -> None:
            broken = next(self.ledger.breaches(self.play.now), "") or self.forgotten()
            assert not broken, broken

        def forgotten(self) -> str:
            """What Today does not name, though somebody should look. It is asked only where something is owed: it takes longer than the step."""
            due = owed(self.play.now, village.school.zone)
            for key in ("cora", "sven", "fadi"):
                seen = self.seen_by(key) if due else {}
                due = [(what, ref) for what, ref in due if not (seen.get(ref, set()) & NAMED_BY.get(what, seen.get(ref, set())))]
            return next((f"{what}: {ref}" for what, ref in due), "")

        def seen_by(self, key: str) -> dict[str, set[str]]:
            """By which rules of Today each case is named to them; whoever runs the cases is asked first, and mostly nobody else."""
            found: dict[str, set[str]] = {}
            for named_by, ref, *_rest in lines(village.actor(key), village.school, everyones=True):
                found.setdefault(ref, set()).add(named_by)
            return found

        @initialize(far=FAR, upset=st.sampled_from(UPSETS), when=st.sampled_from(WHEN), chance=NUMBERS)
        def somebody_asks(self, far: int, upset: str, when: int, chance: int) -> None:
            """And some way has been gone already, with one thing on it that upsets it: by chance alone few lives would come to the day."""
            for number, name in enumerate(USUAL[: max(far, when + 1)]):
                for again in range(TRIES if number == when else 0):
                    self.step(upset, chance + again)
                self.step(name, 1)
            self.usual = max(far, when + 1) % len(USUAL)

        @rule(verb=CHOSEN, chance=NUMBERS)
        def act(self, verb: str, chance: int) -> None:
            """Any verb, or the next step of the usual way from where it stopped; one that is refused there is mostly tried again later."""
            if verb != AS_USUAL:
                self.step(verb, chance)
            elif self.step(USUAL[self.usual % len(USUAL)], chance) or chance % 4 == 0:
                self.usual += 1

        def teardown(self) -> None:
            counts.done.update(self.play.done)
            counts.refused.update(self.play.refused)
            counts.reached.update(Case.objects.values_list("stage", flat=True))
            self.around.close()

    return Life
