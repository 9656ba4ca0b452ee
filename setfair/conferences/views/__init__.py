"""The pages of the hour."""

from __future__ import annotations

from .along import bring, console_worker, get_ready, kept_page, settle, told_along
from .arriving import arrivals
from .day import adjourn, conclude, conference, conference_of_case, convene, stop
from .debriefing import debrief, debrief_done, debrief_list, debrief_read
from .headings import heading, heading_off
from .live import live
from .order import pause, pause_begin, pause_end, talk_order, voice
from .paper import run_sheet, type_back
from .questions import question
from .rooms import room, room_away, room_break, room_here, room_live, room_open
from .script import script_hand, script_page, turns, wish_heard
from .table import my_break, my_circle, my_circle_live

__all__ = [
    "adjourn",
    "arrivals",
    "bring",
    "conclude",
    "settle",
    "conference",
    "conference_of_case",
    "console_worker",
    "convene",
    "get_ready",
    "kept_page",
    "told_along",
    "debrief",
    "debrief_done",
    "debrief_list",
    "debrief_read",
    "heading",
    "heading_off",
    "live",
    "my_break",
    "my_circle",
    "my_circle_live",
    "pause",
    "pause_begin",
    "pause_end",
    "question",
    "room",
    "room_away",
    "room_break",
    "room_here",
    "room_live",
    "room_open",
    "run_sheet",
    "script_hand",
    "script_page",
    "stop",
    "talk_order",
    "turns",
    "type_back",
    "voice",
    "wish_heard",
]
