"""Inputs nobody thought of. Each carries the planted word, so that wherever it comes out again it is known."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import strategies as some

from setfair.files.tests import sent

PLANTED = "Zwetschgenbaum"
"""In no text of the house, in no name of the village, and no word that Python or PostgreSQL would say by themselves."""

AWAY = "evil.example"
SIGNS = some.text(some.characters(exclude_categories=("Cs",)), max_size=60)
ODD = (
    "", " ", "0", "-1", "1e309", "NaN", "99999999999999999999", "٣", "²", "\x00", "\r\nSet-Cookie: a=b", "'; DROP TABLE people_person; --",
    "%s%n%(name)s", "{{ 7*7 }}{% debug %}", "<script>alert(1)</script>", "../../etc/passwd", "//evil.example", "https://evil.example/",
    "javascript:alert(1)", "\u202eabc", "2026-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "0001-01-01", "25:61", "-00:00",
    "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-fffffffffff", "a@b", "@", "x" * 300 + "@home.example", "555-0160", "+" * 40,
    "true", "on", "null", "[]", '{"a": 1}', "=1+1", "\ud7ff", "\U0010ffff", "ﷺ" * 50, "A\u0301" * 40, "C-0001", "C-" + "9" * 30, "en", "xx-klingon",
    "zz" * 40,
)  # fmt: skip
LONG = some.integers(1, 40).map(lambda n: "long " * 2_000 * n)
WORDS = some.one_of(some.sampled_from(ODD), SIGNS, some.integers().map(str), some.uuids().map(str), some.dates().map(str), LONG)
PLACED = some.tuples(WORDS, some.sampled_from(("{0}", "{1}", "{0}{1}", "{1} {0}"))).map(lambda said: said[1].format(said[0], PLANTED))
HEADERS = tuple(
    f"HTTP_{name}" for name in "ACCEPT_LANGUAGE REFERER USER_AGENT ORIGIN X_FORWARDED_FOR X_REQUESTED_WITH ACCEPT RANGE IF_MODIFIED_SINCE".split()
)
ASKED = (*"after back code key language newer next older page q readings setup show tab theme told whose idle".split(), PLANTED)
PAPERS = (sent.picture(90, 60), sent.picture(90, 60, kind="PNG"), sent.paper(), sent.locked_paper(), "Grüße".encode())
FILES = (*sent.REFUSED.values(), *sent.TWO_THINGS.values(), *PAPERS)


@some.composite
def torn(draw: Any) -> bytes:
    """Something that people or attackers send, cut, doubled or with a few of its bytes turned."""
    data = bytearray(draw(some.sampled_from(FILES)) + draw(some.sampled_from((b"", PLANTED.encode()))))
    for at, byte in draw(some.lists(some.tuples(some.integers(0, 1 << 16), some.integers(0, 255)), max_size=12)):
        if data:
            data[at % len(data)] = byte
    end = draw(some.one_of(some.none(), some.integers(0, len(data))))
    return bytes(data[:end]) * draw(some.sampled_from((1, 1, 1, 2)))


@some.composite
def names(draw: Any) -> str:
    """How a file says that it is called."""
    return draw(some.sampled_from((f"{PLANTED}.pdf", f"../{PLANTED}", "a.php\x00.jpg", "." * 40, f"{PLANTED}" * 40)))


def form_of(fields: dict[str, list[str]], files: set[str], others: list[str]) -> some.SearchStrategy[dict[str, Any]]:
    """Mostly what an honest browser would send, with some of it something else, some gone, and some that was never asked for."""

    @some.composite
    def filled(draw: Any) -> dict[str, Any]:
        said: dict[str, Any] = {}
        for name, honest in fields.items():
            way = draw(some.integers(0, 9))
            if way < 5 and honest:
                said[name] = draw(some.sampled_from(honest))
            elif way < 9:
                said[name] = draw(PLACED) if way < 8 else [draw(PLACED), draw(PLACED)]
        for name in draw(some.lists(some.sampled_from(others), max_size=2)):
            said.setdefault(name, draw(PLACED))
        for name in files & set(said) if draw(some.booleans()) else ():
            said[name] = SimpleUploadedFile(draw(names()), draw(torn()), draw(some.sampled_from(("image/jpeg", "text/html", PLANTED))))
        return said

    return filled()


def query() -> some.SearchStrategy[dict[str, str]]:
    return some.dictionaries(some.sampled_from(ASKED), PLACED, max_size=3)


def headers() -> some.SearchStrategy[dict[str, str]]:
    """As a server would hand them on: no line ends, and letters that a header can hold."""
    plain = PLACED.map(lambda words: "".join(sign for sign in words if " " <= sign <= "ÿ" and sign != "\x7f")[:4_000])
    return some.dictionaries(some.sampled_from(HEADERS), plain, max_size=2)


def of_address(kind: str, honest: Any) -> some.SearchStrategy[Any]:
    """A part of an address, mostly the right one; a wrong one is of the kind that the site map lets through."""
    if kind == "UUIDConverter":
        return some.sampled_from((honest, honest, honest, uuid.UUID(int=0)))
    wrong = PLACED.map(lambda words: "".join(sign for sign in words if sign.isprintable() and sign not in "/\\?#%")[:200] or PLANTED)
    if kind == "SlugConverter":
        wrong = wrong.map(lambda words: "".join(sign for sign in words if sign.isascii() and (sign.isalnum() or sign in "-_")) or PLANTED)
    return some.one_of(some.just(str(honest)), some.just(str(honest)), some.just(str(honest)), wrong)
