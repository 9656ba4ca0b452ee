"""Words and codes that can be read aloud, and the check that a subject line gives nothing away."""

from __future__ import annotations

import codecs
import re
import secrets
import unicodedata

from django.utils.translation import get_language_bidi

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 signs without 0, O, 1 and I: a code is read from paper, over a phone, on a cracked screen."""

SPOKEN = "34679ACDEFGHJKLMNPQRTUVWXY"
"""Of these a code that somebody is given is made: neither of 2 and Z, 5 and S, 8 and B is among them, which a hand and an ear take for each other."""

TELLING = re.compile(
    r"restorativ|conferenc|harm|victim|offend|perpetrat|suspect|guilt|crime|court|case\b|justice|agreement|circle|"
    r"restaurativ|conferencia|daño|víctima|delito|caso\b|justicia|acuerdo",
    re.IGNORECASE,
)
"""Words that say what a message is about (screens.md 0, decision 2; 6.3)."""

FIRST = (
    "Amber Autumn Bright Broad Calm Clear Copper Early Even Fern Gentle Golden Green Hazel High Ivory Kind Late "
    "Light Linen Little Long Mellow Misty Morning New Open Pale Plain Quiet Round Sandy Silver Slow Small Soft "
    "South Still Sunny Tall Warm West White Wide Wild Winter Wooden Young"
).split()
SECOND = (
    "Acre Anchor Apple Arch Bank Barn Bay Beacon Birch Bridge Brook Cedar Cloud Cove Creek Dune Elm Ferry Field "
    "Ford Garden Gate Glade Grove Harbour Hearth Heron Hill Island Lake Lane Lantern Maple Meadow Mill Moor Oak "
    "Orchard Path Pebble Pier Pond Quay Reed River Shore Spring Stone Tide Valley Willow"
).split()


class TellingWords(ValueError):
    """A line that leaves the house would say what it is about."""


def new_code(length: int = 8) -> str:
    """A code of `length` signs; eight give 37 bits, enough only together with a rate limit. Older codes have signs of the whole `ALPHABET`."""
    return "".join(secrets.choice(SPOKEN) for _ in range(length))


def written_in(data: bytes) -> str | None:
    """The words of a small text file, however a spreadsheet spelled them; None for what is no text."""
    spellings = ("utf-16",) if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ("utf-8-sig", "cp1252")
    for spelling in spellings:
        try:
            text = data.decode(spelling)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def in_order(number: str) -> str:
    """A number to call that keeps its order among words that are read from right to left."""
    return f"\u2066{number}\u2069" if number and get_language_bidi() else number


def shown(code: str) -> str:
    """`7F3K22QM` as `7F3K-22QM`, the way it stands on paper."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def typed(code: str) -> str:
    """What a person typed, as the code it must be: any case, with or without spaces and dashes."""
    plain = unicodedata.normalize("NFKC", code).upper()
    return re.sub(r"[^A-Z0-9]", "", plain)


def new_alias() -> str:
    """Two calm words by which a case can be spoken of in public; not unique, and it means nothing."""
    return f"{secrets.choice(FIRST)} {secrets.choice(SECOND)}"


def folded(text: str) -> str:
    """A name as it is searched: without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(kept.split())


def neutral(line: str) -> str:
    """The line itself, or `TellingWords`: subjects, sender names, SMS, calendar titles and file names pass through here."""
    if TELLING.search(line):
        raise TellingWords(line)
    return line
