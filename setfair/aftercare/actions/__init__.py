"""Calls that are owed, and who is beside somebody while promises are kept."""

from .calling import (
    CannotCheckIn,
    call_as_wished,
    check_in,
    end_check_ins,
    end_needless,
    pass_on_calls,
    plan_check_ins,
    put_off,
    set_rhythm,
    take_over,
)
from .helping import CannotName, end_helper, name_helper, note_gone

__all__ = [
    "CannotCheckIn",
    "CannotName",
    "call_as_wished",
    "check_in",
    "end_check_ins",
    "end_helper",
    "end_needless",
    "name_helper",
    "note_gone",
    "pass_on_calls",
    "plan_check_ins",
    "put_off",
    "set_rhythm",
    "take_over",
]
