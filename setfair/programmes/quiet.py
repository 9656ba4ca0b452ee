"""What stands on a locked screen names nobody and does not say what it is about, whoever wrote it.

Against the names of the people in cases nothing is compared here: whoever words the letters
may see no case, and a refusal would tell them who is in one. What looks like a name is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from django.utils.dates import MONTHS, WEEKDAYS

from setfair.core.text import TELLING

ABOUT = re.compile(
    r"mediat|apolog|reconcil|bully|bullie|assault|abus|violen|stalk|\bthefts?\b|\bstole|\bstealing|\bpolice|\bjudge|\bprobation|\btrials?\b|\bprosecut|\barrest|"
    r"\baccus|\bpunish|\bfights?\b|\bfighting|\binciden|"
    r"mediaci|disculp|\bperdón|reconcili|\bacos[oa]|agresi|\bviolaci|\brob[oó]\b|\bpolicía|\bjuez|\bjueza|\bjuicio|\bfiscal|\barrest|\bacusa|\bcastig|\bpelea",
    re.IGNORECASE,
)
"""Words that our own letters never need."""

NAME = r"[^\W\d_][\w’'-]*"
GREETINGS = "hi|hello|hey|dear|hola|querid[oa]s?|estimad[oa]s?"
GREETED = re.compile(rf"\b(?i:{GREETINGS})(?:[ ]+({NAME})|,[ ]*({NAME})(?=[,:.!]))")
LEADS = re.compile(rf"({NAME}),")
POLITE = re.compile(rf"(?i:{GREETINGS}|please|por favor)$")
GAP = re.compile(r"\{(\w+)\}")
NEW_SENTENCE = (".", "!", "?", "¿", "¡", ":", "")


def says_what_it_is_about(text: str) -> bool:
    return ABOUT.search(text) is not None or TELLING.search(text) is not None


def telling(text: str) -> list[str]:
    """The words of it that say what it is about, each once, whole."""
    found = (m for pattern in (ABOUT, TELLING) for m in pattern.finditer(text))
    return list(dict.fromkeys(_whole(text, m.start()) for m in found))


def _whole(text: str, at: int) -> str:
    return next(word[0] for word in re.finditer(r"[\w’'-]+", text) if word.end() > at)


def greeted(text: str) -> str:
    """Somebody who is greeted by what looks like a name; empty for nobody."""
    found = (m[1] or m[2] for m in GREETED.finditer(text))
    return next((name for name in found if name[0].isupper()), "")


def named(line: str, *, known: Collection[str]) -> str:
    """What looks like a name in one line: a capital where no sentence begins, in a word that the programme's own names do not have."""
    days = {str(day) for day in (*WEEKDAYS.values(), *MONTHS.values())}
    usual = {word.casefold() for word in (*(part for own in known for part in re.findall(NAME, own)), *days, "I")}
    return next((word for word in _capitals(line) if word.casefold() not in usual), greeted(line))


def gaps(text: str) -> list[str]:
    return GAP.findall(text)


def _capitals(line: str) -> Iterator[str]:
    first = LEADS.match(line)
    if first and first[1][0].isupper() and not POLITE.match(first[1]):
        yield first[1]
    for word in re.finditer(NAME, line):
        before = line[: word.start()].rstrip()[-1:]
        if word[0][0].isupper() and before not in NEW_SENTENCE:
            yield word[0]
