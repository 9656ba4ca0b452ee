"""The exact words that are signed: one structure, its digest, and nothing that could be read two ways."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from setfair.accounts.models import User
from setfair.cases.models import Participation

from . import names
from .models import Agreement, Item

Words = dict[str, Any]


def written(agreement: Agreement, items: Sequence[Item], signing: Iterable[Participation], carry: Mapping[UUID, User]) -> Words:
    """Names, promises and dates as they stand now, with the version they belong to.

    The names are those that may stand between the sides (`names.between`), and stand
    under the words as they do in them, whatever each types when signing. `carry` is
    who of the team can pass something on.
    """
    signs = list(signing)
    owed = [item.owed_to for item in items if item.owed_to]
    called = names.between([*signs, *(item.owner for item in items), *owed])
    return {
        "version": agreement.version,
        "items": [
            {
                "id": str(item.pk),
                "owner": str(item.owner_id),
                "who": called[str(item.owner_id)],
                "for_whom": called[str(item.owed_to_id)] if item.owed_to else "",
                "what": item.what,
                "proof_wanted": item.proof_wanted,
                "due_on": item.due_on.isoformat(),
                "through": carry[item.through].get_short_name() if item.through in carry else "",
            }
            for item in items
        ],
        "names": {str(p.pk): called[str(p.pk)] for p in signs},
    }


def digest(words: Words) -> str:
    """The same for the same words on every machine, and for no others."""
    canonical = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
