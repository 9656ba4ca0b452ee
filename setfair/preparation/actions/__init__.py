"""The verbs of preparing: what is done and said with each person, and when the circle is ready."""

from ..refusal import CannotPrepare
from .answers import agree, ask_back, consent, take_back, withdraw
from .apart import complain, take_up
from .facts import acknowledge, check_safety, invite, meet, reissue
from .offices import ask_about, ask_no_more, close_office, name_office, reword
from .readiness import NotReady, declare_ready, go_without_guardian, note_18th, set_aside, sign_off, sign_off_gate
from .sharing import CannotShare, disclose, show_status

__all__ = [
    "CannotPrepare",
    "NotReady",
    "acknowledge",
    "agree",
    "ask_back",
    "check_safety",
    "complain",
    "consent",
    "declare_ready",
    "go_without_guardian",
    "invite",
    "meet",
    "note_18th",
    "reissue",
    "set_aside",
    "sign_off",
    "sign_off_gate",
    "take_back",
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
