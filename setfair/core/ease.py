"""How easily a sentence is read, from the length of its words and of itself. Rough, and good enough to ask for simpler words."""

from __future__ import annotations

import re

SOUND = re.compile(r"[aeiouyáéíóúü]+", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
SENTENCE = re.compile(r"[.!?;\n]+")
ENOUGH = 8
"""Words from which a length says anything."""
HARDEST_GRADE, LEAST_EASE = 10, 50


def is_hard(words: str, language: str) -> bool:
    """Whether somebody of twelve would stumble: by Flesch and Kincaid, or by Fernández-Huerta. Of other languages nothing is known."""
    said = WORD.findall(words)
    if len(said) < ENOUGH or language not in ("en", "es"):
        return False
    lines = max(1, sum(bool(WORD.search(part)) for part in SENTENCE.split(words)))
    long, sounds = len(said) / lines, sum(_sounds(word, language) for word in said) / len(said)
    if language == "en":
        return 0.39 * long + 11.8 * sounds - 15.59 > HARDEST_GRADE
    return 206.84 - 60 * sounds - 1.02 * long < LEAST_EASE


def _sounds(word: str, language: str) -> int:
    silent = language == "en" and word.lower().endswith("e") and not word.lower().endswith("le")
    return max(1, len(SOUND.findall(word)) - silent)
