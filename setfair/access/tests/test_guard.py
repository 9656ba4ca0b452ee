"""Whoever would serve pages past the walls does not start."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from setfair.access.guard import demand_bound_role

WALLED = "import config.asgi; print('serving')"
PLAIN = """
import django; django.setup()
from django.db import connection
connection.cursor().execute('SELECT 1'); print('asked')
"""


def run(code, role):
    """A process of its own in that role: the walls are demanded where a process begins."""
    surroundings = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "SETFAIR_DB_ROLE": role, "SETFAIR_DATA_DIR": str(settings.DATA_DIR)}
    return subprocess.run([sys.executable, "-c", code], cwd=settings.BASE_DIR, env=surroundings, capture_output=True, text=True, timeout=60)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_web_starts_as_the_restricted_role():
    assert run(WALLED, "setfair_app").stdout == "serving\n"


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "why"),
    [("postgres", "is a superuser and passes over row rules"), ("setfair_owner", "owns tables"), ("setfair_backup", "passes over row rules")],
)
def test_the_web_does_not_start_as_any_other(role, why):
    done = run(WALLED, role)
    assert done.returncode == 1
    assert done.stdout == ""
    assert f"does not work as the database role {role}, because it {why}" in done.stderr


@pytest.mark.slow
@pytest.mark.django_db
def test_no_command_reaches_a_row_as_superuser_but_the_owner_may_migrate():
    assert run(PLAIN, "postgres").stdout == ""
    assert run(PLAIN, "setfair_owner").stdout == "asked\n"
    assert run(PLAIN, "setfair_app").stdout == "asked\n"


@pytest.mark.django_db(transaction=True)
def test_a_connection_past_the_walls_is_refused_each_time_it_is_tried(monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "USER", "postgres")
    for _ in range(2):
        with pytest.raises(ImproperlyConfigured), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    with pytest.raises(ImproperlyConfigured):
        demand_bound_role()
    monkeypatch.undo()
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user::text")
        assert cursor.fetchone() == ("setfair_app",)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_not_there_yet_does_not_keep_the_web_from_starting(monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    demand_bound_role()
    monkeypatch.undo()
    connection.close()
