"""What is done about keeping: the rules, the warning, keeping longer, holding, and forgetting."""

from .asking import answer, ask, note_asking
from .forgetting import forget, forget_alarm, forget_stray, give_notice
from .holding import OfHold, lift, place_hold, review
from .refusal import CannotKeep
from .ruling import keep_longer, let_go, set_rules
from .ways import take_ways

__all__ = [
    "CannotKeep",
    "OfHold",
    "answer",
    "ask",
    "forget",
    "forget_alarm",
    "forget_stray",
    "give_notice",
    "keep_longer",
    "let_go",
    "lift",
    "note_asking",
    "place_hold",
    "review",
    "set_rules",
    "take_ways",
]
