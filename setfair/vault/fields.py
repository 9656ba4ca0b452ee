"""Model fields whose words reach the database only sealed."""

from __future__ import annotations

import json
import os
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from . import ring

FORM = b"\x01"
FORM_OF_TWO = b"\x02"
"""Stands before what is sealed under two keys: without either of them it opens nowhere."""


class Ciphertext(bytes):
    """Bytes as they lie in the database, not opened yet."""


def seal(owner: UUID, place: str, text: str, within: UUID | None = None) -> bytes:
    """`place` names table, column and row; it is authenticated, so the result opens nowhere else.

    With `within` it takes the keys of both to open it, so that to shred either is to shred the words.
    """
    return seal_bytes(owner, place, text.encode(), within)


def seal_bytes(owner: UUID, place: str, data: bytes, within: UUID | None = None) -> bytes:
    """The same for what is not text."""
    nonce = os.urandom(12)
    if within is None or within == owner:
        return FORM + nonce + AESGCM(ring.write_key(owner)).encrypt(nonce, data, place.encode())
    return FORM_OF_TWO + nonce + AESGCM(key_of_two(*ring.write_keys(owner, within))).encrypt(nonce, data, place.encode())


def unseal(owner: UUID, place: str, sealed: bytes, within: UUID | None = None) -> str:
    """The words, or `ring.WordsAreGone`."""
    return unseal_bytes(owner, place, sealed, within).decode()


def unseal_bytes(owner: UUID, place: str, sealed: bytes, within: UUID | None = None) -> bytes:
    """The bytes, or `ring.WordsAreGone`. What was sealed under one key before it was sealed under two opens as it was."""
    try:
        return AESGCM(_key(owner, within, sealed[:1])).decrypt(sealed[1:13], sealed[13:], place.encode())
    except InvalidTag as fault:
        raise ring.WordsAreGone from fault


def _key(owner: UUID, within: UUID | None, form: bytes) -> bytes:
    if form != FORM_OF_TWO:
        return ring.read_key(owner)
    if within is None:
        raise ring.WordsAreGone
    ring.gather([owner, within])
    return key_of_two(ring.read_key(owner), ring.read_key(within))


def key_of_two(owner: bytes, within: bytes) -> bytes:
    """A key that neither of the two gives alone (RFC 5869, one as the salt, the other as the secret)."""
    return HKDF(SHA256(), 32, salt=owner, info=b"setfair of two").derive(within)


class _Sealed(DeferredAttribute):
    """Opens on first touch, so that a list which shows no words unseals none."""

    field: SealedText

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, Ciphertext):
            value = self.field.opened(instance, value)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedText(models.BinaryField):
    """Text sealed under the key of what `of` names on the same row (`"id"`, `"case_id"`, `"person_id"`).

    `within` names a second one (`"case_id"`), for words that must not outlive either: where the row names it, both keys are needed.
    It cannot be filtered, ordered or bulk-updated: the database sees only noise.
    Empty text is stored as NULL and costs no key.
    """

    descriptor_class = _Sealed
    empty: Any = ""
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def __init__(self, *, of: str, within: str = "", **kwargs: Any) -> None:
        self.of, self.within = of, within
        kwargs.update(null=True, blank=True, editable=True)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for key in ("null", "blank", "editable"):
            kwargs.pop(key, None)
        return name, path, args, {**kwargs, "of": self.of} | ({"within": self.within} if self.within else {})

    def get_default(self) -> Any:
        return self.empty

    def to_python(self, value: Any) -> Any:
        return value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return self.empty if value is None else Ciphertext(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname, self.empty)
        if isinstance(value, Ciphertext) or value is None or value == self.empty:
            return value if isinstance(value, Ciphertext) else None
        return Ciphertext(self.sealed(getattr(model_instance, self.of), self._place(model_instance), value, self._second(model_instance)))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, bytes):
            raise FieldError(f"{self.name} is sealed: it can be saved with its row, not filtered or updated in bulk.")
        return super().get_db_prep_value(value, connection, prepared)

    def opened(self, instance: models.Model, sealed: Ciphertext) -> Any:
        return self.opened_of(getattr(instance, self.of), instance.pk, sealed, self._second(instance))

    def opened_of(self, owner: UUID, pk: Any, sealed: bytes, within: UUID | None = None) -> Any:
        """The same for a value that was read without its row: `owner` and `within` are whose keys it is under, `pk` the row's."""
        return self.unsealed(owner, f"{self.model._meta.db_table}.{self.column}|{pk}", sealed, within)

    def _second(self, instance: models.Model) -> UUID | None:
        return getattr(instance, self.within) if self.within else None

    def _place(self, instance: models.Model) -> str:
        return f"{instance._meta.db_table}.{self.column}|{instance.pk}"

    def sealed(self, owner: UUID, place: str, value: Any, within: UUID | None = None) -> bytes:
        return seal(owner, place, self.written(value), within)

    def unsealed(self, owner: UUID, place: str, sealed: bytes, within: UUID | None = None) -> Any:
        return self.read(unseal(owner, place, sealed, within))

    def written(self, value: Any) -> str:
        return str(value)

    def read(self, text: str) -> Any:
        return text


class SealedBytes(SealedText):
    """What is not text, as the papers and pictures that people send: sealed as a whole, and opened as a whole."""

    empty: Any = b""

    def sealed(self, owner: UUID, place: str, value: Any, within: UUID | None = None) -> bytes:
        return seal_bytes(owner, place, value, within)

    def unsealed(self, owner: UUID, place: str, sealed: bytes, within: UUID | None = None) -> Any:
        return unseal_bytes(owner, place, sealed, within)


class SealedJSON(SealedText):
    """A small structure (a list of names, ways to reach someone), sealed as a whole. Treat its value as fixed: assign a new one to change it."""

    empty: Any = None

    def written(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    def read(self, text: str) -> Any:
        return json.loads(text)
