"""Brings locale/<language>/LC_MESSAGES/django.po up to the texts in the code, and compiles them.

    python -m config.gathering

What is translated already is kept. A text that has gone stays at the end as a
comment (`#~`), so that it finds its translation again should it come back. A text
that was changed a little is given the translation of its forerunner, marked
`fuzzy`: it counts as untranslated until somebody has looked at it.
"""

from __future__ import annotations

import difflib
from pathlib import Path

import polib
from babel.messages.plurals import get_plural

from config import messages, places, pseudo, texts

NEAR = 0.8
"""How like its forerunner a text must be to be offered the same translation."""


def merged(known: polib.POFile, now: dict[texts.Key, texts.Text]) -> polib.POFile:
    """A catalogue with exactly these texts, and every translation that `known` has for them."""
    there = {(entry.msgctxt, entry.msgid): entry for entry in known}
    gone = {key: entry for key, entry in there.items() if key not in now and _has_words(entry)}
    fresh = _empty(known.metadata)
    for key, text in now.items():
        fresh.append(_entry(text, there.get(key) or _forerunner(text, gone)))
    for entry in gone.values():
        entry.obsolete, entry.occurrences, entry.comment = True, [], ""
        fresh.append(entry)
    return fresh


def spelled(now: dict[texts.Key, texts.Text]) -> polib.POFile:
    """The pseudo-locale, whole."""
    fresh = _empty(_head(pseudo.LANGUAGE, pseudo.PLURAL_FORMS))
    fresh.header = " A pseudo-locale: English in Arabic letters, made by `make messages`. It is no translation; see docs/translating.md."
    for text in now.values():
        entry = _entry(text, None)
        if text.plural:
            entry.msgstr_plural = pseudo.forms(text.words, text.plural)
        else:
            entry.msgstr = pseudo.in_arabic_letters(text.words)
        fresh.append(entry)
    return fresh


def bring_up(path: Path, now: dict[texts.Key, texts.Text]) -> polib.POFile:
    """Write the file of one language anew; a new one begins empty, with the plural rule of its tradition."""
    language = path.parents[1].name
    if language == pseudo.LANGUAGE:
        catalogue = spelled(now)
    elif path.exists():
        catalogue = merged(polib.pofile(str(path), wrapwidth=0), now)
    else:
        catalogue = merged(_empty(_head(language, str(get_plural(language)))), now)
    catalogue.save(str(path))
    return catalogue


def main() -> None:
    now = texts.gathered()
    for folder in sorted((places.ROOT / "locale").glob("*/LC_MESSAGES")):
        catalogue = bring_up(folder / "django.po", now)
        print(f"{folder.parent.name}: {len(catalogue.translated_entries())} of {len(now)} texts, {len(catalogue.fuzzy_entries())} to look at")
    messages.compile_changed()


def _entry(text: texts.Text, before: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(msgid=text.words, msgctxt=text.context, occurrences=[(name, "") for name in text.files], comment="\n".join(text.notes))
    if text.plural:
        entry.msgid_plural = text.plural
    if before is None or bool(before.msgid_plural) != bool(text.plural):
        entry.msgstr_plural = {0: "", 1: ""} if text.plural else {}
        return entry
    changed = (before.msgid, before.msgid_plural) != (text.words, text.plural)
    entry.msgstr, entry.msgstr_plural, entry.tcomment = before.msgstr, before.msgstr_plural, before.tcomment
    entry.flags = ["fuzzy"] if changed or before.fuzzy else []
    return entry


def _forerunner(text: texts.Text, gone: dict[texts.Key, polib.POEntry]) -> polib.POEntry | None:
    alike = {entry.msgid: entry for (context, _words), entry in gone.items() if context == text.context}
    return next((alike[words] for words in difflib.get_close_matches(text.words, alike, n=1, cutoff=NEAR)), None)


def _has_words(entry: polib.POEntry) -> bool:
    return bool(entry.msgstr or any(entry.msgstr_plural.values())) and not entry.fuzzy


def _head(language: str, plurals: str) -> dict[str, str]:
    return {
        "Project-Id-Version": "Setfair",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plurals,
    }


def _empty(head: dict[str, str]) -> polib.POFile:
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = head
    return catalogue


if __name__ == "__main__":
    main()
