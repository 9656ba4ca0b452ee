"""The verbs of a case: open it and hand it over, gather its circle, choose who facilitates."""

from .asked import end_open
from .circle import add_person, allow_contact, bar_contact, correct_person, let_go
from .close import assent, end_close, know_each_other, note_close, set_aside
from .custody import ask_clearance, call_off_visit, let_out, plan_visit, take_in
from .duty import ask_to_help, let_lapse, remind_of, say_no_to, say_yes_to, take_back
from .emergency import look_in_emergency, note_guess, open_in_emergency, review
from .limits import end_condition, set_condition, show_paper
from .places import GATHERING, correct_place
from .refusal import CannotChange, NamesSomebody
from .route import OPEN_TO_ALL, choose_route
from .running import A_REST, hand_over, hold, lift, open_case
from .sealing import name, seal, unname, unseal
from .team import assign, keep_out, let_back, step_out, unassign

__all__ = [
    "A_REST",
    "CannotChange",
    "GATHERING",
    "NamesSomebody",
    "OPEN_TO_ALL",
    "add_person",
    "allow_contact",
    "ask_clearance",
    "ask_to_help",
    "assent",
    "assign",
    "bar_contact",
    "call_off_visit",
    "choose_route",
    "correct_person",
    "correct_place",
    "end_close",
    "end_condition",
    "end_open",
    "hand_over",
    "hold",
    "keep_out",
    "know_each_other",
    "let_back",
    "let_go",
    "let_lapse",
    "let_out",
    "lift",
    "look_in_emergency",
    "name",
    "note_close",
    "note_guess",
    "open_case",
    "open_in_emergency",
    "plan_visit",
    "remind_of",
    "review",
    "say_no_to",
    "say_yes_to",
    "seal",
    "set_aside",
    "set_condition",
    "show_paper",
    "step_out",
    "take_back",
    "take_in",
    "unassign",
    "unname",
    "unseal",
]
