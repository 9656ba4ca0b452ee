"""What makes a long password easy to guess all the same (NIST SP 800-63B-4, 3.1.1.2; ASVS 5.0, V6.1.2 and V6.2.11).

No rule about which signs it must have: only what is on a guesser's list first is refused.
"""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setfair.core.text import folded

HOUSE_WORDS = frozenset(
    {
        "setfair", "restorative", "conference", "conferencing", "mediation", "circle", "school", "county", "programme", "program", "coordinator",
        "facilitator", "supervisor", "administrator", "admin", "password", "passwort", "contrasena", "welcome", "letmein", "changeme", "default",
        "secret",
    }
)  # fmt: skip
"""Words of this place and of every list of bad passwords. A password may hold them, and not be made of them."""
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop")
FEWEST = 5
"""Different signs that must be left once all that is easily guessed is taken away."""


class NotEasilyGuessed:
    """Refuses a password that is a short piece said again and again, a run along the keyboard, or the words of this place with a number."""

    def validate(self, password: str, user: Any = None) -> None:
        rest = folded(password)
        theirs = folded(f"{getattr(user, 'name', '')} {str(getattr(user, 'email', '')).partition('@')[0]}").split()
        for word in sorted({*HOUSE_WORDS, *(word for word in theirs if len(word) > 2)}, key=len, reverse=True):
            rest = rest.replace(word, "")
        rest = re.sub(r"(.{1,7}?)\1+", r"\1", _without_runs(rest))
        if len(set(rest.replace(" ", ""))) < FEWEST:
            raise ValidationError(_("This is easy to guess. Please choose another one: four words that do not belong together are good."))

    def get_help_text(self) -> str:
        return str(gettext_lazy("Four words that do not belong together are good, and easy to keep in mind."))


def _without_runs(text: str) -> str:
    """The text without pieces of four signs and more that lie beside each other in the alphabet or on the keyboard, either way round."""
    for row in (*ROWS, *(row[::-1] for row in ROWS)):
        for length in range(len(row), 3, -1):
            for start in range(len(row) - length + 1):
                text = text.replace(row[start : start + length], "")
    return text
