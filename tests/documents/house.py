"""What the pages say of the house itself: its commands, its floors, its verbs, its decisions, and nothing of where it was built."""

from __future__ import annotations

import re
from pathlib import Path

from .files import pages, texts, told

LONGEST_README = 70
TELL_OF_COMMANDS = ("README.md", "CONTRIBUTING.md", "docs/operator.md")
PLACE = re.compile(r"(?<![\w.~-])/(?:wor[k]|roo[t]|hom[e]/\w+|Users/\w+|tm[p]/\w+)(?:/|\b)")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
REGISTRY = re.compile(r"(?:pyp[i]\.org|pythonhoste[d]|npmj[s]|/simpl[e]/|index-ur[l]=|jfro[g]|artifactor[y])", re.IGNORECASE)


def commands(root: Path) -> list[str]:
    """Every `make` that a page names is there, and every one that is there is named by a page."""
    makefile = (root / "Makefile").read_text()
    there = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    offered = set(re.findall(r"^([a-z-]+):.*##", makefile, re.M))
    found = [f"{page.relative_to(root)} names `make {name}`, which is not there." for page in pages(root) for name in sorted(_named(page) - there)]
    told_of = {name for page in TELL_OF_COMMANDS if (root / page).exists() for name in _named(root / page)}
    return found + [f"`make {name}` is in none of {', '.join(TELL_OF_COMMANDS)}." for name in sorted(offered - told_of)]


def _named(page: Path) -> set[str]:
    """Commands stand in code: between backticks, or in a block of their own."""
    text = page.read_text()
    return set(re.findall(r"(?:`|^    |^(?:\w+=\S+ )*)(?:[A-Z_]+=\S+ )*make ([a-z][a-z-]*)\b", text, re.M))


def floors(root: Path) -> list[str]:
    """HOUSE.md has every floor and no other, and every verb it names is an action of the floor it names."""
    text = (root / "HOUSE.md").read_text()
    chapter = text.split("## The floors")[1].split("\n## ")[0]
    told_of = set(re.findall(r"`(\w+)`", "\n".join(re.findall(r"^\| (`.+?) \|", chapter, re.M))))
    there = {path.parent.name for path in root.glob("setfair/*/__init__.py")}
    found = [f"HOUSE.md has no floor {name}." for name in sorted(there - told_of)]
    found += [f"HOUSE.md has a floor {name}, which is not there." for name in sorted(told_of - there)]
    for verbs, floor in re.findall(r"((?:`\w+`(?:, )?)+) \((\w+)\)", text):
        code = "\n".join(path.read_text() for path in [*root.glob(f"setfair/{floor}/actions.py"), *root.glob(f"setfair/{floor}/actions/*.py")])
        found += [f"HOUSE.md names {verb} of {floor}, which is not there." for verb in re.findall(r"`(\w+)`", verbs) if f"\ndef {verb}(" not in code]
    return found


def decisions(root: Path) -> list[str]:
    """The index has every record under its own title, and no number is given twice."""
    folder = root / "docs" / "decisions"
    index = (folder / "README.md").read_text()
    found, seen = [], set()
    for record in sorted(folder.glob("[0-9]*.md")):
        number, title = re.match(r"# (\d+)\. (.+)", record.read_text()).groups()  # type: ignore[union-attr]
        if f"[{title}]({record.name})" not in index:
            found.append(f"docs/decisions/README.md has no [{title}]({record.name}).")
        if int(record.name[:4]) != int(number) or number in seen:
            found.append(f"docs/decisions/{record.name} is numbered {number}.")
        seen.add(number)
    return found


def places(root: Path) -> list[str]:
    """No file tells on which machine it was written, or from where its packages came."""
    return [
        f"{path.relative_to(root)} speaks of {match.group().strip()}."
        for path, text in texts(root)
        for match in [PLACE.search(text) or REGISTRY.search(text)]
        if match
    ]


def length(root: Path) -> list[str]:
    lines = len((root / "README.md").read_text().splitlines())
    return [f"README.md has {lines} lines; {LONGEST_README} are as much as a newcomer reads."] if lines > LONGEST_README else []


def screen_words(root: Path, known: list[str]) -> list[str]:
    """Bold words in a guide are words on a screen: what `known` has, with a word or two where it has a name or a number."""
    shapes = [re.compile(shape, re.IGNORECASE) for words in known if (shape := _shape(words))]
    plain = {words.casefold() for words in known}
    found = []
    for name in ("coordinator", "facilitator"):
        for words in re.findall(r"\*\*(.+?)\*\*", told(root / "docs" / f"{name}.md")):
            if words.casefold() not in plain and not any(shape.fullmatch(words) for shape in shapes):
                found.append(f"docs/{name}.md says **{words}**, and no screen does.")
    return found


def _shape(words: str) -> str:
    """A text with a name or a number in it, as a pattern; empty for one without, and for one that is little else."""
    parts = PLACEHOLDER.split(words)
    return r"\S+(?: \S+)?".join(re.escape(part) for part in parts) if len(parts) > 1 and re.search(r"[a-z]{3}", "".join(parts)) else ""
