"""Writes down what each test showed, for the figures: `-p tests.reporting` with SETFAIR_REPORT naming the file. Works across processes, too."""

import json
import os
from pathlib import Path

import pytest

_ran: dict[str, dict] = {}


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """In the process that ran it: what the test claims travels with its report."""
    report = (yield).get_result()
    report.claims = {
        "mission": sorted({str(i) for mark in item.iter_markers("mission") for i in mark.args}),
        "browser": item.get_closest_marker("browser") is not None,
        "bad_case": item.get_closest_marker("bad_case") is not None,
    }


def pytest_runtest_logreport(report):
    entry = _ran.setdefault(report.nodeid, {"test": report.nodeid, "passed": True, "notes": {}, **report.claims})
    entry["notes"] |= {key: str(value) for key, value in report.user_properties}
    if report.outcome != "passed":
        entry["passed"] = False


def pytest_sessionfinish(session):
    if not hasattr(session.config, "workerinput"):
        Path(os.environ["SETFAIR_REPORT"]).write_text(json.dumps(list(_ran.values())))
