"""Finds every text of the house that a person may read, with Babel alone: a bare machine has no gettext."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

from config import places

SHAPES: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
NOTE = "Translators:"

Key = tuple[str | None, str]
"""Context and words: what gettext knows a text by."""


@dataclass
class Text:
    """One text to translate, wherever it stands."""

    words: str
    plural: str = ""
    context: str | None = None
    files: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return self.context, self.words


def sources(root: Path = places.ROOT) -> list[Path]:
    """Code and templates; no tests, no migrations."""
    found = (path for path in (root / "setfair").rglob("*") if path.suffix == ".py" or _is_template(path))
    return sorted(path for path in found if not {"tests", "migrations"} & set(path.parts))


def texts_of(path: Path) -> Iterator[Text]:
    """Everything in one file, in order; the same text as often as it stands there."""
    code = path.read_text()
    shapes = SHAPES | {"_": None} if _is_template(path) else shapes_in(code)
    lines = io.BytesIO((_as_code(code, path) if _is_template(path) else code).encode())
    for _line, words, notes, context in extract("python", lines, keywords=shapes, comment_tags=[NOTE], strip_comment_tags=True):
        one, more = words if isinstance(words, tuple) else (words, "")
        yield Text(one, more, context, notes=list(notes))


def gathered(root: Path = places.ROOT) -> dict[Key, Text]:
    """Every text of the house once, with the files it stands in."""
    found: dict[Key, Text] = {}
    for path in sources(root):
        for text in texts_of(path):
            known = found.setdefault(text.key, text)
            known.plural = known.plural or text.plural
            known.files += [name for name in (str(path.relative_to(root)),) if name not in known.files]
            known.notes += [note for note in text.notes if note not in known.notes]
    return found


def _is_template(path: Path) -> bool:
    return path.suffix in (".html", ".txt") and "templates" in path.parts


def _as_code(template: str, path: Path) -> str:
    """A template as code with the same texts. Its lines lose their indentation, at which a reader of code would stumble."""
    return "".join(line.lstrip(" \t") for line in templatize(template, origin=str(path)).splitlines(keepends=True))


def shapes_in(code: str) -> dict[str, tuple[int | tuple[int, str], ...] | None]:
    """The names by which this file calls the translating functions."""
    imports = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation")
    names = (name for node in imports for name in node.names if name.name in SHAPES)
    return {name.asname or name.name: SHAPES[name.name] for name in names}
