"""How long it takes to know that a fresh clone is whole: `make test` with nothing cached."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator

from bench.copied import Copy, copied, end
from bench.figure import Figure, Plant, Result, Trial, trials

MOST = 600
GIVE_UP = 900
FAULTS = {
    "": "def test_planted_for_the_canary():\n    assert 1 + 1 == 2\n",
    "failing-test": "def test_planted_for_the_canary():\n    assert 1 + 1 == 3\n",
    "test-that-cannot-be-read": "def test_planted_for_the_canary(:\n",
    "test-that-is-gone": "",
}
PLANTS = tuple(Plant(name, "not everything passed") for name in FAULTS if name)


def _timed(copy: Copy, **words: str) -> Result:
    """Seconds until `make test` says that everything passed."""
    began = time.monotonic()
    started = copy.make("test", *(f"{name}={value}" for name, value in words.items()))
    try:
        code = started.wait(GIVE_UP)
    except subprocess.TimeoutExpired:
        code = None
    finally:
        end(started)
    took = time.monotonic() - began
    lines = [line for line in copy.said.splitlines() if line.strip()]
    print("\n".join(lines[-12:]))
    return Result(
        f"{took:.0f}", "s, everything passed" if code == 0 else "s, and not everything passed", code == 0 and took <= MOST, n="one cold run"
    )


def _measure() -> Result:
    with copied() as copy:
        return _timed(copy)


def _canary() -> Iterator[Trial]:
    """In one copy, with one small test asked for by its name so that nobody waits for the others: as it should be, then wrong."""
    with copied() as copy:
        yield from trials(PLANTS, lambda plant: _told(copy, FAULTS[plant]))


def _told(copy: Copy, words: str) -> list[str]:
    (copy.tree / "tests" / "test_planted.py").write_text(words)
    result = _timed(copy, ARGS="-k planted_for_the_canary")
    return [] if result.met else [result.unit]


FIGURE = Figure(
    name="cold-test",
    says="from a fresh clone with empty caches, `make test` runs everything, browser and all, within ten minutes",
    goal=f"{MOST} s and all passed",
    measure=_measure,
    canary=_canary,
)
