"""Screens about showing that it is you, part of the one list in `screens.py`."""

from __future__ import annotations

from .screen import Screen

SIGN_IN = (
    Screen("a second step first", template="access/second_step.html"),
    Screen("sure it is you, by mail", template="access/sure_code.html"),
    Screen("back in", "back_in", "cora"),
)
