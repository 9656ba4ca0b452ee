"""What holds for a programme's facts and words, whoever writes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from setfair.core.text import TellingWords, neutral

from . import colour, wording

QUICKER = _("Somebody else changed this page in the meantime. Your words are still here: please compare, then save again.")

WAYS_IN = ("link", "page", "code")
"""Gaps of a letter through which its reader comes in."""


class CannotChange(Exception):
    """A setting cannot be what was asked for; the sentence says why."""


def check(facts: Mapping[str, Any]) -> None:
    """Raises `CannotChange` for a name that tells too much, or a colour that nobody could read."""
    if "short_name" in facts:
        check_neutral(facts["short_name"])
    if "colour" in facts and not colour.is_colour(facts["colour"]):
        raise CannotChange(_("Please write a colour as # and six signs, for example #0F5E5A."))
    if "colour" in facts and not colour.can_be_read(facts["colour"]):
        raise CannotChange(
            _("This colour is too pale to read on our pages. %(better)s is close to it and can be read.") % {"better": colour.darker(facts["colour"])}
        )


def check_neutral(line: str) -> None:
    """Raises `CannotChange` for a line that says what it is about."""
    try:
        neutral(line)
    except TellingWords as telling:
        raise CannotChange(
            _("This is read on lock screens, and it says what it is about. Please choose quieter words, such as “Room 12”.")
        ) from telling


def check_letter(key: str, text: str) -> None:
    """Raises `CannotChange` for words of a letter that tell too much, or that leave out the way in."""
    check_neutral(text)
    letter, part = wording.LETTERS.get(key.split(".")[0]), key.split(".")[-1]
    lost = [name for name in WAYS_IN if letter is not None and part == "body" and name in letter.fields and f"{{{name}}}" not in text]
    if lost:
        raise CannotChange(_("Please keep %(gap)s in the words: without it nobody can come in.") % {"gap": f"{{{lost[0]}}}"})
