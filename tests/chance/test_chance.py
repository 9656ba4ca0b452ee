"""Whatever is done, in whatever order: what must hold, holds. LIVES_RUNS, LIVES_STEPS and LIVES_CHANCE say how often, how far and by which chance."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from .holds import NAMED
from .life import Counts, machine
from .verbs import VERBS

RUNS, STEPS, CHANCE = (int(os.environ.get(f"LIVES_{name}", usual)) for name, usual in (("RUNS", 4), ("STEPS", 100), ("CHANCE", 1)))
SHRINK = [Phase.shrink] if os.environ.get("LIVES_SHRINK", "1") == "1" else []
USUAL = settings(
    max_examples=RUNS, stateful_step_count=STEPS, deadline=None, database=None, phases=[Phase.generate, *SHRINK],
    suppress_health_check=list(HealthCheck), print_blob=False,
)  # fmt: skip


def test_what_must_hold_holds_whatever_is_done(village, record_property):
    counts = Counts()
    try:
        seed(CHANCE)(run_state_machine_as_test)(machine(village, counts), settings=USUAL)
    except AssertionError as broken:
        record_property("broken", str(broken).partition("\n")[0])
        raise
    finally:
        for name, value in {"runs": counts.runs, "steps": counts.steps, "done": counts.done.total(), "refused": counts.refused.total()}.items():
            record_property(name, value)
        record_property("never", " ".join(sorted(VERBS.keys() - counts.done.keys())))
        record_property("reached", " ".join(f"{stage}:{times}" for stage, times in sorted(counts.reached.items())))
        record_property("rules", len(NAMED))
        if os.environ.get("LIVES_SAY"):
            print(counts.runs, counts.steps, dict(counts.done), "REFUSED", dict(counts.refused), dict(counts.reached))
    assert counts.done.total() > 0
