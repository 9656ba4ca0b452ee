"""The verbs of a request: asked, added to and taken back by whoever it is from, read and answered by the team."""

from ..refusal import CannotAsk, CannotScreen, CannotTalk, NeedsClearance
from .adding import add, amend, look_for_us, say_whose, withdraw
from .answering import accept, clear, decline, halt, read, reply
from .asking import ask, bring_in, give_code
from .keeping_out import keep_out, let_back
from .resting import rest, take_up
from .talking import ask_after_all, book_talk, call_off_talk, follow_up, hold_talk, miss_talk, note_time, offer_talk

__all__ = [
    "CannotAsk",
    "CannotScreen",
    "CannotTalk",
    "NeedsClearance",
    "accept",
    "add",
    "amend",
    "ask",
    "ask_after_all",
    "book_talk",
    "bring_in",
    "call_off_talk",
    "clear",
    "decline",
    "follow_up",
    "give_code",
    "halt",
    "hold_talk",
    "keep_out",
    "let_back",
    "look_for_us",
    "miss_talk",
    "note_time",
    "offer_talk",
    "read",
    "reply",
    "rest",
    "say_whose",
    "take_up",
    "withdraw",
]
