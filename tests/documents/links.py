"""Where the documents point: to each other, to pictures, to files of the checkout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from .files import pages, told

LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
IMAGE = re.compile(r"<img\b[^>]*>")
QUOTED = re.compile(r"`((?:docs|setfair|config|tests|bench|deploy|requirements|locale)/[\w./-]*|[A-Z]+\.md|\.env\.example)`")
HEAVIEST = 200_000


def faults(root: Path) -> list[str]:
    return [f"{page.relative_to(root)} {said}." for page in pages(root) for said in _of(page, root)] + _unseen(root)


def _of(page: Path, root: Path) -> Iterator[str]:
    text = told(page)
    for picture, words, target in _links(text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _hash, anchor = unquote(target).partition("#")
        there = (page.parent / path).resolve() if path else page
        if not there.exists():
            yield f"points to {target}, which is not there"
        elif anchor and anchor not in _anchors(there):
            yield f"points to {target}, which has no such heading"
        elif picture and not words.strip():
            yield f"shows {target} without a word for those who do not see it"
    for named in sorted(set(QUOTED.findall(text))):
        if not (root / named).exists():
            yield f"names {named}, which is not there"


def _links(text: str) -> Iterator[tuple[bool, str, str]]:
    for mark, words, target in LINK.findall(text):
        yield bool(mark), words, target
    for tag in IMAGE.findall(text):
        facts = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        yield True, facts.get("alt", ""), facts.get("src", "")


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", told(page), re.M) if page.suffix == ".md" else []
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def _unseen(root: Path) -> list[str]:
    """Pictures that no page shows, and those that are too heavy to wait for."""
    written = "\n".join(page.read_text() for page in pages(root))
    pictures = sorted((root / "docs" / "pictures").glob("*"))
    found = [f"docs/pictures/{p.name} is shown nowhere." for p in pictures if f"pictures/{p.name}" not in written]
    return found + [f"docs/pictures/{p.name} weighs more than {HEAVIEST // 1000} KB." for p in pictures if p.stat().st_size > HEAVIEST]
