"""What is kept how long, what puts it off, and what stays of it."""

from .askings import (
    Made,
    Whose,
    asking_page,
    askings_of,
    can_be_answered,
    copy_of,
    is_promised,
    made_for,
    needs_a_word,
    open_askings,
    promised,
    shown_to,
    thing_of,
    with_its_own_line,
)  # fmt: skip
from .copying import Section, apart_for, copy_for
from .due import Thing, about, ended_at, forget_on, group_of, hold_still, is_closed, noticed, was_ended
from .given import files_in, files_of
from .held import also_held, hidden_from, holds, holds_before, is_held, live_holds, looked_at_on
from .postponed import postponed_by
from .rules import days_of, rules
from .shown import all_holds, changes, numbered, rules_in_words, standing
from .stones import forgotten_in, mark_of, stone_of
from .until import kept_until
from .waiting import alarms_to_forget, every_programme, strays_to_forget, to_forget, to_tell
from .ways import may_take_ways, ways_to_take

__all__ = [
    "Made",
    "Section",
    "Thing",
    "Whose",
    "about",
    "all_holds",
    "also_held",
    "apart_for",
    "asking_page",
    "askings_of",
    "can_be_answered",
    "changes",
    "copy_for",
    "copy_of",
    "days_of",
    "ended_at",
    "every_programme",
    "files_in",
    "files_of",
    "forget_on",
    "forgotten_in",
    "group_of",
    "hidden_from",
    "hold_still",
    "holds",
    "holds_before",
    "is_closed",
    "is_held",
    "is_promised",
    "kept_until",
    "live_holds",
    "looked_at_on",
    "made_for",
    "mark_of",
    "may_take_ways",
    "needs_a_word",
    "noticed",
    "numbered",
    "open_askings",
    "postponed_by",
    "promised",
    "rules",
    "rules_in_words",
    "shown_to",
    "standing",
    "stone_of",
    "alarms_to_forget",
    "strays_to_forget",
    "thing_of",
    "to_forget",
    "to_tell",
    "was_ended",
    "ways_to_take",
    "with_its_own_line",
]
