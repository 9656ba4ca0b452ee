"""The programme's own words in place of ours: what roles are called, and how its letters read.

A floor writes `word("harmed", _("person harmed"))` once; everywhere that label is
shown, the programme's own word stands there if it has one in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.functional import lazy

from setfair.core import tenant
from setfair.core.moulds import Mould
from setfair.letters.actions import Words

from .models import Wording

GLOSSARY: dict[str, Any] = {}
"""Every word a programme may replace: key to ours. Filled as the floors are loaded."""

LETTERS: dict[str, Letter] = {}
"""Every letter a programme may reword, by key."""


def word(key: str, ours: Any) -> Any:
    """A label that is the programme's own word where it has one, and ours elsewhere."""
    GLOSSARY[key] = ours
    return _lazy_word(key)


@dataclass(frozen=True)
class Letter:
    """One letter as we ship it.

    `fields` are the names that may stand in braces in its body. A subject has none,
    so that it cannot name anyone.
    """

    key: str
    title: Any
    subject: Any
    body: Any
    fields: tuple[str, ...] = ()

    def words(self, **given: Any) -> Words:
        """The letter in the language that is active now, in the programme's words if it has its own."""
        subject, body = own(f"{self.key}.subject") or str(self.subject), own(f"{self.key}.body") or str(self.body)
        return Words(subject=subject, body=filled(body, given))


def letter(key: str, title: Any, subject: Any, body: Any, fields: tuple[str, ...] = ()) -> Letter:
    """Declare a letter, so that a programme can see it and put it in its own words."""
    LETTERS[key] = Letter(key, title, subject, body, fields)
    return LETTERS[key]


def filled(text: str, given: Mapping[str, Any]) -> str:
    """`{name}` replaced by what is given, in one pass, and by nothing else: what a programme wrote is text and never a format."""
    parts = text.split("{")
    out = [parts[0]]
    for part in parts[1:]:
        name, brace, rest = part.partition("}")
        out.append(f"{given[name]}{rest}" if brace and name in given else "{" + part)
    return "".join(out)


def told(words: str) -> str:
    """What a programme says about itself: in the reader's language as long as it is what every programme starts with, else as it was written."""
    return translation.gettext(words) if words else ""


def own(key: str) -> str:
    """The programme's own words for `key` in the reader's language; empty when it uses ours, and outside every programme."""
    if tenant.current() is None:
        return ""
    kept = tenant.scope().kept
    if "programmes.words" not in kept:
        kept["programmes.words"] = {(key, language): words for key, language, words in WORDINGS.ask(values={})}
    return kept["programmes.words"].get((key, translation.get_language() or ""), "")


WORDINGS = Mould(lambda: Wording.objects.values_list("key", "language", "words"))


def forget() -> None:
    """After a change in this stay: look the words up again."""
    tenant.scope().kept.pop("programmes.words", None)


def _word(key: str) -> str:
    return own(key) or str(GLOSSARY[key])


_lazy_word = lazy(_word, str)
