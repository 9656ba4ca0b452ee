"""What a column can be, and how the words in its cells are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from setfair.core.text import folded

from ..models import Table

NOTHING = ""
"""The code of a cell that counts as empty."""


class Shape(StrEnum):
    TEXT = "text"
    DAY = "day"
    YES = "yes"
    CODE = "code"
    LANGUAGE = "language"


@dataclass(frozen=True)
class Field:
    """`names` are what such a column is often called, in English and Spanish; `codes` what may stand in it, and what it means."""

    name: str
    label: Any
    names: str
    shape: Shape = Shape.TEXT
    codes: tuple[tuple[str, Any], ...] = ()
    needed: bool = False
    help: Any = ""

    @property
    def words(self) -> list[tuple[str, str]]:
        """The only words that can stand in it, each with its code; none where any can."""
        known = settings.LANGUAGES if self.shape == Shape.LANGUAGE else YES_OR_NO if self.shape == Shape.YES else self.codes
        return [(code, str(label)) for code, label in known]

    @property
    def takes_words(self) -> bool:
        """Whether only known words can stand in it, so that an unknown one can be given its meaning."""
        return self.shape in (Shape.CODE, Shape.LANGUAGE, Shape.YES)

    def is_called(self, heading: str) -> bool:
        """By one of its names, or by what our own example calls it in any language."""
        return folded(heading) in {folded(name) for name in (*self.names.split(","), *in_every_language(self.label))}


YES_OR_NO = (("on", _lazy("Yes")), (NOTHING, _lazy("No, or nothing")))


class Unread(ValueError):
    """A cell that cannot be read; the sentence says what may stand there."""


YES = frozenset("1 x y yes true si sí s verdadero ja".split())
NO = frozenset("0 n no false - falso none".split())
LANGUAGES = {"en": "english inglés ingles", "es": "spanish español espanol castellano"}
WRITTEN = re.compile(r"(\d{1,4})[./\-\s](\d{1,2})[./\-\s](\d{1,4})(?:[T\s].*)?")
CENTURY, TURN = 2000, 70


def read(field: Field, cell: str, days: str) -> str:
    """The cell as a form takes it; raises `Unread`."""
    text = cell.strip()
    if not text or field.shape == Shape.TEXT:
        return text
    if field.shape == Shape.DAY:
        return read_day(text, days)
    if field.shape == Shape.YES:
        return _read_yes(text)
    if field.shape == Shape.LANGUAGE:
        return _read_code(text, _languages())
    return _read_code(text, _codes(field.codes))


def read_day(text: str, days: str) -> str:
    """As `2026-03-27`, whichever way round the list writes its days."""
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise Unread(_("This is not a day that we can read. Write it like this: 2026-03-27."))
    one, two, three = found.groups()
    if len(one) == 4:
        year, month, day = one, two, three
    else:
        year = three if len(three) > 2 else str(int(three) + (CENTURY if int(three) < TURN else CENTURY - 100))
        day, month = (one, two) if days == Table.Days.DAY_FIRST else (two, one)
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise Unread(_("There is no such day. Write it like this: 2026-03-27.")) from None


def guess_days(cells: Iterable[str]) -> str:
    """Which of day and month comes first in these cells; where nothing tells, the day."""
    for cell in cells:
        found = WRITTEN.fullmatch(cell.strip())
        if found is not None and len(found[1]) < 3 and int(found[2]) > 12:
            return str(Table.Days.MONTH_FIRST)
    return str(Table.Days.DAY_FIRST)


def _read_yes(text: str) -> str:
    if folded(text) in {folded(word) for word in YES}:
        return "on"
    if text in NO or folded(text) in NO:
        return ""
    raise Unread(_("Write yes or no."))


def _read_code(text: str, known: Mapping[str, str]) -> str:
    code = known.get(folded(text))
    if code is None:
        raise Unread(_("We do not know “%(word)s”. What can stand here is said below.") % {"word": Truncator(text).chars(40)})
    return code


@lru_cache
def _codes(codes: tuple[tuple[str, Any], ...]) -> dict[str, str]:
    """Each code by itself, and by what it is called in every language that we speak."""
    known = {folded(code): code for code, _label in codes}
    for code, label in codes:
        known |= {folded(word): code for word in in_every_language(label)}
    return known


def in_every_language(label: Any) -> Iterator[str]:
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield str(label)


def _languages() -> dict[str, str]:
    known = {folded(code): code for code, _name in settings.LANGUAGES}
    known |= {folded(name): code for code, name in settings.LANGUAGES}
    return known | {folded(word): code for code, words in LANGUAGES.items() for word in words.split()}
