"""Read from the facts, each time, in a fixed number of queries."""

from __future__ import annotations

from .answers import answered, answers_of, stretches_to_answer
from .best import Suggestion, of_layout, suggestions
from .blocks import WayOut, blocks_of, stands_in_the_way, ways_out, what_blocks
from .booked import COMES_EARLY, arrival, booked_day, is_same, is_willing, lies_ahead, live_booking, may_know, seats_differ, unseated, when_words
from .free import Said, said_by
from .laid_out import LaidOut, lay_out
from .length import length_of
from .needed import occupants
from .rounds import Standing, asked_in, last_round, live_round, own_word, silent_in, standing_of, times_of
from .rules import ASKED_LATER, FURTHEST, SHORTEST, curfew, does_not_suit, not_green, objection, out_too_late, too_small, who_said_no

__all__ = [
    "ASKED_LATER",
    "COMES_EARLY",
    "FURTHEST",
    "SHORTEST",
    "LaidOut",
    "Said",
    "Standing",
    "Suggestion",
    "WayOut",
    "answered",
    "answers_of",
    "arrival",
    "asked_in",
    "blocks_of",
    "booked_day",
    "curfew",
    "does_not_suit",
    "is_same",
    "is_willing",
    "last_round",
    "lay_out",
    "length_of",
    "lies_ahead",
    "live_booking",
    "live_round",
    "may_know",
    "not_green",
    "objection",
    "occupants",
    "of_layout",
    "out_too_late",
    "own_word",
    "said_by",
    "seats_differ",
    "silent_in",
    "standing_of",
    "stands_in_the_way",
    "stretches_to_answer",
    "suggestions",
    "times_of",
    "too_small",
    "unseated",
    "ways_out",
    "what_blocks",
    "when_words",
    "who_said_no",
]
