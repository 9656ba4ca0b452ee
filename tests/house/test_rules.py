"""The rules of the house that can be read off its files (HOUSE.md). A rule that nothing checks is not a rule."""

import ast
import inspect
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from setfair.core.records import Walled

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "setfair"
FLOORS = [c for c in apps.get_app_configs() if c.name.startswith("setfair.")]
LIBRARIES = ("allauth.", "django.views.i18n")


def code():
    return [p for folder in ("setfair", "config", "tests", "bench") for p in sorted((ROOT / folder).rglob("*.py")) if "/migrations/" not in str(p)]


def named(path):
    return str(path.relative_to(ROOT))


def patterns(found=None, resolver=None):
    found = [] if found is None else found
    for entry in (resolver or get_resolver()).url_patterns:
        patterns(found, entry) if isinstance(entry, URLResolver) else found.append(entry)
    return found


def trees(kind):
    """Every `<kind>.py` and every module of a `<kind>/` package on any floor, parsed."""
    files = [*HOUSE.glob(f"*/{kind}.py"), *HOUSE.glob(f"*/{kind}/*.py")]
    return [(p, ast.parse(p.read_text())) for p in files]


def public_functions(kind):
    return [(p, f) for p, tree in trees(kind) for f in tree.body if isinstance(f, ast.FunctionDef) and not f.name.startswith("_")]


@pytest.mark.parametrize("entry", patterns(), ids=lambda e: str(e.pattern))
def test_every_view_hangs_behind_a_door(entry: URLPattern):
    view = entry.callback
    if view.__module__.startswith(LIBRARIES):
        return
    assert hasattr(view, "door"), f"{view.__module__}.{view.__name__} has no door"


def test_no_file_is_over_300_lines():
    files = code() + [p for ext in ("html", "css", "js") for p in HOUSE.rglob(f"*.{ext}") if "/vendor/" not in str(p)]
    assert [(named(p), n) for p in files if (n := len(p.read_text().splitlines())) > 300] == []


def test_a_page_is_at_most_120_lines():
    assert [named(p) for p in HOUSE.rglob("*.html") if len(p.read_text().splitlines()) > 120 and "gallery" not in str(p)] == []


def test_no_room_is_called_by_what_does_not_fit_elsewhere():
    forbidden = {"utils", "util", "helpers", "misc", "common", "services", "managers"}
    assert [named(p) for p in code() if p.stem in forbidden or p.parent.name in forbidden] == []


def test_a_view_is_at_most_15_lines():
    long = [(named(p), f.name, _length(f)) for p, f in public_functions("views") if _length(f) > 15]
    assert long == []


def _length(function):
    body = function.body[1:] if isinstance(function.body[0], ast.Expr) and isinstance(function.body[0].value, ast.Constant) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def test_every_action_names_its_actor_and_is_atomic():
    wrong = []
    for path, function in public_functions("actions"):
        if path.parts[-2] in ("journal",):
            continue
        keywords = {a.arg for a in function.args.kwonlyargs}
        decorators = {ast.unparse(d) for d in function.decorator_list}
        if "by" not in keywords or len(function.args.args) > 1 or "transaction.atomic" not in decorators:
            wrong.append((named(path), function.name))
    assert wrong == []


def test_only_the_mover_writes_a_stage():
    """An assignment to `.stage`, or `update(stage=...)`, anywhere but in `journal/journey.py`."""
    written = re.compile(r"\.stage\s*=[^=]|update\([^)]*\bstage=")
    found = [named(p) for p in HOUSE.rglob("*.py") if "/tests/" not in str(p) and "/migrations/" not in str(p) and written.search(p.read_text())]
    assert found == ["setfair/journal/journey.py"]


def test_nobody_fetches_past_the_doors():
    """A view or form never says `objects.get`: it is handed its row by a door, or starts from `open_to`."""
    past = re.compile(r"objects\.(get|filter|all)\(|get_object_or_404\((?!open_to)")
    files = [*HOUSE.glob("*/views.py"), *HOUSE.glob("*/views/*.py")]
    assert [named(p) for p in files if past.search(p.read_text())] == []


def test_there_is_one_signal():
    made = [named(p) for p in HOUSE.rglob("*.py") if "/tests/" not in str(p) and re.search(r"=\s*Signal\(", p.read_text())]
    assert made == ["setfair/journal/journey.py"]


def test_listeners_hear_nothing_but_the_bell():
    """Django's own model signals are action at a distance; nobody listens, but where the sign-in library takes a second step away."""
    model_signals = re.compile(r"django\.db\.models\.signals|(pre|post)_(save|delete)\.connect")
    assert [named(p) for p in HOUSE.rglob("*.py") if model_signals.search(p.read_text()) and "/tests/" not in str(p)] == ["setfair/accounts/apps.py"]


@pytest.mark.parametrize("floor", FLOORS, ids=lambda f: f.label)
def test_every_floor_opens_with_what_it_is_for(floor):
    assert len((floor.module.__doc__ or "").strip()) > 40


@pytest.mark.parametrize("model", [m for c in FLOORS for m in c.get_models()], ids=lambda m: m._meta.label)
def test_facts_set_at_and_by_together(model: type[models.Model]):
    """What happened has a time; an `_at` without a default may be empty until it happens."""
    for field in model._meta.local_fields:
        if field.name.endswith("_at"):
            assert isinstance(field, models.DateTimeField)


def test_public_functions_of_the_lower_floors_say_what_may_be_relied_on():
    bare = []
    for kind in ("actions", "queries", "letters"):
        for path, function in public_functions(kind):
            if not ast.get_docstring(function) and len(function.body) > 3:
                bare.append((named(path), function.name))
    assert bare == []


def test_no_line_of_a_log_holds_words():
    """Logs hold ids and routes; an f-string in a log call would carry whatever a person wrote."""
    told = re.compile(r"log(ger)?\.(debug|info|warning|error|exception)\(\s*f[\"']")
    assert [named(p) for p in HOUSE.rglob("*.py") if told.search(p.read_text())] == []


def test_models_of_the_case_wing_are_walled():
    free = {
        "accounts.User",
        "accounts.Browser",
        "accounts.StepGone",
        "programmes.ServerWord",
        "access.Bucket",
        "access.Founding",
        "access.Denial",
        "programmes.Programme",
        "vault.Epoch",
    }
    assert {m._meta.label for c in FLOORS for m in c.get_models() if not issubclass(m, Walled)} == free


def test_docstrings_do_not_repeat_the_name():
    repeated = []
    for path in HOUSE.rglob("*.py"):
        if "/tests/" in str(path) or "/migrations/" in str(path):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                doc = inspect.cleandoc(ast.get_docstring(node) or "").lower().rstrip(".")
                if doc and doc.replace(" the ", " ").replace(" ", "_") == node.name.lower():
                    repeated.append((named(path), node.name))
    assert repeated == []
