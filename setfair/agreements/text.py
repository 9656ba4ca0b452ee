"""The exact words that are signed: one structure, its digest, and nothing that could be read two ways."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from .models import Agreement, Item

Words = dict[str, Any]


def written(agreement: Agreement, items: Iterable[Item]) -> Words:
    """Names, promises and dates as they stand now, with the version they belong to."""
    return {
        "version": agreement.version,
        "items": [
            {
                "id": str(item.pk),
                "owner": str(item.owner_id),
                "who": item.owner.person.shown,
                "for_whom": item.owed_to.person.shown if item.owed_to else "",
                "what": item.what,
                "proof_wanted": item.proof_wanted,
                "due_on": item.due_on.isoformat(),
            }
            for item in items
        ],
    }


def digest(words: Words) -> str:
    """The same for the same words on every machine, and for no others."""
    canonical = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
