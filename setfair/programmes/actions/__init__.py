"""The verbs of a programme: open it, change what it says, when and where it meets, and who belongs to it."""

from ..bounds import CannotChange
from .bells import ring, unring
from .calendar import add, add_windows, change, close_room, remove, reopen_room, take_in
from .checklist import add_item, change_item, end_item, take_our_checklist, take_up_item
from .devices import end_device, share_device
from .facts import change_facts, change_words
from .library import add_good_promise, bring_good_promises, close_good_promise, reopen_good_promise
from .opening import CannotOpen, open_programme
from .people import (
    CannotJoin,
    CannotLeave,
    CannotShow,
    accept,
    decline,
    end_membership,
    hide_myself,
    invite,
    join_again,
    keep_private,
    show_myself,
    show_publicly,
    take_back,
)
from .places import add_hours, close_place, reopen_place, take_out_hours
from .problems import report_problem, settle_problem
from .reasons import add_reason, close_reason, reopen_reason
from .scripts import add_script, bring_ours, revise_script, use_script
from .second_step import CannotReset, CannotVouch, reset_second_step, vouch
from .venues import set_travel

__all__ = [
    "ring",
    "take_in",
    "unring",
    "set_travel",
    "CannotChange",
    "CannotJoin",
    "CannotLeave",
    "CannotOpen",
    "CannotReset",
    "CannotShow",
    "CannotVouch",
    "accept",
    "add",
    "add_good_promise",
    "bring_good_promises",
    "add_reason",
    "add_item",
    "add_hours",
    "add_script",
    "bring_ours",
    "add_windows",
    "change",
    "change_item",
    "change_facts",
    "change_words",
    "close_good_promise",
    "close_reason",
    "close_place",
    "close_room",
    "decline",
    "end_device",
    "end_item",
    "end_membership",
    "hide_myself",
    "invite",
    "join_again",
    "keep_private",
    "open_programme",
    "remove",
    "reopen_good_promise",
    "reopen_reason",
    "reopen_place",
    "reopen_room",
    "report_problem",
    "reset_second_step",
    "revise_script",
    "settle_problem",
    "share_device",
    "show_myself",
    "show_publicly",
    "take_back",
    "take_our_checklist",
    "take_up_item",
    "take_out_hours",
    "use_script",
    "vouch",
]
