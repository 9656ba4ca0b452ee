"""Lives of a programme played at random: whatever is done, in whatever order, what must hold holds.

By default a few lives, others each day (SEED= chooses); FULL=1 plays two thousand, part by part, two parts at a time.
A run that never got to the end of a case would prove nothing, so every verb has to have been done, and every stage reached.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench.figure import FULL, SEED, Figure, Plant, Result, Trial, trials
from bench.ledger import Ledger
from bench.suite import run

TEST = "tests/chance/test_chance.py"
STEPS, LIVES_OF_A_PART = 200, 50
PARTS = 40 if FULL else 1
LIVES = LIVES_OF_A_PART if FULL else 25
AT_ONCE = 2
"""Each part is a process and a database of its own."""
OF_A_TRIAL, STEPS_OF_A_TRIAL = 20, 60
STAGES = {"preparing", "ready", "scheduled", "convened", "following_up", "closed"}
PLANTS = (
    Plant("ready-whatever-is-missing", "the day away"),
    Plant("stop-unheard", "the day away"),
    Plant("answers-overwritten", "stays as it was"),
    Plant("kept-out-for-show", "kept out of"),
    Plant("no-line-written", "line of the journal"),
    Plant("promises-forgotten", "whose day has passed"),
)


def _measure() -> Result:
    ledger = Ledger("invariants")
    chances = {f"{part + 1}/{PARTS}" if FULL else f"chance {SEED + part}": part + 1 if FULL else SEED + part for part in range(PARTS)}
    waiting = [name for name in chances if name not in ledger.found]
    with ThreadPoolExecutor(AT_ONCE) as two:
        list(two.map(lambda name: print(f"{name}: {ledger.put(name, _lives(LIVES, chances[name]))}", flush=True), waiting))
    parts = [ledger.found[name] for name in chances]
    whole: Counter[str] = Counter()
    for part in parts:
        whole.update({name: part[name] for name in ("runs", "steps", "done", "refused")})
    never = set.intersection(*(set(part["never"].split()) for part in parts))
    reached = {stage.split(":")[0] for part in parts for stage in part["reached"].split()}
    broken = sum(not part["passed"] for part in parts)
    for missing in sorted(never) if FULL else []:
        print(f"never done: {missing}")
    unit = f"broken of {parts[0]['rules']} rules in {whole['runs']} lives of {STEPS} steps ({whole['done']} acts done, {whole['refused']} refused)"
    met = not broken and (not FULL or (not never and reached >= STAGES))
    return Result(str(broken), unit, met, n=f"{whole['runs']} lives, {whole['steps']} steps", seed=None if FULL else SEED)


def _lives(lives: int, chance: int, plant: str = "", steps: int = STEPS) -> dict[str, Any]:
    """A life that breaks a rule under a planted fault is not made short first: nobody has to understand it."""
    (test,) = run(TEST, plant=plant, LIVES_RUNS=str(lives), LIVES_STEPS=str(steps), LIVES_CHANCE=str(chance), LIVES_SHRINK="0" if plant else "1")
    nothing = {"runs": 0, "steps": 0, "done": 0, "refused": 0, "never": "", "reached": "", "rules": 0, "broken": ""}
    notes: dict[str, Any] = {**nothing, **test.notes}
    return {name: int(value) if isinstance(nothing[name], int) else value for name, value in notes.items()} | {"passed": test.passed}


def _faults(plant: str) -> list[str]:
    found = _lives(OF_A_TRIAL, 1, plant, STEPS_OF_A_TRIAL)
    return [] if found["passed"] else [found["broken"] or "the lives ended before anything was said"]


def _canary() -> Iterator[Trial]:
    yield from trials(PLANTS, _faults)


FIGURE = Figure(
    name="invariants",
    says="two thousand lives of a programme at random, two hundred steps each: no rule is ever broken",
    goal="0 broken",
    measure=_measure,
    canary=_canary,
)
