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
from .reach import laid_down

Words = dict[str, Any]


def written(agreement: Agreement, items: Sequence[Item], signing: Iterable[Participation], carry: Mapping[UUID, User]) -> Words:
    """Names, promises and dates as they stand now, with the version they belong to.

    The names are those that may stand between the sides (`names.between`), and stand
    under the words as they do in them, whatever each types when signing. `carry` is
    whoever of the staff is named in it.
    """
    signs = list(signing)
    named = [p for item in items for p in (*item.owners, item.owed_to, item.checker) if p is not None]
    called = names.between([*signs, *named])
    return {
        "version": agreement.version,
        "items": [
            {
                "id": str(item.pk),
                "owner": str(item.owner_id or ""),
                "owners": [str(p.pk) for p in item.owners],
                "who": names.makers(item, called),
                "kind": item.kind,
                "for_whom": called[str(item.owed_to_id)] if item.owed_to else "",
                "what": item.what,
                "proof_wanted": item.proof_wanted,
                "due_on": item.due_on.isoformat(),
                "amount": str(item.amount) if item.amount is not None else "",
                "currency": item.currency,
                "parts": [[part.due_on.isoformat(), str(part.amount)] for part in item.payments] if item.parts > 1 else [],
                "hours": item.hours,
                "checked_by": called[str(item.checker_id)] if item.checker else _short(carry, item.checker_staff),
                "if_hard": item.if_hard,
                "answers": _short(carry, item.answers),
                "through": _short(carry, item.through),
                **({"language": item.language} if item.language else {}),
                **laid_down(item),
            }
            for item in items
        ],
        "names": {str(p.pk): called[str(p.pk)] for p in signs},
    }


def _short(staff: Mapping[UUID, User], key: UUID | None) -> str:
    return staff[key].get_short_name() if key in staff else ""


def digest(words: Words) -> str:
    """The same for the same words on every machine, and for no others."""
    canonical = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
