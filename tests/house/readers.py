"""Who reads which text, worked out from the code: what people without an account can meet, on a page or in a letter.

Followed by name from every view that hangs behind an open door or behind a
door of people's own pages: functions, forms and templates, and what these use in turn.
"""

import ast
import re
from functools import cache
from pathlib import Path

from django.template.loader import get_template

from config import places, texts
from tests.house.test_rules import patterns

HOUSE = places.ROOT / "setfair"
LIBRARIES = ("allauth.", "django.")
FOR_STAFF = {
    "begin": "the first administrator sets the house up",
    "joining": "somebody who is asked to join a team",
    "yes": "somebody who is asked to join a team",
    "no": "somebody who is asked to join a team",
    "another": "whoever runs this server sent them the link to set one more programme up",
    "nowhere": "somebody signed in who belongs to no programme yet",
    "closed": "staff accounts",
    "not_me": "somebody with an account, from the letter about a new device",
    "end_stay": "somebody with an account, who sees where they are signed in",
    "still_in": "a page of staff that lies open",
    "mailbox": "for trying things out, not on a public server",
    "opened": "for trying things out, not on a public server",
    "gallery": "the page kit, for those who build pages",
    "whole_page": "the page kit, for those who build pages",
}
"""Views behind an open door that nobody without an account is sent to."""

HANDED_OVER = ("agreements/tablet_list.html", "agreements/tablet_number.html", "agreements/tablet_person.html", "agreements/tablet_thanks.html")
"""Opened by staff and then given into people's hands."""

OWN_LAYOUT = '{% extends "ui/participant.html" %}'
ALWAYS = (
    "404.html",
    "403.html",
    "405.html",
    "408.html",
    "413.html",
    "500.html",
    "503.html",
    "ui/kept_words.html",
    "ui/resting.html",
    "access/another.html",
)

TOLD_BY_NAME = ("home", "words", "letters", "said", "kept")
"""Modules whose words are for people without an account, wherever they are called from."""

NOT_FOLLOWED = ("models", "queries", "actions", "policy", "ties", "journey")
"""What stands behind a page. Its refusals and labels are read by staff as well."""

PROFESSIONAL = re.compile(r"refer/|forms/referring\.py")
"""Read by courts, lawyers and offices alone."""

Place = tuple[Path, str]
"""A file and the name of something defined in it."""


@cache
def tree(path):
    return ast.parse(path.read_text())


@cache
def defined(path):
    """Name to node of everything on the first level of a module."""
    found = {}
    for node in tree(path).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found[node.name] = node
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id: node for target in targets if isinstance(target, ast.Name)}
    return found


def file_of(dotted):
    place = places.ROOT / dotted.replace(".", "/")
    return next((p for p in (place.with_suffix(".py"), place / "__init__.py") if p.exists()), None)


@cache
def imported(path):
    """Local name to the file, and the name in it; a whole module has no name."""
    package = ".".join(path.relative_to(places.ROOT).with_suffix("").parts[:-1])
    found = {}
    for node in (n for n in ast.walk(tree(path)) if isinstance(n, ast.ImportFrom)):
        above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
        source = ".".join([*above, *([node.module] if node.module else [])])
        for name in node.names if source.startswith("setfair") else []:
            whole, part = file_of(f"{source}.{name.name}"), file_of(source)
            found[name.asname or name.name] = (whole, "") if whole else (part, name.name)
    return found


def used_in(path, node):
    """Places that a definition leads to."""
    names = imported(path)
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and names.get(part.value.id, ("", "x"))[1] == "":
            yield names[part.value.id][0], part.attr
        elif isinstance(part, ast.Name) and part.id in names and names[part.id][1]:
            yield names[part.id]
        elif isinstance(part, ast.Name) and part.id in defined(path):
            yield path, part.id


def roots():
    views = [entry.callback for entry in patterns() if not entry.callback.__module__.startswith(LIBRARIES)]
    ours = [v for v in views if (v.door is None or getattr(v, "own_page", False)) and v.__name__ not in FOR_STAFF]
    named = [(path, name) for stem in TOLD_BY_NAME for path in HOUSE.glob(f"*/{stem}.py") for name in defined(path)]
    return [*((file_of(view.__module__), view.__name__) for view in ours), *named]


@cache
def reached() -> dict[Place, ast.AST]:
    """Everything in the code that pages and letters for people without an account are made with."""
    found, open_ends = {}, list(roots())
    while open_ends:
        path, name = open_ends.pop()
        if path is None or (path, name) in found or name not in defined(path) or set(NOT_FOLLOWED) & set(path.with_suffix("").parts):
            continue
        found[path, name] = defined(path)[name]
        open_ends += used_in(path, found[path, name])
    return found


@cache
def pages() -> frozenset[Path]:
    """Every template of those pages, with what it extends, includes and is made of."""
    strings = (part.value for node in reached().values() for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str))
    signed_in = [
        str(p).split("/templates/")[1] for p in HOUSE.rglob("templates/**/*.html") if OWN_LAYOUT in p.read_text() and "gallery" not in str(p)
    ]
    open_ends = [*ALWAYS, *HANDED_OVER, *signed_in, *(text for text in strings if re.fullmatch(r"[\w/]+\.html", text))]
    found = set()
    while open_ends:
        path = Path(get_template(open_ends.pop()).origin.name)
        if path not in found:
            found.add(path)
            open_ends += parts_of(path.read_text())
    return frozenset(found)


def parts_of(template):
    named = re.findall(r"{%\s*(?:extends|include)\s+[\"']([\w/.]+)[\"']", template)
    return [*named, *(f"cotton/{name.replace('-', '_')}.html" for name in re.findall(r"<c-([a-z-]+)", template) if name not in ("slot", "vars"))]


@cache
def texts_by_file() -> dict[Path, dict[texts.Key, texts.Text]]:
    """The texts of those pages and letters, by the file they stand in."""
    found = {path: {text.key: text for text in texts.texts_of(path)} for path in pages()}
    for (path, _name), node in reached().items():
        known = {text.words: text for text in texts.texts_of(path)}
        said = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and part.value in known]
        found.setdefault(path, {}).update({known[words].key: known[words] for words in said})
    return {path: told for path, told in sorted(found.items()) if told}
