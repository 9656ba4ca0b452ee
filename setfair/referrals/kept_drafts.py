"""A half-written request that somebody asked to keep: for a week, under a code of their own, with nothing of it in the browser.

It lies among the stays, sealed as they are, and goes with them: as a stay it opens nothing, because no page looks for it there.
Its row is named by a keyed digest of the code, and once it has been taken up it is gone.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session

from setfair.core import clock
from setfair.core.text import new_code, typed
from setfair.vault.master import digest
from setfair.vault.sessions import SessionStore

from .draft import Draft, opened, sealed

LASTS = timedelta(days=7)
KEPT = "kept draft"


def keep(draft: Draft) -> str:
    """Keep what was written so far; answers with the code, which is told to nobody else and stands nowhere."""
    code = new_code()
    held = {KEPT: sealed({"form_key": str(draft.form_key), "answers": draft.answers}, _place(draft, code))}
    Session.objects.create(session_key=_place(draft, code), session_data=SessionStore().encode(held), expire_date=clock.now() + LASTS)
    return code


def take_up(draft: Draft, code: str) -> bool:
    """Go on with what this code stands for, in this stay; False when it stands for nothing here. It works once."""
    place = _place(draft, code)
    row = Session.objects.filter(session_key=place, expire_date__gt=clock.now()).first()
    kept: dict[str, Any] | None = opened(SessionStore().decode(row.session_data).get(KEPT), place) if row else None
    if kept is None or not Session.objects.filter(session_key=place).delete()[0]:
        return False
    draft.go_on(kept["form_key"], kept["answers"])
    return True


def _place(draft: Draft, code: str) -> str:
    return digest("kept draft", f"{draft.place} {typed(code)}").hex()[:40]
