"""Model fields whose words reach the database only sealed."""

from __future__ import annotations

import json
import os
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from . import ring

FORM = b"\x01"


class Ciphertext(bytes):
    """Bytes as they lie in the database, not opened yet."""


def seal(owner: UUID, place: str, text: str) -> bytes:
    """`place` names table, column and row; it is authenticated, so the result opens nowhere else."""
    return seal_bytes(owner, place, text.encode())


def seal_bytes(owner: UUID, place: str, data: bytes) -> bytes:
    """The same for what is not text."""
    nonce = os.urandom(12)
    return FORM + nonce + AESGCM(ring.write_key(owner)).encrypt(nonce, data, place.encode())


def unseal(owner: UUID, place: str, sealed: bytes) -> str:
    """The words, or `ring.WordsAreGone`."""
    return unseal_bytes(owner, place, sealed).decode()


def unseal_bytes(owner: UUID, place: str, sealed: bytes) -> bytes:
    """The bytes, or `ring.WordsAreGone`."""
    try:
        return AESGCM(ring.read_key(owner)).decrypt(sealed[1:13], sealed[13:], place.encode())
    except InvalidTag as fault:
        raise ring.WordsAreGone from fault


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

    It cannot be filtered, ordered or bulk-updated: the database sees only noise.
    Empty text is stored as NULL and costs no key.
    """

    descriptor_class = _Sealed
    empty: Any = ""
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def __init__(self, *, of: str, **kwargs: Any) -> None:
        self.of = of
        kwargs.update(null=True, blank=True, editable=True)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for key in ("null", "blank", "editable"):
            kwargs.pop(key, None)
        return name, path, args, {**kwargs, "of": self.of}

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
        return Ciphertext(self.sealed(getattr(model_instance, self.of), self._place(model_instance), value))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, bytes):
            raise FieldError(f"{self.name} is sealed: it can be saved with its row, not filtered or updated in bulk.")
        return super().get_db_prep_value(value, connection, prepared)

    def opened(self, instance: models.Model, sealed: Ciphertext) -> Any:
        return self.opened_of(getattr(instance, self.of), instance.pk, sealed)

    def opened_of(self, owner: UUID, pk: Any, sealed: bytes) -> Any:
        """The same for a value that was read without its row: `owner` is whose key it is under, `pk` the row's."""
        return self.unsealed(owner, f"{self.model._meta.db_table}.{self.column}|{pk}", sealed)

    def _place(self, instance: models.Model) -> str:
        return f"{instance._meta.db_table}.{self.column}|{instance.pk}"

    def sealed(self, owner: UUID, place: str, value: Any) -> bytes:
        return seal(owner, place, self.written(value))

    def unsealed(self, owner: UUID, place: str, sealed: bytes) -> Any:
        return self.read(unseal(owner, place, sealed))

    def written(self, value: Any) -> str:
        return str(value)

    def read(self, text: str) -> Any:
        return text


class SealedBytes(SealedText):
    """What is not text, as the papers and pictures that people send: sealed as a whole, and opened as a whole."""

    empty: Any = b""

    def sealed(self, owner: UUID, place: str, value: Any) -> bytes:
        return seal_bytes(owner, place, value)

    def unsealed(self, owner: UUID, place: str, sealed: bytes) -> Any:
        return unseal_bytes(owner, place, sealed)


class SealedJSON(SealedText):
    """A small structure (a list of names, ways to reach someone), sealed as a whole. Treat its value as fixed: assign a new one to change it."""

    empty: Any = None

    def written(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    def read(self, text: str) -> Any:
        return json.loads(text)
