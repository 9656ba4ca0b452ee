"""The Arabic pseudo-locale: every English text in Arabic letters, so that right-to-left can be proved on every page.

It is no translation and says nothing to a reader of Arabic. It is made from the
texts alone, the same each time: each Latin letter becomes an Arabic one, while
variables, tags and addresses stay as they are. A Latin letter left on an Arabic
page is therefore a text that nobody can translate, or a name.
"""

from __future__ import annotations

import re

LANGUAGE = "ar"
PLURAL_FORMS = "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;"
FORMS = 6
KEPT = re.compile(r"%\(\w+\)[#0\- +]*[\d.]*[a-z]|%[sd%]|\{\w*\}|<[^>]*>|&#?\w+;|(?:https?|mailto|tel):\S+|\S+@\S+|\\n")
"""Variables, tags, entities, addresses."""

PAIRS = {"sh": "ش", "th": "ث", "ch": "تش", "kh": "خ", "gh": "غ", "ph": "ف", "oo": "و", "ee": "ي", "ck": "ك", "qu": "كو"}
LETTERS = dict(
    zip("abcdefghijklmnopqrstuvwxyz", "ا ب س د ي ف ج ه ي ج ك ل م ن و ب ق ر س ت و ف و كس ي ز".split(), strict=True),
) | {",": "،", ";": "؛", "?": "؟"}
SIGN = re.compile("|".join([*PAIRS, "[a-z,;?]"]))


def in_arabic_letters(text: str) -> str:
    """The same text in Arabic letters, with everything kept that is not for reading."""
    out, last = [], 0
    for kept in KEPT.finditer(text):
        out += [_spelled(text[last : kept.start()]), kept[0]]
        last = kept.end()
    return "".join([*out, _spelled(text[last:])])


def forms(one: str, more: str) -> dict[int, str]:
    """All six plural forms; only that for one thing is spelled from the singular."""
    return {form: in_arabic_letters(one if form == 1 else more) for form in range(FORMS)}


def _spelled(text: str) -> str:
    return SIGN.sub(lambda sign: PAIRS.get(sign[0]) or LETTERS[sign[0]], text.lower())
