"""How one line of a copy is written: for people to read, and with its moment for machines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.letters.journey import Stage
from setfair.letters.models import CameBack, Letter
from setfair.vault import ring

Line = list[str]
Hide = Callable[[str], str]
WAY_IN = re.compile(r"https?://\S+|\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b")
"""An address that opens a page, and a code."""
ARRIVED = (Stage.SENT, Stage.HANDED)


def line(key: str, words: Any, at: Any = None) -> Line:
    """What it is, the words, and the moment or day in a form that machines read; that is empty where there is none."""
    return [str(key), str(words), at.isoformat() if at is not None else ""]


def on(day: Any, words: Any = "") -> Line:
    return line(date_format(day, "DATE_FORMAT"), words, day)


def at(moment: Any, words: Any = "") -> Line:
    return line(date_format(timezone.localtime(moment), "DATETIME_FORMAT"), words, moment)


def since(key: str, moment: Any) -> Line:
    """A moment that says something about them, where `at` is a moment at which something was."""
    return line(key, at(moment)[0], moment)


def known(pairs: Iterable[tuple[str, Any]]) -> list[Line]:
    """A line for each of these that is there at all."""
    return [line(key, words) for key, words in pairs if words]


def letters_to(theirs: Q, hide: Hide) -> list[Line]:
    """Each letter, with its words where it has reached them; what opens a page or is a code is left out of them."""
    rows = list(Letter.objects.filter(theirs).order_by("made_at", "id"))
    ring.gather(key for row in rows for key in row.keys())
    return [at(row.made_at, _letter(row, hide)) for row in rows]


def _letter(row: Letter, hide: Hide) -> str:
    told = f"{row.get_channel_display()}, {row.get_stage_display()}"
    return "\n".join([told, row.subject, hide(WAY_IN.sub("…", row.body))]) if row.stage in ARRIVED else told


def replies_of(theirs: Q, hide: Hide) -> list[Line]:
    """What they answered to our letters. Words that may be somebody else's are not in it: of those, that they came."""
    rows = list(CameBack.objects.filter(theirs).order_by("at", "id"))
    ring.gather(key for row in rows for key in row.keys())
    return [at(row.at, _reply(row, hide)) for row in rows]


def _reply(row: CameBack, hide: Hide) -> str:
    if row.from_elsewhere or row.is_uncertain or row.kind == CameBack.Kind.WRONG:
        return _("Something came back from another address, or from somebody else. Its words are not yours, so they are not in your copy.")
    return "\n".join(filter(None, [str(row.get_kind_display()), hide(row.words)]))
