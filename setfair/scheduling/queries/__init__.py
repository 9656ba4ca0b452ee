"""Read from the facts, each time, in a fixed number of queries."""

from __future__ import annotations

from .answers import answered, answers_of, stretches_to_answer
from .best import Suggestion, of_layout, suggestions
from .blocks import WayOut, blocks_of, stands_in_the_way, ways_out, what_blocks
from .booked import COMES_EARLY, arrival, booked_day, is_same, is_willing, lies_ahead, live_booking, may_know, seats_differ, unseated, when_words
from .laid_out import LaidOut, lay_out
from .length import length_of
from .needed import occupants
from .rules import ASKED_LATER, FURTHEST, SHORTEST, curfew, does_not_suit, not_green, objection, out_too_late, too_small, who_said_no

__all__ = [
    "ASKED_LATER",
    "COMES_EARLY",
    "FURTHEST",
    "SHORTEST",
    "LaidOut",
    "Suggestion",
    "WayOut",
    "answered",
    "answers_of",
    "arrival",
    "blocks_of",
    "booked_day",
    "curfew",
    "does_not_suit",
    "is_same",
    "is_willing",
    "lay_out",
    "length_of",
    "lies_ahead",
    "live_booking",
    "may_know",
    "not_green",
    "objection",
    "occupants",
    "of_layout",
    "out_too_late",
    "seats_differ",
    "stands_in_the_way",
    "stretches_to_answer",
    "suggestions",
    "too_small",
    "unseated",
    "ways_out",
    "what_blocks",
    "when_words",
    "who_said_no",
]
