"""Writes down what each test showed, for the figures: `-p tests.reporting` with SETFAIR_REPORT naming the file. Works across processes, too.

`--mission=S2.5` keeps only the tests that show this row.
"""

import ast
import inspect
import json
import os
import textwrap
from pathlib import Path

import pytest

SCREEN = {"sees", "text", "page", "here", "url", "status", "locator", "get_by_text", "get_by_role", "is_visible", "inner_text", "input_value"}
"""What an assertion speaks of when it speaks of what stands on the screen."""
NOT_PLANTED = 70
"""How tests end in which the fault that was asked for could not be planted: that they fail then proves nothing."""
_ran: dict[str, dict] = {}


def pytest_addoption(parser):
    parser.addoption("--mission", default="")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    row = config.getoption("--mission")
    items[:] = [item for item in items if not row or row in _rows(item)]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """In the process that ran it: what the test claims travels with its report."""
    report = (yield).get_result()
    report.claims = {
        "mission": _rows(item),
        "browser": item.get_closest_marker("browser") is not None and "chromium" in item.fixturenames,
        "asserts": speaks_of_the_screen(item.function),
        "bad_case": item.get_closest_marker("bad_case") is not None,
    }


def pytest_runtest_logreport(report):
    """A process that died says nothing of what its test claims; the test has not passed."""
    unsaid = {"mission": [], "browser": False, "asserts": False, "bad_case": False}
    entry = _ran.setdefault(report.nodeid, {"test": report.nodeid, "passed": True, "notes": {}, **getattr(report, "claims", unsaid)})
    entry["notes"] |= {key: str(value) for key, value in report.user_properties}
    if report.outcome != "passed":
        entry["passed"] = False


def pytest_sessionfinish(session):
    if not hasattr(session.config, "workerinput"):
        Path(os.environ["SETFAIR_REPORT"]).write_text(json.dumps(list(_ran.values())))


def _rows(item):
    return sorted({str(i) for mark in item.iter_markers("mission") for i in mark.args})


def speaks_of_the_screen(function):
    """Whether it, or a function beside it that it calls, asserts anything of what somebody sees."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    read = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and _of_the_screen(node.value)
        for target in node.targets
        if _named(target)
    }
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and _named(node.func)} - {function.__name__}
    beside = [function.__globals__.get(name) for name in called]
    return any(isinstance(node, ast.Assert) and _of_the_screen(node.test, read) for node in ast.walk(tree)) or any(
        speaks_of_the_screen(other) for other in beside if inspect.isfunction(other) and other.__module__ == function.__module__
    )


def _of_the_screen(said, read=frozenset()):
    parts = list(ast.walk(said))
    return bool({part.attr for part in parts if isinstance(part, ast.Attribute)} & SCREEN or {part.id for part in parts if _named(part)} & read)


def _named(part):
    return isinstance(part, ast.Name)
