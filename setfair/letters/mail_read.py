"""A mail that came in, as far as it matters here. Whatever it holds, reading it ends in words or in None, and never in a fault."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr
from html import unescape
from uuid import UUID

from .held import shown

LARGEST = 1024 * 1024
"""Bytes of a mail that are read. The words stand before what hangs on them, so a reply with pictures is heard like any other."""
MOST_PARTS, MOST_SIGNS, MOST_LINES = 60, 20_000, 2_000
OURS = re.compile(r"<([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})@", re.IGNORECASE)
TAG = re.compile(r"\+([0-9a-f]{32})@", re.IGNORECASE)
QUOTED = re.compile(
    r"^(>|-{2,}\s*(original|mensaje|forwarded)|_{5,}$|(on|el|le|am)\b.{0,200}(wrote|escribió|a écrit|schrieb)\s*:\s*$)", re.IGNORECASE
)
STOP = frozenset("stop,stopall,unsubscribe,cancel,end,quit,alto,parar,para,basta,cancelar,baja,darme de baja,no mas".split(","))
STOP_FIRST = STOP - set("cancel,cancelar,end,para".split(","))
"""Words that say it as the first of a few, too. The others may speak of an hour ("cancel Tuesday") or of nothing ("para el martes")."""
START = frozenset("start,unstop,resume,empezar,iniciar,reanudar".split(","))
FEW = 3
WRONG = ("wrong number", "wrong person", "wrong address", "numero equivocado", "persona equivocada", "direccion equivocada")


@dataclass(frozen=True)
class Bounce:
    """That a mail was given back: for which addresses, and whether for good."""

    addresses: tuple[str, ...]
    is_final: bool


@dataclass(frozen=True)
class Came:
    """One message that came in. `letters` are letters of ours that it says it answers."""

    channel: str
    reference: str
    sender: str
    words: str = ""
    letters: tuple[UUID, ...] = ()
    is_auto: bool = False
    bounce: Bounce | None = None
    is_unread: bool = False
    left_out: int = 0
    subject: str = field(default="")

    @property
    def says_stop(self) -> bool:
        return _stops(self.words if self.words.strip() else self.subject)

    @property
    def says_start(self) -> bool:
        """That they ask for messages again; it is for somebody to read, and begins nothing."""
        return next((plain for line in self.words.splitlines() if (plain := _plain(line))), "") in START

    @property
    def says_wrong(self) -> bool:
        return _plain(self.words).startswith(WRONG)


def read(raw: bytes) -> Came | None:
    """What this mail says, in its first `LARGEST` bytes; None for what is no mail."""
    if not raw:
        return None
    try:
        return _read(message_from_bytes(raw[:LARGEST], policy=policy.default), hashlib.sha256(raw).hexdigest())  # type: ignore[arg-type]
    except Exception:  # the library raises whatever a hostile header makes it raise
        return None


def unread(raw: bytes) -> Came:
    """The same as plain words, where no mail can be made of it: nothing in it is followed, shown as a page or opened."""
    text = raw[:LARGEST].decode("utf-8", "replace").replace("\r\n", "\n")
    plain = "".join(sign for sign in text[: 4 * MOST_SIGNS] if sign in "\t\n" or unicodedata.category(sign)[0] != "C")
    return Came("email", hashlib.sha256(raw).hexdigest(), "", shown(plain.strip()[:MOST_SIGNS]), is_unread=True)


def _read(mail: EmailMessage, digest: str) -> Came | None:
    """`digest` tells a mail without a name of its own from the next one of the same sender."""
    parts = [part for part, _n in zip(_leaves(mail), range(MOST_PARTS), strict=False)]
    sender = parseaddr(_header(mail, "From"))[1].strip().casefold()
    bounce = _bounce(parts) if mail.get_content_type() == "multipart/report" else None
    if bounce is None and "@" not in sender:
        return None
    found = " ".join(_header(mail, name) for name in ("In-Reply-To", "References"))
    if bounce is not None:
        found += " ".join(_inside(part) for part in parts)
    tags = TAG.findall(" ".join(address for _name, address in getaddresses([_header(mail, "To"), _header(mail, "Delivered-To")])))
    return Came(
        channel="email",
        reference=_header(mail, "Message-ID").strip() or digest,
        sender=sender,
        words=cleaned(_words(parts)),
        letters=tuple(dict.fromkeys(UUID(key) for key in (*OURS.findall(found), *tags)))[:20],
        is_auto=_is_auto(mail),
        bounce=bounce,
        left_out=sum(1 for part in parts if part.get_filename() or part.get_content_maintype() not in ("text", "message", "multipart")),
        subject=_header(mail, "Subject")[:200],
    )


def _leaves(mail: EmailMessage) -> Iterator[EmailMessage]:
    for part in mail.walk():
        if not part.is_multipart() or part.get_content_maintype() == "message":
            yield part  # type: ignore[misc]


def _header(mail: EmailMessage, name: str) -> str:
    return " ".join(str(value) for value in mail.get_all(name, []))[:4000].replace("\x00", "")


def _is_auto(mail: EmailMessage) -> bool:
    """An answer that a machine gave (RFC 3834). Lists and mail programs mark people's mails in other ways: those are heard."""
    said = re.split(r"[\s;(]", _header(mail, "Auto-Submitted").casefold().strip())[0]
    return said not in ("", "no") or _header(mail, "Precedence").casefold().strip() == "auto_reply"


def _bounce(parts: list[EmailMessage]) -> Bounce | None:
    """What a delivery status says (RFC 3464): the addresses it failed for, and whether for good."""
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            said = _inside(part)
            failed = [block for block in re.split(r"\n\s*\n", said) if re.search(r"^Action:\s*failed", block, re.I | re.M)]
            to = re.findall(r"^(?:Final|Original)-Recipient:\s*(?:[\w-]+;)?\s*(\S+@\S+)", "\n".join(failed), re.I | re.M)
            final = any(re.search(r"^Status:\s*5\.", block, re.I | re.M) for block in failed)
            return Bounce(tuple(dict.fromkeys(address.strip("<>").casefold() for address in to)), final)
    return None


def _inside(part: EmailMessage) -> str:
    return part.as_bytes()[:50_000].decode("utf-8", "replace").replace("\r\n", "\n")


def _words(parts: list[EmailMessage]) -> str:
    plain = [part for part in parts if part.get_content_type() == "text/plain" and not part.get_filename()]
    rich = [part for part in parts if part.get_content_type() == "text/html" and not part.get_filename()]
    if plain:
        return str(plain[0].get_content())
    return _without_marks(str(rich[0].get_content())) if rich else ""


def _without_marks(page: str) -> str:
    page = re.sub(r"(?is)<(script|style|blockquote)\b.*?(</\1>|$)", " ", page[: 10 * MOST_SIGNS])
    return unescape(re.sub(r"<[^>]{0,2000}>", " ", re.sub(r"(?i)<(br|/p|/div)\b[^>]{0,200}>", "\n", page)))


def cleaned(words: str) -> str:
    """What they wrote themselves: without the letter that hangs under it, signs that cannot be shown, links that open and codes."""
    kept: list[str] = []
    for line in words.replace("\r\n", "\n").split("\n")[:MOST_LINES]:
        if QUOTED.match(line.strip()):
            break
        kept.append("".join(sign for sign in line if sign == "\t" or unicodedata.category(sign)[0] != "C" or sign == "\u200d"))
    return shown("\n".join(kept).strip()[:MOST_SIGNS])


def _stops(words: str) -> bool:
    """By the first line that holds a word: what a phone sets below it says nothing."""
    first = next((plain for line in words.splitlines() if (plain := _plain(line))), "")
    said = first.split()
    return first in STOP or (0 < len(said) <= FEW and said[0] in STOP_FIRST)


def _plain(words: str) -> str:
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", words).casefold() if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w\s]", " ", plain).split())
