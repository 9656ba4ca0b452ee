"""Promises in good words to start from at the table, each with what done looks like: a programme's own, and ours to begin with.

Ours lie in `worded/<language>.txt`, one in a line: `kind | what is done | what done looks like`.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from uuid import UUID

from .models import GoodPromise, Programme
from .models.library import KINDS

SHIPPED = Path(__file__).parent / "worded"
LANGUAGES = ("en", "es")
ORDER = [code for code, _label in KINDS]


def shipped(language: str) -> list[dict[str, str]]:
    lines = (SHIPPED / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return [dict(zip(("kind", "what", "done"), line.split(" | "), strict=True), language=language) for line in lines if line]


def give_ours(programme: Programme) -> list[GoodPromise]:
    """Those of ours that it does not have; call it inside the programme. What it took out of use stays so."""
    there = set(GoodPromise.objects.values_list("language", "what"))
    missing = [one for language in LANGUAGES for one in shipped(language) if (language, one["what"]) not in there]
    return GoodPromise.objects.bulk_create(GoodPromise(programme=programme, **one) for one in missing)


def lacks_ours() -> bool:
    """Whether there is one of ours that the programme one is inside never had."""
    there = set(GoodPromise.objects.values_list("language", "what"))
    return any((language, one["what"]) not in there for language in LANGUAGES for one in shipped(language))


def listed() -> list[GoodPromise]:
    """All of them, those in use first, by language and kind."""
    return sorted(GoodPromise.objects.all(), key=lambda one: (one.closed_at is not None, one.language, ORDER.index(one.kind), one.since, one.what))


def to_start_from(*languages: str) -> list[tuple[str, list[GoodPromise]]]:
    """What can be taken, kind by kind: in the first of these languages that has any."""
    live = [one for one in listed() if one.closed_at is None]
    language = next((one for one in languages if any(row.language == one for row in live)), "")
    mine = [row for row in live if row.language == language]
    return [(str(dict(KINDS)[kind]), list(ones)) for kind, ones in groupby(mine, key=lambda row: row.kind)]


def taken(key: str) -> GoodPromise | None:
    """The one in use with this id; None for any other text."""
    try:
        return GoodPromise.objects.filter(pk=UUID(key), closed_at__isnull=True).first()
    except ValueError:
        return None
