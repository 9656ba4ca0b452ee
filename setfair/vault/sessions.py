"""Sessions in the database, sealed: a request that somebody is still writing lies in their session until it is sent."""

from __future__ import annotations

import base64
import json
import os
import re
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as InDatabase

from . import master

MANY = 500
KEY = re.compile(r"[0-9a-z]{8,40}")


class SessionStore(InDatabase):
    """Django's own store with its signing replaced by authenticated encryption. What cannot be opened is an empty session, as before.

    What lies under one key opens under no other: a row cannot be put in the place of somebody else's.
    """

    def _validate_session_key(self, key: str) -> bool:
        """Only what a key of ours can look like is looked up; anything else is nobody's, whatever signs it holds."""
        return bool(key) and KEY.fullmatch(key) is not None

    def save(self, must_create: bool = False) -> None:
        """A stay that goes on is one UPDATE, which is a transaction by itself."""
        if must_create or self.session_key is None:
            return super().save(must_create)
        row = self.create_model_instance(self._get_session())
        if not self.model.objects.filter(pk=row.pk).update(session_data=row.session_data, expire_date=row.expire_date):
            raise UpdateError
        return None

    def encode(self, session_dict: dict[str, Any]) -> str:
        nonce, epoch = os.urandom(12), master.epoch()
        sealed = AESGCM(master.derived(epoch, "session")).encrypt(nonce, json.dumps(session_dict).encode(), self._bound())
        return f"{epoch}." + base64.b85encode(nonce + sealed).decode()

    def decode(self, session_data: str) -> dict[str, Any]:
        try:
            epoch, _, text = session_data.partition(".")
            sealed = base64.b85decode(text)
            return json.loads(AESGCM(master.derived(int(epoch), "session")).decrypt(sealed[:12], sealed[12:], self._bound()))
        except (ValueError, KeyError, InvalidTag):
            return {}

    def _bound(self) -> bytes:
        return f"session {self.session_key or ''}".encode()


def seal_anew() -> None:
    """Every stay under the newest master key, so that a rotation signs nobody out and loses no draft; one that changes meanwhile is so already."""
    old = SessionStore().model.objects.exclude(session_data__startswith=f"{master.epoch()}.")
    for row in old.only("session_key", "session_data").iterator(chunk_size=MANY):
        store = SessionStore(row.session_key)
        said = store.decode(row.session_data)
        if said:
            old.filter(pk=row.pk, session_data=row.session_data).update(session_data=store.encode(said))
