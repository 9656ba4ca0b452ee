"""Where mails come in: a folder, always, and a mailbox by IMAP where one is named. What was taken in is not kept there."""

from __future__ import annotations

import imaplib
import json
import logging
import os
import secrets
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from django.conf import settings

from setfair.vault import master

from .mail_read import LARGEST, Came, read, unread

log = logging.getLogger(__name__)
MOST = 200
"""Mails taken in at one time; the others a minute later."""


class NotNow(Exception):
    """A passing fault: the mail stays where it lies, and is taken in a minute later."""


Take = Callable[[Came], bool]
ASIDE = "incoming"
"""For which purpose what could not be read is sealed."""


def folder() -> Path:
    return Path(settings.OUTBOX_DIR) / "incoming"


def take_all(take: Take) -> None:
    """Hand over each mail that waits; one that cannot be read as what it is, as plain words. What `take` has no place for is set aside, sealed."""
    _from_folder(take)
    if settings.IMAP_HOST:
        try:
            _from_mailbox(take)
        except (OSError, imaplib.IMAP4.error) as fault:
            log.warning("The mailbox could not be read: %s", type(fault).__name__)


def _from_folder(take: Take) -> None:
    """Files laid there by a mail server, as a Maildir (`new`) or one by one."""
    for path in _files():
        with path.open("rb") as mail:
            raw = mail.read(LARGEST)
        if _is_done(raw, take):
            path.unlink()


def seal_anew() -> None:
    """What was set aside, under the newest master key; what opens no more stays as it is, and each is as old as it was."""
    for path in aside():
        with suppress(InvalidTag):
            fresh, came = path.with_suffix(".new"), path.stat().st_mtime_ns
            fresh.write_bytes(master.sealed(ASIDE, master.unsealed(ASIDE, path.read_bytes())))
            os.utime(fresh, ns=(came, came))
            fresh.replace(path)


def aside() -> list[Path]:
    """What was set aside, because no programme was named for it, the oldest first."""
    return sorted((folder() / "aside").glob("*.sealed"), key=lambda path: (path.stat().st_mtime_ns, path.name))


def waits_aside() -> tuple[int, datetime] | None:
    """How much lies there, and since when; None for nothing."""
    there = aside()
    return (len(there), datetime.fromtimestamp(there[0].stat().st_mtime, UTC)) if there else None


def take_aside(take: Take) -> None:
    """Hand over what was set aside, as soon as there is a place for it. What is not taken, or opens no more, stays where it is."""
    for path in aside()[:MOST]:
        with suppress(InvalidTag, NotNow):
            raw = master.unsealed(ASIDE, path.read_bytes())
            if take(_text_message(raw) or read(raw) or unread(raw)):
                path.unlink()


def forget_aside(before: datetime) -> int:
    """Let go what nobody could be shown in all that time; says how many."""
    old = [path for path in aside() if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before]
    if old:
        log.error("Messages that no programme was named for go now, and nobody has read them: %d", len(old))
    for path in old:
        path.unlink()
    return len(old)


def set_text_aside(came: Came) -> None:
    """A text message that no programme is known for: its provider brings it once."""
    said = {"from": came.sender, "text": came.words, "id": came.reference}
    set_aside(json.dumps(said, ensure_ascii=False).encode("utf-8", "backslashreplace"))


def _text_message(raw: bytes) -> Came | None:
    """What `set_text_aside` laid there."""
    try:
        said = json.loads(raw)
        return Came("sms", said["id"], said["from"], said["text"]) if set(said) == {"from", "text", "id"} else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _files() -> Iterator[Path]:
    for place in (folder() / "new", folder()):
        if place.is_dir():
            found = sorted(path for path in place.iterdir() if path.is_file() and not path.is_symlink() and not path.name.startswith("."))
            yield from found[:MOST]


def _from_mailbox(take: Take) -> None:
    with _mailbox() as box:
        box.login(settings.IMAP_USER, settings.IMAP_PASSWORD)
        box.select(settings.IMAP_FOLDER)
        for number in box.search(None, "UNDELETED")[1][0].split()[:MOST]:
            raw = _fetched(box, number)
            if _is_done(raw, take):
                box.store(number, "+FLAGS", "\\Deleted")
        box.expunge()


def _mailbox() -> imaplib.IMAP4:
    """Over TLS only to whom somebody vouches for: Python's own default for mailboxes looks at no certificate."""
    place = settings.IMAP_HOST, settings.IMAP_PORT
    if settings.IMAP_TLS:
        return imaplib.IMAP4_SSL(*place, ssl_context=ssl.create_default_context(), timeout=20)
    return imaplib.IMAP4(*place, timeout=20)


def _fetched(box: imaplib.IMAP4, number: bytes) -> bytes:
    found = box.fetch(number.decode(), f"(BODY.PEEK[]<0.{LARGEST}>)")[1]
    return next((part[1] for part in found if isinstance(part, tuple)), b"")


def _is_done(raw: bytes, take: Take) -> bool:
    """Whether it was taken in or set aside, and may go from where it lies."""
    try:
        if not take(read(raw) or unread(raw)):
            set_aside(raw)
    except NotNow:
        return False
    return True


def set_aside(raw: bytes) -> None:
    """Nobody here can say whose it is. It lies there sealed, under a name that says nothing, until a programme is named for it."""
    place = folder() / "aside"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    (place / f"{secrets.token_hex(8)}.sealed").write_bytes(master.sealed(ASIDE, raw))
    log.warning("A message fits nobody, and no programme is named for it. It was set aside.")
