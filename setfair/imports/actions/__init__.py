"""The verbs of a list: brought, named, looked through, run, taken back, put away."""

from .bringing import CannotBring, bring, mean, name, name_again, put_away, run, tear
from .looking import look
from .running import attempt, bring_row, close_leaf, finish
from .taking_back import begin_undoing, end_undoing, take_back

__all__ = [
    "CannotBring",
    "attempt",
    "begin_undoing",
    "bring",
    "bring_row",
    "close_leaf",
    "end_undoing",
    "finish",
    "look",
    "mean",
    "name",
    "name_again",
    "put_away",
    "run",
    "take_back",
    "tear",
]
