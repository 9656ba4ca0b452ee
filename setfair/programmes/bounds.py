"""What holds for a programme's facts and words, whoever writes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from setfair.core.text import TellingWords, neutral

from . import colour, quiet, wording
from .models import Programme

QUICKER = _("Somebody else changed this page in the meantime. Your words are still here: please compare, then save again.")

TELLS = _("This is read on lock screens, and it says what it is about. Please choose quieter words, such as “Room 12”.")

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
        raise CannotChange(TELLS) from telling


def check_letter(key: str, text: str, *, programme: Programme) -> None:
    """Raises `CannotChange` for words of a letter that tell too much or name somebody, or that leave out the way in.

    The body is held to the same: it may go as a text message, which shows on a locked screen.
    """
    if quiet.says_what_it_is_about(text):
        raise CannotChange(TELLS)
    letter, part = wording.LETTERS.get(key.split(".")[0]), key.split(".")[-1]
    if letter is None:
        return
    name = quiet.named(text, known=(programme.name, programme.short_name)) if part == "subject" else quiet.greeted(text)
    if name:
        raise CannotChange(
            _("“%(name)s” looks like a name, and this is read on lock screens. Please leave it out, or write it with a small letter.")
            % {"name": name}
        )
    _check_gaps(letter, part, text)


def _check_gaps(letter: wording.Letter, part: str, text: str) -> None:
    given, known = set(letter.fields) if part == "body" else set(), {name for one in wording.LETTERS.values() for name in one.fields}
    astray = [name for name in quiet.gaps(text) if name in known - given]
    if astray:
        raise CannotChange(_("Nothing is filled in for %(gap)s here. Please leave it out.") % {"gap": f"{{{astray[0]}}}"})
    lost = [name for name in WAYS_IN if name in given and f"{{{name}}}" not in text]
    if lost:
        raise CannotChange(_("Please keep %(gap)s in the words: without it nobody can come in.") % {"gap": f"{{{lost[0]}}}"})
