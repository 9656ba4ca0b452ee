"""Writes down what each test showed, for the figures: `-p tests.reporting` with SETFAIR_REPORT naming the file."""

import json
import os
from pathlib import Path

import pytest

_ran: dict[str, dict] = {}


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    entry = _ran.setdefault(
        item.nodeid,
        {
            "test": item.nodeid,
            "passed": True,
            "mission": sorted({str(i) for mark in item.iter_markers("mission") for i in mark.args}),
            "browser": item.get_closest_marker("browser") is not None,
            "notes": {},
        },
    )
    entry["notes"] |= {k: str(v) for k, v in item.user_properties}
    if report.outcome != "passed":
        entry["passed"] = False


def pytest_sessionfinish(session):
    if hasattr(session.config, "workerinput"):
        return
    Path(os.environ["SETFAIR_REPORT"]).write_text(json.dumps(list(_ran.values())))
