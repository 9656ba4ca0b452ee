"""Where mails come in: a folder, always, and a mailbox by IMAP where one is named. What was taken in is not kept there."""

from __future__ import annotations

import imaplib
import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from django.conf import settings

from setfair.vault import master

from .mail_read import LARGEST, Came, read

log = logging.getLogger(__name__)
MOST = 200
"""Mails taken in at one time; the others a minute later."""
Take = Callable[[Came], bool]
ASIDE = "incoming"
"""For which purpose what could not be read is sealed."""


def folder() -> Path:
    return Path(settings.OUTBOX_DIR) / "incoming"


def take_all(take: Take) -> None:
    """Hand over each mail that waits. One that cannot be read, or that `take` has no place for, is set aside, sealed."""
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
        if not _taken(raw, take):
            set_aside(raw)
        path.unlink()


def seal_anew() -> None:
    """What was set aside, under the newest master key; what opens no more stays as it is."""
    for path in (folder() / "aside").glob("*.sealed"):
        with suppress(InvalidTag):
            fresh = path.with_suffix(".new")
            fresh.write_bytes(master.sealed(ASIDE, master.unsealed(ASIDE, path.read_bytes())))
            fresh.replace(path)


def _files() -> Iterator[Path]:
    for place in (folder() / "new", folder()):
        if place.is_dir():
            found = sorted(path for path in place.iterdir() if path.is_file() and not path.is_symlink() and not path.name.startswith("."))
            yield from found[:MOST]


def _from_mailbox(take: Take) -> None:
    kind = imaplib.IMAP4_SSL if settings.IMAP_TLS else imaplib.IMAP4
    with kind(settings.IMAP_HOST, settings.IMAP_PORT, timeout=20) as box:
        box.login(settings.IMAP_USER, settings.IMAP_PASSWORD)
        box.select(settings.IMAP_FOLDER)
        for number in box.search(None, "UNDELETED")[1][0].split()[:MOST]:
            raw = _fetched(box, number)
            if not _taken(raw, take):
                set_aside(raw)
            box.store(number, "+FLAGS", "\\Deleted")
        box.expunge()


def _fetched(box: imaplib.IMAP4, number: bytes) -> bytes:
    found = box.fetch(number.decode(), f"(BODY.PEEK[]<0.{LARGEST}>)")[1]
    return next((part[1] for part in found if isinstance(part, tuple)), b"")


def _taken(raw: bytes, take: Take) -> bool:
    came = read(raw)
    return came is not None and take(came)


def set_aside(raw: bytes) -> None:
    """Nobody here can say what it is or whose. It lies there sealed, under a name that says nothing."""
    place = folder() / "aside"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    (place / f"{secrets.token_hex(8)}.sealed").write_bytes(master.sealed(ASIDE, raw))
    log.warning("A message could not be read or fits nobody. It was set aside.")
