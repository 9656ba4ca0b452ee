"""Read from the facts, each time, in a fixed number of queries."""

from __future__ import annotations

from .agreed import Asked, agreed_of, asked_of, names_of
from .answers import answered, answers_of, times_ahead
from .arriving import Coming, apart, arrival, arrivals, coming, early_by, team_comes
from .best import OF_THE_TEAM, Suggestion, at_hour, of_layout, suggestions
from .blocks import WayOut, blocks_of, stands_in_the_way, ways_out, what_blocks
from .booked import booked_day, is_same, is_willing, lies_ahead, live_booking, may_know, seats_differ, unseated, when_words
from .changed import cannot_come, changes, last_word, stays
from .free import Said, said_by
from .laid_out import LaidOut, lay_out
from .length import length_of
from .needed import occupants
from .offered import SUITS, Standing, asks_now, held_for_another, live_offer, offered_to, own_words, standing, taken_then
from .promised import promised, promised_spans
from .rounds import RoundStanding, asked_in, last_round, live_round, own_word, silent_in, standing_of, times_of
from .rules import (
    ASKED_LATER,
    FURTHEST,
    SHORTEST,
    curfew,
    does_not_suit,
    known_against,
    missing_on,
    not_agreed,
    not_green,
    not_now,
    objection,
    out_too_late,
    too_small,
    who_said_no,
)

__all__ = [
    "Asked",
    "ASKED_LATER",
    "FURTHEST",
    "SHORTEST",
    "SUITS",
    "Coming",
    "LaidOut",
    "OF_THE_TEAM",
    "RoundStanding",
    "Said",
    "Standing",
    "Suggestion",
    "WayOut",
    "agreed_of",
    "answered",
    "answers_of",
    "apart",
    "arrival",
    "arrivals",
    "asked_of",
    "at_hour",
    "names_of",
    "asked_in",
    "asks_now",
    "blocks_of",
    "booked_day",
    "cannot_come",
    "changes",
    "coming",
    "curfew",
    "does_not_suit",
    "known_against",
    "early_by",
    "held_for_another",
    "is_same",
    "is_willing",
    "last_round",
    "last_word",
    "lay_out",
    "length_of",
    "lies_ahead",
    "live_booking",
    "live_offer",
    "live_round",
    "may_know",
    "missing_on",
    "not_agreed",
    "not_green",
    "not_now",
    "objection",
    "occupants",
    "of_layout",
    "offered_to",
    "out_too_late",
    "own_word",
    "own_words",
    "promised",
    "promised_spans",
    "said_by",
    "seats_differ",
    "silent_in",
    "standing",
    "standing_of",
    "stands_in_the_way",
    "stays",
    "suggestions",
    "taken_then",
    "team_comes",
    "times_ahead",
    "times_of",
    "too_small",
    "unseated",
    "ways_out",
    "what_blocks",
    "when_words",
    "who_said_no",
]
