"""Files in place of a post office: where letters go until a real way is set, and paper always."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

KINDS = {"eml": "email", "txt": "sms", "pdf": "paper"}
NAME = re.compile(r"letter-[0-9a-f]{8}\.(eml|txt|pdf)")


@dataclass(frozen=True)
class Sent:
    """One file that left. Its name says nothing; what it holds is read only when it is opened."""

    name: str
    at: datetime

    @property
    def kind(self) -> str:
        return self.name.rpartition(".")[2]

    @property
    def path(self) -> Path:
        return folder(self.kind) / self.name

    @cached_property
    def message(self) -> Parsed:
        """An e-mail or a text with its headers; of paper, none."""
        content = b"" if self.kind == "pdf" else self.path.read_bytes()
        return message_from_bytes(content, policy=policy.default)  # type: ignore[return-value]

    @property
    def to(self) -> str:
        return self.message["To"] or ""

    @property
    def title(self) -> str:
        return self.message["Subject"] or self.name

    @property
    def words(self) -> str:
        """The plain words of an e-mail or a text."""
        body = self.message.get_body(("plain",))
        return body.get_content() if body else ""


def folder(kind: str) -> Path:
    return Path(settings.OUTBOX_DIR) / KINDS[kind]


def put(kind: str, content: bytes) -> Path:
    """Write one letter whole or not at all, for our own eyes, under a name that says nothing."""
    place = folder(kind)
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"letter-{secrets.token_hex(4)}.{kind}"
    growing = path.with_suffix(".part")
    with open(os.open(growing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    growing.rename(path)
    return path


def latest(most: int = 40) -> list[Sent]:
    """What left, newest first."""
    found = [path for kind in KINDS if folder(kind).is_dir() for path in folder(kind).iterdir() if NAME.fullmatch(path.name)]
    found.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [_sent(path) for path in found[:most]]


def named(name: str) -> Sent | None:
    """The letter in the file of that name; nothing else on this machine can be asked for by it."""
    if not NAME.fullmatch(name):
        return None
    path = folder(name.rpartition(".")[2]) / name
    return _sent(path) if path.is_file() else None


class EmailBackend(BaseEmailBackend):
    """Each message as one `.eml` file: for trying things out, and for a machine without a mail server."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            put("eml", message.message().as_bytes())
        return len(email_messages)


def _sent(path: Path) -> Sent:
    return Sent(path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC))


def headed(content: str, **headers: Any) -> bytes:
    """A text with headers in front, in the form that an e-mail has on disk."""
    message = Parsed(policy=policy.default)
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(content)
    return message.as_bytes()
