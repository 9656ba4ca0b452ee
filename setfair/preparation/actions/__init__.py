"""The verbs of preparing: what is done and said with each person, and when the circle is ready."""

from ..refusal import CannotPrepare
from .answers import agree, consent, take_back, withdraw
from .apart import complain, take_up
from .arranging import arrange
from .breaks import ask_call, go_on, take_a_break
from .checklist import go_through
from .facts import acknowledge, ask_in_on_paper, check_safety, hand_code, invite, meet, reissue
from .offices import ask_about, ask_no_more, close_office, name_office, reword
from .readiness import NotReady, declare_ready, go_without_guardian, note_18th, set_aside, sign_off, sign_off_gate, take_the_day_away
from .says import answer_doubt, doubt_say, give_up_say
from .sharing import CannotShare, disclose, show_status
from .still import say_still
from .trying import note_missed, note_try
from .watching import answer_observer

__all__ = [
    "CannotPrepare",
    "NotReady",
    "acknowledge",
    "agree",
    "answer_doubt",
    "ask_call",
    "check_safety",
    "complain",
    "consent",
    "declare_ready",
    "doubt_say",
    "give_up_say",
    "go_without_guardian",
    "ask_in_on_paper",
    "hand_code",
    "invite",
    "go_on",
    "go_through",
    "meet",
    "note_18th",
    "reissue",
    "set_aside",
    "answer_observer",
    "arrange",
    "note_missed",
    "note_try",
    "sign_off",
    "sign_off_gate",
    "say_still",
    "take_a_break",
    "take_back",
    "take_the_day_away",
    "take_up",
    "ask_about",
    "ask_no_more",
    "close_office",
    "name_office",
    "reword",
    "CannotShare",
    "disclose",
    "show_status",
    "withdraw",
]
