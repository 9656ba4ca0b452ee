"""What is kept how long, what puts it off, and what stays of it."""

from .due import Thing, about, ended_at, forget_on, group_of, hold_still, is_closed, noticed, was_ended
from .held import holds, is_held, live_holds, looked_at_on
from .postponed import postponed_by
from .rules import days_of, rules
from .shown import all_holds, changes, numbered, rules_in_words, standing, would_go
from .stones import figures, forgotten_in, mark_of, stone_of
from .waiting import every_programme, to_forget, to_tell

__all__ = [
    "Thing",
    "about",
    "all_holds",
    "changes",
    "days_of",
    "ended_at",
    "every_programme",
    "figures",
    "forget_on",
    "forgotten_in",
    "group_of",
    "hold_still",
    "holds",
    "is_closed",
    "is_held",
    "live_holds",
    "looked_at_on",
    "mark_of",
    "noticed",
    "numbered",
    "postponed_by",
    "rules",
    "rules_in_words",
    "standing",
    "stone_of",
    "to_forget",
    "to_tell",
    "was_ended",
    "would_go",
]
