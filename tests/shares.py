"""How those who test at the same time share the work: test by test, but a file that starts installations stays with one of them.

A module's own installation is started once for each process that needs it, and a
start is dear. (The marks that pytest-xdist has for this do nothing under pytest
9.2: it writes the group into `_nodeid`, which is no longer read.)
"""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

STAYS_TOGETHER = "tests/platform/"


class Shares(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return nodeid.split("::", 1)[0] if nodeid.startswith(STAYS_TOGETHER) else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Shares:
    return Shares(config, log)
