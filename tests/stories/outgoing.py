"""Everything of a message that somebody could read who is not its reader: headers, every part, file names, and what a PDF says and says of itself."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

import pikepdf

from setfair.core.text import TELLING

OPEN = frozenset({"subject", "text message", "file name", "calendar", "title"})
"""What lies open on a screen or a disk, and so may not even say what it is about in general."""


@dataclass(frozen=True)
class Piece:
    """One text of one message, and what kind of text it is."""

    message: str
    kind: str
    text: str


def of_file(path: Path) -> Iterator[Piece]:
    """The pieces of what left as a file."""
    name = path.suffix.lstrip(".")
    yield Piece(name, "file name", path.name)
    content = path.read_bytes()
    yield from of_pdf(name, content) if path.suffix == ".pdf" else of_mail(name, content)


def of_mail(name: str, content: bytes) -> Iterator[Piece]:
    mail = message_from_bytes(content, policy=policy.default)
    for header, value in mail.items():
        yield Piece(name, "subject" if header.casefold() == "subject" else "header", str(value))
    for part in mail.walk():
        yield Piece(name, "file name", part.get_filename() or "")
        yield from (Piece(name, "header", f"{header}: {value}") for header, value in part.items())
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            text = payload.decode(part.get_content_charset() or "utf-8", "replace")
            is_calendar = part.get_content_type() == "text/calendar"
            yield Piece(name, "text message" if name == "txt" else "calendar" if is_calendar else "words", text)


def of_pdf(name: str, content: bytes) -> Iterator[Piece]:
    """Its words, its properties and its XMP; the bytes too, for whatever is none of these."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        with pdf.open_metadata() as said:
            yield from (Piece(name, "title" if key.endswith("title") else "property", str(value)) for key, value in said.items())
        yield from (Piece(name, "title" if key == "/Title" else "property", str(value)) for key, value in pdf.docinfo.items())
        yield from (Piece(name, "file name", attached) for attached in pdf.attachments)
        for page in pdf.pages:
            yield Piece(name, "words", words_of(page))
    yield Piece(name, "bytes", content.decode("latin-1"))


def words_of(page: pikepdf.Page) -> str:
    """What is drawn on a page, read back through the tables of its fonts."""
    fonts = {key: _table(font) for key, font in page.get("/Resources", {}).get("/Font", {}).items()}
    said, table = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            table = fonts.get(str(operands[0]), {})
        elif str(operator) in ("Tj", "TJ"):
            parts = operands[0] if str(operator) == "TJ" else operands
            said += [_decoded(bytes(part), table) for part in parts if isinstance(part, pikepdf.String)]
        elif str(operator) in ("Td", "TD", "Tm", "T*"):
            said.append(" ")
    return "".join(said)


def _table(font: pikepdf.Object) -> dict[int, str]:
    if "/ToUnicode" not in font:
        return {}
    cmap, found = font.ToUnicode.read_bytes().decode("latin-1"), {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
        found |= {int(code, 16): _unicode(sign) for code, sign in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block)}
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.S):
        for first, last, sign in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            start = ord(_unicode(sign)[-1])
            found |= {code: chr(start + code - int(first, 16)) for code in range(int(first, 16), int(last, 16) + 1)}
    return found


def _unicode(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be", "replace")


def _decoded(shown: bytes, table: dict[int, str]) -> str:
    return "".join(table.get(int.from_bytes(shown[at : at + 2]), "") for at in range(0, len(shown), 2))


def told(pieces: list[Piece], planted: list[str]) -> list[str]:
    """Where a planted word stands, and where what lies open says what it is about; each place once, without the text itself."""
    found = []
    for piece in pieces:
        words = [word for word in planted if word.casefold() in piece.text.casefold()]
        found += [f"{piece.message}, {piece.kind}: {word}" for word in words]
        if piece.kind in OPEN and TELLING.search(piece.text):
            found.append(f"{piece.message}, {piece.kind}: says what it is about")
    return list(dict.fromkeys(found))
