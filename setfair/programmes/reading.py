"""How hard a few sentences are to read, by the usual measures: years of school for English, the ease of Fernández-Huerta for Spanish."""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
END = re.compile(r"[.!?]+(?:\s|$)")
HEARD = {"en": re.compile(r"[aeiouy]*[aiouy](?=[^aeiouy]|$)|[aeiouy]*e(?=[^aeiouy])|le$"), "es": re.compile(r"[aeiouüáéíóú]+")}
"""Vowels that make a syllable; in English an e at the end of a word is mostly not heard."""
GRADE, EASE, LONGEST, A_LABEL = 9, 60, 20, 4
"""The hardest sentence that a person is asked to say yes to, and the most words it may have in any language."""


def is_hard(text: str, language: str) -> bool:
    """Whether one of its sentences is too long, or too hard for its readers."""
    return any(_hard(words, language) for words in (WORD.findall(sentence) for sentence in END.split(text)) if words)


def _hard(words: list[str], language: str) -> bool:
    if len(words) <= A_LABEL or language not in ("en", "es"):
        return len(words) > LONGEST
    per_word = sum(max(1, len(HEARD[language].findall(word.casefold()))) for word in words) / len(words)
    hard = {"en": 0.39 * len(words) + 11.8 * per_word - 15.59 > GRADE, "es": 206.84 - 60 * per_word - 1.02 * len(words) < EASE}
    return hard[language] or len(words) > LONGEST
