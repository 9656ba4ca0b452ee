"""How long a newcomer waits: from a fresh clone to the first page, and the second time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from bench import house
from bench.copied import Copy, copied, end
from bench.figure import Figure, Plant, Result, Trial, trials

COLD, WARM = 60, 5
GIVE_UP, PATIENT = 90, 600
PLANTS = (Plant("slow-migration", "first start late"), Plant("nothing-remembered", "second start late"))
SLOW = """
import time

from django.db import migrations


def sleep(apps, schema_editor):
    time.sleep({seconds})


class Migration(migrations.Migration):
    dependencies = [("outcomes", "{last}")]
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


def _canary() -> Iterator[Trial]:
    """In one copy that has its environment already: what is tried is what each start does after that."""
    with copied() as copy:
        _to_first_page(copy, PATIENT)
        yield from trials(PLANTS, lambda plant: _late(copy, plant))


def _late(copy: Copy, plant: str) -> list[str]:
    """Which of two starts is too late, the first of them with no data. What was planted is taken out again."""
    copy.forget()
    late = []
    with FAULTS[plant](copy):
        for words, most in (("first start", COLD), ("second start", WARM)):
            took = _to_first_page(copy, GIVE_UP)
            print(f"  {plant or 'sound'}: {words} " + (f"{took:.1f} s" if took else f"over {GIVE_UP} s"), flush=True)
            if took is None or took > most:
                late.append(f"{words} late")
            if took is None:
                break
    return late


@contextmanager
def _slow_migration(copy: Copy) -> Iterator[None]:
    folder = copy.tree / "setfair" / "outcomes" / "migrations"
    last = max(path.stem for path in folder.glob("0*.py"))
    planted = folder / "9999_slow.py"
    planted.write_text(SLOW.format(last=last, seconds=COLD + 5))
    yield
    planted.unlink()


@contextmanager
def _nothing_remembered(copy: Copy) -> Iterator[None]:
    """Each start collects the static files and migrates, whatever the last one did."""
    path = copy.tree / "config" / "prepare.py"
    words = planted = path.read_text()
    for asked in ("if done.exists()", 'if schema.remembered().get("shape")'):
        if asked not in words:
            raise SystemExit(f"The fault cannot be planted: {path.name} does not say “{asked}”.")
        planted = planted.replace(asked, asked.replace("if ", "if False and "))
    path.write_text(planted)
    yield
    path.write_text(words)


FAULTS: dict[str, Callable[[Copy], AbstractContextManager[None]]] = {
    "": lambda copy: nullcontext(),
    "slow-migration": _slow_migration,
    "nothing-remembered": _nothing_remembered,
}


FIGURE = Figure(
    name="cold-run",
    says="from a fresh clone with empty caches, `make run` serves its first page within a minute, and within five seconds the second time",
    goal=f"{COLD} s, then {WARM} s",
    measure=_measure,
    canary=_canary,
)
