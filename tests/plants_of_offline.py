"""Faults of a room without network: something is lost, done twice, or laid over what somebody else did. Planted like those of `plants.py`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from setfair.conferences import along, bringing
from setfair.conferences.forms_of_devices import PressForm


def _queue_forgets(patch: pytest.MonkeyPatch) -> None:
    """The device forgets the pages that are turned."""
    _worker(patch, "(all) => all.add(press)", '(all) => (press.what === "turned" ? all.count() : all.add(press))')


def _press_comes_twice(patch: pytest.MonkeyPatch) -> None:
    """The house forgets the id that the device gave, and takes each press for a new one."""
    pressed = PressForm.pressed

    def planted(form: PressForm, since: datetime, now: datetime, by: UUID) -> Any:
        form.cleaned_data["press"] = uuid4()
        return pressed(form, since, now, by)

    patch.setattr(PressForm, "pressed", planted)


def _conflict_overwrites(patch: pytest.MonkeyPatch) -> None:
    """Nobody looks at what others did meanwhile."""
    patch.setattr(bringing, "_of_others", lambda *told: iter(()))


def _leaving_forgets(patch: pytest.MonkeyPatch) -> None:
    """Whoever leaves takes all of it away, also what waits."""
    _worker(patch, 'await put("shut", true);\n  await hush();', "await wipe();")


def _leaving_shows(patch: pytest.MonkeyPatch) -> None:
    """Whoever leaves takes nothing away."""
    _worker(patch, 'await put("shut", true);\n  await hush();', "")


def _worker(patch: pytest.MonkeyPatch, words: str, instead: str) -> None:
    script = along.worker()
    assert words in script  # noqa: S101
    patch.setattr(along, "worker", lambda: script.replace(words, instead))


PLANTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "queue-forgets": _queue_forgets,
    "press-comes-twice": _press_comes_twice,
    "conflict-overwrites": _conflict_overwrites,
    "leaving-forgets": _leaving_forgets,
    "leaving-shows": _leaving_shows,
}
