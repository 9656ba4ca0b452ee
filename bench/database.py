"""Which database this process works on."""

from __future__ import annotations

import os

from django.db import connection, connections


def work_on(name: str) -> None:
    """Have this process, and the servers it starts, work on that database."""
    connections.close_all()
    os.environ["SETFAIR_DB_NAME"] = name
    connection.settings_dict["NAME"] = name
