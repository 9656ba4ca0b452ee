"""Draft, promise, present; sign; keep, verify, talk. The three hours of an agreement's life, each in its own file."""

from ..checks import CannotSign, CannotWrite, ChangedMeanwhile, SignedAlready
from .adding import agree_more
from .between import let_rest
from .concluding import look_again, say_result
from .copying import make_copies
from .drafting import bring_forward, draft, promise, reword, strike, take_up
from .fitting import mark
from .following import (
    CannotFollow,
    ask_again,
    give_more_time,
    hand_on,
    hear_of_parts,
    keep,
    miss,
    partly,
    remind_kindly,
    remind_past,
    remind_soon,
    say_how,
    send_file,
    send_proof,
    talk,
    verify,
    waive,
)
from .leaving import go_on_without
from .objecting import hold_back, say_wrong
from .presenting import pass_on, present, reopen
from .printing import put_on_paper
from .remarking import keep_to_team, let_pass, remark
from .renewing import leave_as_it_was, rewrite
from .resting import sleep_on_it
from .scanning import scan_paper
from .signing import end, hand_round, shut_tablet, sign
from .spelling import put_right, take_spelling_back
from .translating import put_into

__all__ = [
    "CannotFollow",
    "CannotSign",
    "CannotWrite",
    "ChangedMeanwhile",
    "SignedAlready",
    "agree_more",
    "bring_forward",
    "draft",
    "end",
    "ask_again",
    "hand_on",
    "hand_round",
    "hear_of_parts",
    "look_again",
    "say_result",
    "give_more_time",
    "go_on_without",
    "hold_back",
    "keep",
    "keep_to_team",
    "leave_as_it_was",
    "let_pass",
    "let_rest",
    "mark",
    "make_copies",
    "miss",
    "partly",
    "pass_on",
    "present",
    "promise",
    "remark",
    "remind_kindly",
    "remind_past",
    "remind_soon",
    "put_into",
    "put_on_paper",
    "put_right",
    "reopen",
    "reword",
    "rewrite",
    "say_how",
    "say_wrong",
    "scan_paper",
    "send_file",
    "send_proof",
    "shut_tablet",
    "sign",
    "sleep_on_it",
    "strike",
    "take_spelling_back",
    "take_up",
    "talk",
    "verify",
    "waive",
]
