"""A half-written request that somebody asked to keep: for a week, under a code of their own, with nothing of it in the browser.

It lies among the stays, sealed as they are, and goes with them: as a stay it opens nothing, because no page looks for it there.
Its row is named by a keyed digest of the code. Whoever took it up writes into it with each answer, so that a lost connection, an
empty battery or half an hour away costs one page at most; once the request is sent it is gone.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction

from setfair.core import clock
from setfair.core.text import new_code, typed
from setfair.vault.master import digest
from setfair.vault.sessions import SessionStore

from .draft import Draft, opened, sealed

LASTS = timedelta(days=7)
KEPT = "kept draft"


def keep(draft: Draft) -> str:
    """Keep what was written so far; answers with the code, which is told to nobody else and stands nowhere. A code from before ends with it."""
    code = new_code()
    place = _place(draft, code)
    _rows(draft.kept).delete()
    Session.objects.create(session_key=place, session_data=_closed(place, draft.form_key, draft.answers), expire_date=clock.now() + LASTS)
    return code


def take_up(draft: Draft, code: str) -> bool:
    """Go on with what this code stands for, in this stay; False when it stands for nothing here."""
    place = _place(draft, code)
    row = _rows(place).first()
    kept = _read(row, place) if row else None
    if kept is None:
        return False
    draft.go_on(kept["form_key"], kept["answers"], place)
    return True


@transaction.atomic
def write_down(draft: Draft, step: str, answer: Any) -> None:
    """One answer, in this stay and under its code. What another device wrote there meanwhile stays."""
    draft.keep(step, answer)
    row = _rows(draft.kept).select_for_update().first() if draft.kept else None
    kept = _read(row, draft.kept) if row else None
    if row is not None and kept is not None:
        row.session_data = _closed(draft.kept, kept["form_key"], kept["answers"] | {step: answer})
        row.save(update_fields=["session_data"])


def sent(draft: Draft) -> None:
    """It is a request now: nothing of the draft stays anywhere."""
    _rows(draft.kept).delete()
    draft.wipe()


def _rows(place: str) -> Any:
    return Session.objects.filter(session_key=place, expire_date__gt=clock.now())


def _closed(place: str, form_key: Any, answers: dict[str, Any]) -> str:
    return SessionStore().encode({KEPT: sealed({"form_key": str(form_key), "answers": answers}, place)})


def _read(row: Session, place: str) -> dict[str, Any] | None:
    return opened(SessionStore().decode(row.session_data).get(KEPT), place)


def _place(draft: Draft, code: str) -> str:
    return digest("kept draft", f"{draft.place} {typed(code)}").hex()[:40]
