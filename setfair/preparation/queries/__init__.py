"""Readiness is never stored: these read it from the facts, each time, in a fixed number of queries."""

from __future__ import annotations

from .blockers import Blocker, blockers, standing, worry
from .known import Circle, Known, circle
from .own import answer_of, guardian_is_asked, guardian_said_no, is_asked, is_let_be, may_answer, questions, speaks_for, with_me
from .progress import Progress, Task, everyone, of, of_all, progress
from .screened import SIGNED_OFF, still_to_look_at, with_screening

__all__ = [
    "Blocker",
    "Circle",
    "Known",
    "Progress",
    "SIGNED_OFF",
    "Task",
    "answer_of",
    "blockers",
    "circle",
    "everyone",
    "guardian_is_asked",
    "guardian_said_no",
    "is_asked",
    "is_let_be",
    "may_answer",
    "of",
    "of_all",
    "progress",
    "questions",
    "speaks_for",
    "standing",
    "still_to_look_at",
    "with_me",
    "with_screening",
    "worry",
]
