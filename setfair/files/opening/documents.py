"""A PDF is written anew from its pages: what they look like stays, and nothing that could run, call, open or tell of its maker comes along."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pikepdf

from setfair.core.bounds import NotTaken

MOST_PAGES = 200
MOST_IN_ONE, MOST_IN_ALL = 100 * 1024 * 1024, 400 * 1024 * 1024
"""Bytes that one stream, and all together, may unfold to."""
PIECE = 1024 * 1024

GONE = (
    "/AA", "/A", "/OpenAction", "/JS", "/JavaScript", "/Names", "/EF", "/AF", "/EmbeddedFiles", "/Metadata", "/PieceInfo", "/LastModified",
    "/Annots", "/AcroForm", "/URI", "/Launch", "/XFA", "/RichMedia", "/Thumb", "/B", "/Dests", "/Collection", "/StructParents", "/OPI", "/Ref",
)  # fmt: skip
PAGE = ("/Type", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/Contents", "/Group", "/UserUnit")
"""All that a page is made of here."""


def written_anew(data: bytes) -> tuple[bytes, int]:
    """The new document and how many pages it has; raises `NotTaken`."""
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as found:
            if found.is_encrypted:
                raise NotTaken("locked_document")
            _count(found)
            found.generate_appearance_streams() if "/AcroForm" in found.Root else None
            found.flatten_annotations("screen")
            return _from_pages(found), len(found.pages)
    except pikepdf.PasswordError:
        raise NotTaken("locked_document") from None
    except MemoryError:
        raise NotTaken("bomb") from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError, NotImplementedError, RecursionError):
        raise NotTaken("locked_document" if b"/Encrypt" in data else "broken_document") from None


def _count(found: pikepdf.Pdf) -> None:
    """Pages, and what the streams would unfold to, counted while they unfold and never kept."""
    if not 0 < len(found.pages) <= MOST_PAGES:
        raise NotTaken("too_many_pages" if len(found.pages) else "broken_document")
    left = MOST_IN_ALL
    for each in found.objects:
        if isinstance(each, pikepdf.Stream):
            left -= _unfolded(each)
            if left < 0:
                raise NotTaken("bomb")


def _unfolded(stream: pikepdf.Stream) -> int:
    filters = _filters(stream)
    if filters.count("/FlateDecode") > 1 or len(filters) > 3:
        raise NotTaken("bomb")
    if not filters or filters[0] != "/FlateDecode":
        return 0
    unfolding, rest, total = zlib.decompressobj(), stream.read_raw_bytes(), 0
    while rest and not unfolding.eof:
        try:
            total += len(unfolding.decompress(rest, PIECE))
        except zlib.error:
            raise NotTaken("broken_document") from None
        rest = unfolding.unconsumed_tail
        if total > MOST_IN_ONE:
            raise NotTaken("bomb")
    return total


def _from_pages(found: pikepdf.Pdf) -> bytes:
    for page in found.pages:
        for key in [key for key in page.obj.keys() if key not in PAGE]:  # noqa: SIM118
            if key != "/Parent":
                del page.obj[key]
    with pikepdf.new() as anew:
        anew.pages.extend(found.pages)
        for each in anew.objects:
            _without_what_acts(each)
        written = io.BytesIO()
        anew.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=False, deterministic_id=True)
    return written.getvalue()


def _without_what_acts(each: Any) -> None:
    if not isinstance(each, (pikepdf.Dictionary, pikepdf.Stream)):
        return
    for value in _with_inner(each, 0):
        for key in GONE:
            if key in value and not (key in ("/A", "/B") and _is_resource(value, key)):
                del value[key]
    if isinstance(each, pikepdf.Stream) and _filters(each) == ["/DCTDecode"]:
        each.write(_without_notes(each.read_raw_bytes()), filter=pikepdf.Name.DCTDecode, decode_parms=each.get("/DecodeParms"))


def _is_resource(value: Any, key: str) -> bool:
    """In a list of fonts or pictures a name may be any letter; there it leads to a font or a picture, and not to an act."""
    meant = value[key]
    return not (isinstance(meant, pikepdf.Dictionary) and "/S" in meant and "/Type" not in meant)


def _with_inner(value: Any, deep: int) -> list[Any]:
    """The dictionary and those that stand directly in it; what is referred to is an object of its own."""
    found = [value]
    if deep < 20:
        for inner in value.values():
            if isinstance(inner, pikepdf.Dictionary) and not inner.is_indirect:
                found += _with_inner(inner, deep + 1)
    return found


def _filters(stream: pikepdf.Stream) -> list[str]:
    said = stream.get("/Filter")
    if said is None:
        return []
    return [str(name) for name in said] if isinstance(said, pikepdf.Array) else [str(said)]


def _without_notes(jpeg: bytes) -> bytes:
    """A photograph inside a page without its notes (where and when it was taken); colour is said by the notes 0 and 14, which stay."""
    out, at = bytearray(jpeg[:2]), 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker not in (0xFE, *range(0xE1, 0xEE), 0xEF):
            out += jpeg[at : at + 2 + length]
        at += 2 + length
    return bytes(out + jpeg[at:])
