"""How those who test at the same time share the work: test by test, but a file that starts installations stays with one of them.

A module's own installation is started once for each process that needs it, and a
start is dear. (The marks that pytest-xdist has for this do nothing under pytest
9.2: it writes the group into `_nodeid`, which is no longer read.)
"""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

STAYS_TOGETHER = "tests/platform/"


class Shares(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return nodeid.split("::", 1)[0] if nodeid.startswith(STAYS_TOGETHER) else nodeid

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        """What is done is forgotten: at the end of every test all that somebody holds is counted through."""
        super().mark_test_complete(node, item_index, duration)
        held = self.assigned_work[node]
        for scope in [scope for scope, tests in held.items() if all(tests.values())]:
            del held[scope]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Shares:
    return Shares(config, log)
