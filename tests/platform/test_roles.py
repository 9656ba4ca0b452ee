"""What each role may do in the database the migrations made."""

import psycopg
import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_the_app_owns_nothing_and_rules_bind_it(superuser_connection):
    found = superuser_connection.execute(
        "select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin from pg_roles where rolname like 'setfair%' order by 1"
    ).fetchall()
    assert found == [
        ("setfair_app", False, False, False, False, True),
        ("setfair_backup", False, True, False, False, True),
        ("setfair_commons", False, False, False, False, True),
        ("setfair_owner", False, False, False, False, True),
        ("setfair_system", False, False, False, False, False),
    ]
    owners = superuser_connection.execute("select distinct tableowner from pg_tables where schemaname = 'public'").fetchall()
    assert owners == [("setfair_owner",)]


def test_the_app_cannot_make_or_empty_a_table(connected_as):
    app = connected_as("setfair_app")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("create table mine (id int)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("truncate django_migrations")


def test_the_commons_cannot_even_connect(connected_as):
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        connected_as("setfair_commons")


def test_the_backup_reads_every_table_and_writes_none(connected_as, superuser_connection):
    backup = connected_as("setfair_backup")
    tables = superuser_connection.execute("select quote_ident(tablename) from pg_tables where schemaname = 'public'").fetchall()
    for (table,) in tables:
        backup.execute(f"select count(*) from {table}")
    backup.execute("set default_transaction_read_only = off")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        backup.execute("delete from django_migrations")


def test_the_web_is_the_restricted_role():
    with connection.cursor() as cursor:
        cursor.execute("select session_user::text, current_user::text")
        assert cursor.fetchone() == ("setfair_app", "setfair_app")
