"""How long a newcomer waits: from a fresh clone to the first page, and the second time."""

from __future__ import annotations

import time
from pathlib import Path

from bench import house
from bench.copied import Copy, copied, end
from bench.figure import Figure, Result

COLD, WARM = 60, 5
GIVE_UP = 90
SLOW = """
import time

from django.db import migrations


def sleep(apps, schema_editor):
    time.sleep(75)


class Migration(migrations.Migration):
    dependencies = [("{app}", "{last}")]
    operations = [migrations.RunPython(sleep)]
"""


def _measure() -> Result:
    with copied() as copy:
        return _timed(copy)


def _timed(copy: Copy) -> Result:
    cold = _to_first_page(copy, GIVE_UP)
    if cold is None:
        print(copy.said[-2000:])
        return Result(f"over {GIVE_UP}", "s to the first page", False, n="one cold start")
    warm = _to_first_page(copy, GIVE_UP)
    met = cold <= COLD and warm is not None and warm <= WARM
    return Result(f"{cold:.1f}", f"s to the first page, {'over 90' if warm is None else f'{warm:.1f}'} s the second time", met, n="one start each")


def _canary() -> Iterator[Trial]:
    """In one copy whose environment is made already: what is timed against the goal is what a start does after that."""
    with copied() as copy:
        _to_first_page(copy, PATIENT)
        yield from trials(PLANTS, lambda plant: _late(copy, plant))


def _late(copy: Copy, plant: str) -> list[str]:
    """Which of the two starts is too late, beginning with no data; what was planted is taken out again."""
    shutil.rmtree(copy.tree / "var", ignore_errors=True)
    planted = {"": {}, "slow-migration": _slow_migration(copy), "step-done-again": _step_done_again(copy)}[plant]
    before = {path: path.read_text() if path.exists() else None for path in planted}
    for path, words in planted.items():
        path.write_text(words)
    try:
        starts = [(words, most, _to_first_page(copy, GIVE_UP)) for words, most in (("first start", COLD), ("second start", WARM))]
    finally:
        for path, words in before.items():
            path.write_text(words) if words is not None else path.unlink()
    print(", ".join(f"{words} {'never' if took is None else f'{took:.1f} s'}" for words, _, took in starts))
    return [f"{words} late" for words, most, took in starts if took is None or took > most]


def _slow_migration(copy: Copy) -> dict[Path, str]:
    folder = copy.tree / "setfair" / "outcomes" / "migrations"
    last = max(path.stem for path in folder.glob("0*.py"))
    return {folder / "9999_slow.py": SLOW.format(app="outcomes", last=last, seconds=COLD + 10)}


def _step_done_again(copy: Copy) -> dict[Path, str]:
    """Every start does what only the first needs to do: nothing is remembered."""
    path = copy.tree / "config" / "schema.py"
    return {path: path.read_text() + FORGETFUL}


def _to_first_page(copy: Copy, patience: float) -> float | None:
    """Seconds from `make run` until the first page answers; None when it does not in time. What was started is ended again."""
    port, began = house.free_port(), time.monotonic()
    started = copy.make("run", PORT=str(port))
    try:
        while time.monotonic() - began < patience and started.poll() is None:
            if house.answers(port) == 200:
                return time.monotonic() - began
            time.sleep(0.1)
        return None
    finally:
        end(started)


FIGURE = Figure(
    name="cold-run",
    says="from a fresh clone with empty caches, `make run` serves its first page within a minute, and within five seconds the second time",
    goal=f"{COLD} s, then {WARM} s",
    measure=_measure,
    plant=_plant,
)
