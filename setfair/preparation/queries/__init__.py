"""Readiness is never stored: these read it from the facts, each time, in a fixed number of queries."""

from __future__ import annotations

from .apart import Readers, Writer, case_of, complaints, is_sealed_from, last_of, outside, readers, seen_to
from .arranging import arranged_for, wanted_of_a_room
from .blockers import Blocker, blockers, standing, worry
from .board import Board, board, booked_day, register_day
from .bound import lack_a_yes
from .breaks import break_of, breaks_about, call_wish, lasting, rests_on_a_break, unanswered
from .checklist import Ask, asked_before, asks, day_of, list_of, named, open_asks
from .known import Circle, Known, around, circle
from .offices import asked_offices, office, offices, offices_of, offices_to_name, versions
from .own import (
    answer_of,
    guardian_is_asked,
    guardian_said_no,
    guardians_of,
    has_stopped,
    is_asked,
    is_asked_anew,
    is_let_be,
    may_answer,
    questions,
    speaks_for,
    with_me,
)
from .progress import Progress, Task, everyone, of, of_all, progress
from .public import tells_now
from .record import Line, answer_about, answer_given_by, conditions, live_yes, record_of, said_by, to_ask_again
from .said import ASKED, Said, answers, keeps_to_no_part, keeps_to_their_no, wants_no_notes, written_down_for
from .screened import SIGNED_OFF, still_to_look_at, with_screening
from .sharing import all_let_it_be_told, case_behind, concerned, missing_yes, shared_about, who_looked
from .staff import who_looks
from .trying import attempts_of, is_silent, last_contact, next_way, spent_on

__all__ = [
    "around",
    "ASKED",
    "Ask",
    "asked_before",
    "asks",
    "day_of",
    "list_of",
    "named",
    "open_asks",
    "Blocker",
    "Board",
    "Circle",
    "Known",
    "Progress",
    "Readers",
    "Said",
    "SIGNED_OFF",
    "Task",
    "Writer",
    "answer_of",
    "answers",
    "attempts_of",
    "is_silent",
    "last_contact",
    "next_way",
    "spent_on",
    "arranged_for",
    "wanted_of_a_room",
    "blockers",
    "board",
    "booked_day",
    "break_of",
    "breaks_about",
    "call_wish",
    "case_of",
    "circle",
    "complaints",
    "everyone",
    "guardian_is_asked",
    "guardian_said_no",
    "guardians_of",
    "has_stopped",
    "is_asked",
    "is_asked_anew",
    "is_let_be",
    "is_sealed_from",
    "keeps_to_no_part",
    "keeps_to_their_no",
    "lack_a_yes",
    "lasting",
    "rests_on_a_break",
    "unanswered",
    "last_of",
    "may_answer",
    "of",
    "of_all",
    "outside",
    "progress",
    "questions",
    "register_day",
    "readers",
    "seen_to",
    "speaks_for",
    "standing",
    "wants_no_notes",
    "still_to_look_at",
    "with_me",
    "with_screening",
    "Line",
    "conditions",
    "live_yes",
    "record_of",
    "said_by",
    "to_ask_again",
    "asked_offices",
    "offices_of",
    "offices_to_name",
    "all_let_it_be_told",
    "case_behind",
    "concerned",
    "missing_yes",
    "shared_about",
    "tells_now",
    "who_looked",
    "office",
    "offices",
    "versions",
    "answer_about",
    "answer_given_by",
    "worry",
    "written_down_for",
    "who_looks",
]
