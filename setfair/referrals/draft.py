"""The words of somebody who is still writing, kept for this one stay.

They lie in the session on the server, which is sealed as a whole under the master key, and never in the
browser. Leaving by the exit or sending them off wipes them, unless a code was asked for (`kept_drafts`); after half an hour
without a touch they cannot be had back, and go at the next click or with the stay.
`kept` says where the same words lie under a code, once one was asked for.
"""

from __future__ import annotations

import base64
import json
import os
import uuid
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.http import HttpRequest

from setfair.core import clock
from setfair.vault import master

IDLE = 30 * 60


class Draft:
    """What was written so far in one form (`name`) of this programme, step by step.

    `ran_out` says that there was more, and that it has been wiped; `is_under_a_code`, that it lies under a code all the same.
    """

    def __init__(self, request: HttpRequest, name: str) -> None:
        self.session, self.place = request.session, f"{name} {request.programme.pk}"  # type: ignore[attr-defined]
        kept = opened(self.session.get(self.place), self.place)
        self.ran_out = kept is not None and clock.now().timestamp() - kept["seen"] > IDLE
        if kept is None or self.ran_out:
            self.wipe()
        self.begun = kept is not None and not self.ran_out
        self.form_key = uuid.UUID(kept["form_key"]) if kept and self.begun else uuid.uuid4()
        self.answers: dict[str, Any] = kept["answers"] if kept and self.begun else {}
        self.kept: str = kept.get("kept", "") if kept and self.begun else ""
        self.is_under_a_code = bool(kept and kept.get("kept"))

    def keep(self, step: str, answer: Any) -> None:
        """Write down what was answered at one step, in place of what stood there."""
        self.answers[step] = answer
        self._write()

    def go_on(self, form_key: str, answers: dict[str, Any], kept: str) -> None:
        """With what was written another day, in place of what was written in this stay."""
        self.form_key, self.answers, self.kept = uuid.UUID(form_key), answers, kept
        self._write()

    def _write(self) -> None:
        kept = {"seen": int(clock.now().timestamp()), "form_key": str(self.form_key), "answers": self.answers, "kept": self.kept}
        self.session[self.place] = sealed(kept, self.place)
        self.begun = True

    def wipe(self) -> None:
        self.session.pop(self.place, None)


def sealed(value: Any, place: str) -> str:
    """`value` as text that opens only under the same `place`."""
    nonce = os.urandom(12)
    return base64.b64encode(nonce + AESGCM(master.mark_key("draft")).encrypt(nonce, json.dumps(value).encode(), place.encode())).decode()


def opened(text: str | None, place: str) -> Any:
    """What `sealed` closed, or None: there is nothing, or it does not open here."""
    if not text:
        return None
    try:
        raw = base64.b64decode(text)
        return json.loads(AESGCM(master.mark_key("draft")).decrypt(raw[:12], raw[12:], place.encode()))
    except (InvalidTag, ValueError):
        return None
