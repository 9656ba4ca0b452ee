"""In which language a request is written, as far as its letters tell, and who of the team reads that."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.conf.locale import LANG_INFO
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import get_language_info

from setfair.programmes.models import Membership

SCRIPTS = {
    "ARABIC": "ar", "ARMENIAN": "hy", "BENGALI": "bn", "CJK": "zh-hans", "CYRILLIC": "ru", "DEVANAGARI": "hi", "GEORGIAN": "ka", "GREEK": "el",
    "HANGUL": "ko", "HEBREW": "he", "HIRAGANA": "ja", "KATAKANA": "ja", "KHMER": "km", "MYANMAR": "my", "TAMIL": "ta", "THAI": "th",
}  # fmt: skip
LETTERS_OF_ITS_OWN = (("ur", "ٹڈڑںے"), ("fa", "پچژگ"), ("uk", "їєґ"))
"""By which one language stands out among those that share a script."""


Rule = Callable[[Any], Q]
"""Takes the code of a language, and says of a membership, two queries deep, whether its holder reads it."""

_rules: list[Rule] = []


def register(rule: Rule) -> None:
    """Let a floor that knows who speaks what say so; registering it twice changes nothing."""
    if rule not in _rules:
        _rules.append(rule)


def written_in(text: str, spoken: str) -> str:
    """The code of the language by the letters of the text; in Latin letters the one that whoever wrote it is `spoken` to in."""
    scripts = Counter(unicodedata.name(sign, "?").split()[0] for sign in text if sign.isalpha())
    if not scripts:
        return spoken
    most = "KATAKANA" if {"HIRAGANA", "KATAKANA"} & set(scripts) else scripts.most_common(1)[0][0]
    own = (code for code, letters in LETTERS_OF_ITS_OWN if set(letters) & set(text.casefold()))
    return next(own, SCRIPTS[most]) if most in SCRIPTS else spoken


def named(code: str) -> str:
    """The language as the reader calls it."""
    return str(get_language_info(code)["name_translated"]) if code in LANG_INFO else code


def readers(code: str) -> list[str]:
    """The names of those of the team who read it, as they or the team wrote down."""
    here = Membership.objects.filter(ended_at__isnull=True, user__is_active=True).filter(_reads(code))
    return sorted({member.name for member in here.select_related("user")})


FOREIGN = ~Q(written="") & ~Q(written=F("programme__language"))
"""Written in another language than the programme's own."""


def is_read() -> Exists:
    """Somebody of the team reads the language of a request, asked of its row."""
    here = Membership.objects.filter(programme=OuterRef("programme"), ended_at__isnull=True, user__is_active=True)
    return Exists(here.filter(_reads(OuterRef("written"))))


def _reads(code: Any) -> Q:
    """Of a membership: by the language of its account, or by what a floor above knows."""
    inner = OuterRef(code) if isinstance(code, OuterRef) else code
    found = Q(user__language=code)
    for rule in _rules:
        found |= rule(inner)
    return found
