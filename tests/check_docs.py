"""`python -m tests.check_docs`: whether the documents say what is so. With `--write` those that are written out from the code are written anew."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from config import places, texts
from tests.documents import counting, house, journeys, links, policy
from tests.documents import settings as what_can_be_set

WRITTEN_OUT = (policy, journeys, counting)


def written_out(root: Path) -> list[str]:
    """The pages that are written out from the code are as they would be written now."""
    found = [said for of in WRITTEN_OUT for said in of.faults(root)]
    if found:
        return found
    stale = [of.WHERE for of in WRITTEN_OUT if not (root / of.WHERE).exists() or (root / of.WHERE).read_text() != of.page(root)]
    return [f"{where} is not what the code says now: python -m tests.check_docs --write." for where in stale]


def screen_words(root: Path) -> list[str]:
    known = [words for text in texts.gathered(root).values() for words in (text.words, text.plural)]
    return house.screen_words(root, known)


CHECKS: dict[str, Callable[[Path], list[str]]] = {
    "written out": written_out,
    "settings": what_can_be_set.faults,
    "links": links.faults,
    "commands": house.commands,
    "floors": house.floors,
    "decisions": house.decisions,
    "places": house.places,
    "length": house.length,
    "words on the screen": screen_words,
}


def faults(root: Path) -> list[str]:
    return [said for check in CHECKS.values() for said in check(root)]


def write(root: Path) -> None:
    for of in WRITTEN_OUT:
        (root / of.WHERE).write_text(of.page(root))


def main() -> int:
    if not settings.configured:
        settings.configure(USE_I18N=False)  # the words of the code are English
    if sys.argv[1:] == ["--write"]:
        write(places.ROOT)
    found = faults(places.ROOT)
    print("\n".join(found) or "The documents say what is so.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
