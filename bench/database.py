"""Which database this process works on."""

from __future__ import annotations

import os

from django.db import connection, connections

from setfair.access import limits


def work_on(name: str) -> None:
    """Have this process, and the servers it starts, work on that database."""
    leave()
    os.environ["SETFAIR_DB_NAME"] = name
    connection.settings_dict["NAME"] = name


def leave() -> None:
    """Let go of the database: nothing of this process is connected to it any more."""
    connections.close_all()
    limits.hang_up()
