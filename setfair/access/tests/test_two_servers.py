"""Tries are counted in the database: two processes that serve the same house count together."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[3]
TRIES = """
import django
from django.conf import settings
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
django.setup()
from datetime import timedelta
from django.test import Client
from setfair.access.limits import allow
from setfair.accounts import pace
pace.PACE = 0.0
print("ready", flush=True)
input()
passed = sum(allow("two servers", limit=10, per=timedelta(minutes=10)) for _ in range(10))
told = 0
for _ in range(4):
    answer = Client(SERVER_NAME="localhost", REMOTE_ADDR="10.210.1.1").post("/account/login/", {"login": "EMAIL", "password": "x" * 20})
    told += "This was tried many times" in answer.content.decode()
print(passed, told, flush=True)
"""


def a_server(email):
    place = connection.settings_dict
    around = os.environ | {"SETFAIR_PGHOST": place["HOST"], "SETFAIR_DB_NAME": place["NAME"], "DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.Popen(
        [sys.executable, "-c", TRIES.replace("EMAIL", email)],
        cwd=ROOT,
        env=around,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("somebody", ["cora@school.example", "nobody@school.example"])
def test_two_processes_count_together(village, somebody):
    """Twice ten tries of ten, and twice four wrong passwords of five, for an address that is known and for one that is not."""
    servers = [a_server(somebody) for _ in range(2)]
    try:
        assert [server.stdout.readline().strip() for server in servers] == ["ready", "ready"]
        for server in servers:
            server.stdin.write("\n")
            server.stdin.flush()
        counts = [tuple(map(int, server.communicate(timeout=60)[0].split())) for server in servers]
    finally:
        for server in servers:
            server.kill()
            server.wait()
    assert tuple(map(sum, zip(*counts, strict=True))) == (10, 3)
