"""A circle, and the facts of its hour."""

from __future__ import annotations

from .along import TakenAlong
from .brought import Brought, BroughtWords, Settled
from .conference import AFTER, BEFORE, HELD_OR_TO_BE, Conference
from .debrief import Debrief, DebriefRead
from .ending import Ending
from .hand import ScriptHand
from .heading import LONGEST as LONGEST_HEADING
from .heading import MOST as MOST_HEADINGS
from .heading import Heading, HeadingBack
from .hour import Attendance, PageTurn
from .order import Pause, PauseEnd, TalkOrder, Turn
from .question import QuestionMark
from .room import Room, RoomEnd
from .wish import BreakWish, WishHeard

__all__ = [
    "Pause",
    "PauseEnd",
    "Settled",
    "TakenAlong",
    "TalkOrder",
    "Turn",
    "AFTER",
    "Attendance",
    "BEFORE",
    "BreakWish",
    "Brought",
    "BroughtWords",
    "Conference",
    "Debrief",
    "DebriefRead",
    "Ending",
    "HELD_OR_TO_BE",
    "Heading",
    "HeadingBack",
    "LONGEST_HEADING",
    "MOST_HEADINGS",
    "PageTurn",
    "QuestionMark",
    "Room",
    "RoomEnd",
    "ScriptHand",
    "WishHeard",
]
