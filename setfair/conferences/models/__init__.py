"""A circle, and the facts of its hour."""

from __future__ import annotations

from .conference import AFTER, BEFORE, HELD_OR_TO_BE, Conference
from .hand import ScriptHand
from .hour import Attendance, PageTurn
from .order import Pause, PauseEnd, TalkOrder, Turn

__all__ = [
    "Pause",
    "PauseEnd",
    "TalkOrder",
    "Turn",
    "AFTER",
    "Attendance",
    "BEFORE",
    "Conference",
    "HELD_OR_TO_BE",
    "PageTurn",
    "ScriptHand",
]
