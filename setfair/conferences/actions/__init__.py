"""What can be done with a circle."""

from __future__ import annotations

from .along import take_along
from .arriving import mark_attendance, welcome
from .bringing import REFUSALS, bring, settle
from .circle import adjourn, conclude, convene, end_with_agreement, give_up, plan
from .debriefing import debrief, have_read
from .hand import take_script
from .marking import mark_question
from .noting import note_heading, take_off_heading
from .order import end_pause, give_turn, put_in_order, take_pause
from .refusals import CannotConvene, CannotGoOn
from .rooms import change_the_code, open_room, put_tablets_away
from .turning import turn_page
from .typing import type_back
from .wishing import hear_wish, wish_a_break

__all__ = [
    "end_pause",
    "give_turn",
    "put_in_order",
    "take_pause",
    "CannotConvene",
    "REFUSALS",
    "CannotGoOn",
    "adjourn",
    "bring",
    "settle",
    "change_the_code",
    "conclude",
    "convene",
    "debrief",
    "end_with_agreement",
    "give_up",
    "have_read",
    "hear_wish",
    "mark_attendance",
    "mark_question",
    "note_heading",
    "open_room",
    "plan",
    "put_tablets_away",
    "take_along",
    "take_off_heading",
    "take_script",
    "turn_page",
    "type_back",
    "welcome",
    "wish_a_break",
]
