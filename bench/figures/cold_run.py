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


def _plant() -> Result:
    """A migration that takes its time."""
    with copied() as copy:
        folder: Path = copy.tree / "setfair" / "outcomes" / "migrations"
        last = max(path.stem for path in folder.glob("0*.py"))
        (folder / "9999_slow.py").write_text(SLOW.format(app="outcomes", last=last))
        return _timed(copy)


def _timed(copy: Copy) -> Result:
    cold = _to_first_page(copy, GIVE_UP)
    if cold is None:
        print(copy.said[-2000:])
        return Result(f"over {GIVE_UP}", "s to the first page", False, n="one cold start")
    warm = _to_first_page(copy, GIVE_UP)
    met = cold <= COLD and warm is not None and warm <= WARM
    return Result(f"{cold:.1f}", f"s to the first page, {'over 90' if warm is None else f'{warm:.1f}'} s the second time", met, n="one start each")


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
