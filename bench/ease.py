"""How easily words are read: the grade of Flesch and Kincaid for English, the ease of Fernández-Huerta for Spanish.

A label is no sentence, and would make a page look easier than it is: only lines of five words and more are counted.
"""

from __future__ import annotations

import re

import textstat

GRADE, HARDEST, EASE = 6, 9, 70
"""Years of school for a page on average and for its hardest sentence; for Spanish, the ease."""

ENOUGH, A_SENTENCE = 30, 5
"""Words from which a page has an average, and a line is more than a label."""

ROLES = re.compile(r"\b(coordinators?|administrators?|guardians?|agreement)\b|\b(la coordinación|tutora?|acuerdo)\b", re.IGNORECASE)
"""Each is explained once, in person. It counts as one plain word."""


def measure(language: str, words: str) -> float:
    """The grade in English, where less is easier; the ease in Spanish, where more is."""
    textstat.set_lang(language)
    try:
        return float(textstat.flesch_kincaid_grade(words) if language == "en" else textstat.fernandez_huerta(words))
    finally:
        textstat.set_lang("en")


def is_hard(figure: float, language: str) -> bool:
    return figure > GRADE if language == "en" else figure < EASE


def ended(text: str) -> str:
    return text if text[-1:] in ".?!" else f"{text.rstrip(':')}."


def sentences(text: str) -> list[str]:
    """The sentences of a text without tags or gaps."""
    spoken = ROLES.sub("helper", text).strip()
    return [part for part in re.split(r"(?<=[.?!])\s+|\n+", spoken) if len(part.split()) >= A_SENTENCE]
