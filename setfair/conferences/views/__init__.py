"""The pages of the hour."""

from __future__ import annotations

from .arriving import arrivals
from .day import adjourn, conclude, conference, conference_of_case, convene, pause, run_sheet, stop
from .script import script_page, turns

__all__ = [
    "adjourn",
    "arrivals",
    "conclude",
    "conference",
    "conference_of_case",
    "convene",
    "pause",
    "run_sheet",
    "script_page",
    "stop",
    "turns",
]
