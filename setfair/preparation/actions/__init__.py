"""The verbs of preparing: what is done and said with each person, and when the circle is ready."""

from .apart import complain, take_up
from .facts import acknowledge, agree, ask_back, check_safety, consent, invite, meet, reissue, withdraw
from .readiness import NotReady, declare_ready, go_without_guardian, set_aside, sign_off, sign_off_gate
from .refusal import CannotPrepare

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
    "reissue",
    "set_aside",
    "sign_off",
    "sign_off_gate",
    "take_up",
    "withdraw",
]
