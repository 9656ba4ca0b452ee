"""Every act in the code has its sentence, and every sentence still has its act."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

from setfair.desk.sentences import MOVED, PARTS, SENTENCES

HOUSE = Path(__file__).resolve().parents[2]
MOVER = "moved"


def modules():
    for path in sorted(HOUSE.rglob("*.py")):
        if not {"tests", "migrations", "village"} & set(path.parts):
            yield path, ast.parse(path.read_text())


def literals(node):
    """The strings a first argument can be: one, or either side of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.IfExp):
        return literals(node.body) | literals(node.orelse)
    return set()


def called(node, name):
    return isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == name


def verbs_of(tree):
    """Verbs handed to `record`, and to functions of the module, or of the floor, that hand theirs on."""
    handed_on = {"write_once": 0}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            names = [a.arg for a in function.args.args]
            for node in ast.walk(function):
                if called(node, "record") and isinstance(node.args[0], ast.Name) and node.args[0].id in names:
                    handed_on[function.name] = names.index(node.args[0].id)
    found, unknown = set(), []
    for node in ast.walk(tree):
        if called(node, "record") and len(node.args) > 1:
            said = literals(node.args[0])
            if not said and not isinstance(node.args[0], ast.Name):
                unknown.append(ast.unparse(node))
            found |= said
        for name, place in handed_on.items():
            if called(node, name) and len(node.args) > place:
                found |= literals(node.args[place])
    return found, unknown


def all_verbs():
    found = set()
    for _path, tree in modules():
        found |= verbs_of(tree)[0]
    return found - {MOVER}


def test_every_verb_can_be_read_off_the_code():
    assert [line for _path, tree in modules() for line in verbs_of(tree)[1]] == []


def test_every_verb_has_a_sentence():
    assert sorted(all_verbs() - set(SENTENCES)) == []


def test_no_sentence_is_left_without_its_verb():
    assert sorted(set(SENTENCES) - all_verbs()) == []


def travellers():
    for model in apps.get_models():
        if hasattr(model, "JOURNEY") and not model._meta.proxy:
            for stage in sorted({str(s) for steps in model.JOURNEY.values() for s in steps}):
                yield model._meta.label_lower, stage


@pytest.mark.parametrize(("kind", "stage"), list(travellers()))
def test_every_step_of_every_journey_has_a_sentence(kind, stage):
    assert str(MOVED[kind][stage])


def test_no_step_is_told_that_cannot_be_taken():
    steps = set(travellers())
    assert [(kind, stage) for kind, told in MOVED.items() for stage in told if (kind, stage) not in steps] == []


def test_no_verb_is_told_by_two_parts():
    assert sorted(verb for part in PARTS for verb in part.SENTENCES) == sorted(SENTENCES)
    assert sorted(kind for part in PARTS for kind in getattr(part, "MOVED", {})) == sorted(MOVED)
