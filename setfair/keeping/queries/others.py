"""Whoever else is named in somebody's words: what they are in it stands in the place of their name.

Names are whole words, in any case and with or without accents. A word that belongs
to the reader too is theirs, unless it follows or leads a name of somebody else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from setfair.core.text import folded

WORD = re.compile(r"\w+(?:['’]\w+)*")
BETWEEN = re.compile(r"[\s\-]+(?:(?:[^\W\d_]\.|de|del|la|las|los|el|y|e|da|dos|do|di|du|van|von|der|den|bin|ibn)[\s\-]+)*", re.IGNORECASE)
"""What may stand between two words of one name: a space, a hyphen, an initial, a small word."""
SMALL = frozenset("de del la las los el y e da dos do di du van von der den bin ibn mr mrs ms sr sra the and".split())
SHORT = 2
"""A name so short stands in many words of a language: it is one only when it begins with a capital letter."""
LONG = 4
"""A family name from here on is found in its plural too: the Delacourts."""
ADDRESS = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
SHORTEST_NUMBER = 7
NUMBER = re.compile(r"\+?\(?\d[\d\s().\-]{5,}\d")


@dataclass(frozen=True)
class Somebody:
    """One person who may be named: what they are here, all they are called, and how they are reached.

    `listed`: a name that somebody wrote into a request. It may be the reader's own, in other letters.
    """

    role: str
    names: tuple[str, ...]
    reached: tuple[str, ...] = ()
    listed: bool = False


@dataclass
class Others:
    """Call it with words: out come the same words without anybody's name but the reader's own."""

    people: list[Somebody]
    own: Iterable[str] = ()
    _owners: dict[str, set[int]] = field(default_factory=dict, init=False)
    _family: set[str] = field(default_factory=set, init=False)
    _ways: dict[str, str] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        own = [name for name in self.own if name and name.strip()]
        mine = _firsts(own)
        for number, names in enumerate([own, *(one.names for one in self.people)]):
            for name in names:
                self._learn(number, name)
        for one in self.people:
            self._ways |= {reach(way): one.role for way in one.reached if reach(way)}
        self._namesakes = {number for number, one in enumerate(self.people, 1) if one.listed and _firsts(one.names) & mine}

    def _learn(self, number: int, name: str) -> None:
        for place, word in enumerate(_words(name)):
            for part in {_plain(word), *(_plain(p) for p in re.split(r"['’]", word) if len(p) > SHORT)}:
                if part and part not in SMALL:
                    self._owners.setdefault(part, set()).add(number)
                    if place:
                        self._family.add(part)

    def __call__(self, text: str) -> str:
        text = unicodedata.normalize("NFC", text)
        for shape in (ADDRESS, NUMBER):
            text = shape.sub(lambda found: self._said(self._ways.get(reach(found[0])), found[0]), text)
        out, at = [], 0
        for start, end, role in self._names_in(text):
            out += [text[at:start], f"[{role}]"]
            at = end
        return "".join([*out, text[at:]])

    def _said(self, role: str | None, otherwise: str) -> str:
        return f"[{role}]" if role else otherwise

    def _names_in(self, text: str) -> list[tuple[int, int, str]]:
        """Where somebody else is named, and what they are. Each name is as long as it can be and still be one person's."""
        found: list[tuple[int, int, set[int]]] = []
        for start, end, whose in self._known_in(text):
            if found and (both := found[-1][2] & whose) and BETWEEN.fullmatch(text, found[-1][1], start):
                found[-1] = (found[-1][0], end, both)
            else:
                found.append((start, end, whose))
        return [(start, end, self._role(whose)) for start, end, whose in found if 0 not in whose and not whose <= self._namesakes]

    def _known_in(self, text: str) -> list[tuple[int, int, set[int]]]:
        known = []
        for word in WORD.finditer(text):
            for form in _forms(word[0]):
                whose = self._owners.get(_plain(form), set())
                plural = form + "s" == word[0] or form + "es" == word[0]
                if not whose or (plural and (len(form) < LONG or _plain(form) not in self._family)) or (len(form) <= SHORT and not form[0].isupper()):
                    continue
                known.append((word.start(), word.start() + (len(word[0]) if plural else len(form)), whose))
                break
        return known

    def _role(self, whose: set[int]) -> str:
        """What they are; when several have that name, and are not the same here, `somebody`."""
        these = [self.people[number - 1] for number in whose]
        roles = {one.role for one in these if not one.listed}
        return roles.pop() if len(roles) == 1 else _("somebody")


def _forms(word: str) -> list[str]:
    """A word as it stands, without what shows whose something is, and without the end of a plural."""
    owned = re.sub(r"['’]s$", "", word)
    return [*dict.fromkeys([word, owned, *(owned[: -len(end)] for end in ("s", "es") if owned.endswith(end) and word[0].isupper())])]


def _words(name: str) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFC", name or ""))


def _plain(word: str) -> str:
    return folded(word).replace(" ", "")


def _firsts(names: Iterable[str]) -> set[str]:
    return {_plain(_words(name)[0]) for name in names if _words(name)}


def reach(way: str) -> str:
    """An address or number as it is compared; what is neither is nothing."""
    if "@" in way:
        return way.strip().casefold()
    digits = re.sub(r"\D", "", way)
    return digits[-10:] if len(digits) >= SHORTEST_NUMBER else ""
