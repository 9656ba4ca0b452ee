"""The second wall, asked of the database and not of our code: what Python forgot, it refuses."""

import uuid

import psycopg
import pytest
from django.apps import apps
from psycopg import sql

from setfair.core.actor import system
from setfair.core.records import Walled, Within
from setfair.journal.actions import record
from setfair.people.models import Contact, Person
from tests.house.walled import FACTS, FUNCTIONS

WALLED = sorted((m for m in apps.get_models() if issubclass(m, Walled)), key=lambda m: m._meta.label)
TABLES = sorted({m._meta.db_table for m in WALLED})
pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(superuser_connection):
    return lambda query, *values: superuser_connection.execute(query, values).fetchall()


# What the catalogue says


def test_every_table_with_a_programme_is_walled_and_the_wall_binds_its_owner_too(asked):
    found = asked(
        """SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity FROM pg_class c
           JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
           JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'programme_id' AND NOT a.attisdropped
           WHERE c.relkind = 'r' AND c.relname <> 'access_denial' ORDER BY 1"""
    )
    assert found == [(table, True, True) for table in TABLES]
    assert asked("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = 'programmes_programme'") == [(True, True)]


def test_the_app_has_one_policy_everywhere_and_it_is_the_programme(asked):
    here = "(programme_id = ( SELECT (NULLIF(current_setting('app.programme'::text, true), ''::text))::uuid AS \"nullif\"))"
    found = asked(
        """SELECT tablename, policyname, cmd, permissive, qual, with_check FROM pg_policies
           WHERE roles = '{setfair_app}' AND tablename <> 'programmes_programme' ORDER BY 1"""
    )
    assert found == [(table, "own_programme", "ALL", "PERMISSIVE", here, here) for table in TABLES]
    others = asked("SELECT DISTINCT roles::text, policyname FROM pg_policies WHERE roles <> '{setfair_app}'")
    assert others == [("{setfair_system}", "house")]


def test_every_key_leads_with_the_programme(asked):
    found = asked(
        """SELECT c.relname, i.relname, pg_get_indexdef(x.indexrelid, 1, true) FROM pg_index x
           JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
           WHERE c.relname = ANY(%s) AND (x.indisprimary OR x.indisunique OR x.indisexclusion)""",
        TABLES,
    )
    assert len(found) > len(TABLES)
    assert [(table, key) for table, key, first in found if first != "programme_id"] == []


def test_every_reference_between_walled_tables_carries_the_programme(asked):
    found = asked(
        """SELECT c.relname, r.relname, array_length(k.conkey, 1), a.attname FROM pg_constraint k
           JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid
           JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
           WHERE k.contype = 'f' AND k.conname <> 'agreement_follows_its_own' AND c.relname = ANY(%s) AND r.relname = ANY(%s)""",
        TABLES,
        TABLES,
    )
    assert len(found) == sum(isinstance(field, Within) for model in WALLED for field in model._meta.local_fields)
    assert [row for row in found if row[2] not in (2, 3) or row[3] != "programme_id"] == []


def test_the_app_owns_nothing_and_may_empty_nothing(asked):
    assert asked("SELECT c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = 'setfair_app'") == []
    assert asked("SELECT proname FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner WHERE r.rolname = 'setfair_app'") == []
    truncates = asked(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public' "
        "WHERE c.relkind IN ('r', 'p') AND has_table_privilege('setfair_app', c.oid, 'TRUNCATE')"
    )
    assert truncates == []


def test_facts_may_be_added_and_read_and_nothing_else(asked):
    found = asked(
        """SELECT t, has_table_privilege('setfair_app', t, 'SELECT'), has_table_privilege('setfair_app', t, 'INSERT'),
                  has_table_privilege('setfair_app', t, 'UPDATE'), has_table_privilege('setfair_app', t, 'DELETE')
           FROM unnest(%s::text[]) t ORDER BY t""",
        TABLES,
    )
    assert found == [(table, True, True, table not in FACTS, table not in FACTS) for table in TABLES]


def test_who_looks_over_the_wall_is_named_here_and_says_ids_only(asked):
    found = asked(
        """SELECT p.proname, pg_get_function_result(p.oid), r.rolname, p.proconfig::text FROM pg_proc p
           JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname = 'public' JOIN pg_roles r ON r.oid = p.proowner
           WHERE p.prosecdef ORDER BY 1"""
    )
    assert found == [(name, says, "setfair_system", '{"search_path=pg_catalog, public"}') for name, says in sorted(FUNCTIONS.items())]
    for name in FUNCTIONS:
        (callers,) = asked("SELECT proacl::text FROM pg_proc WHERE proname = %s", name)[0]
        assert "{=" not in callers and ",=" not in callers, "everybody may call it"


def test_no_view_passes_over_the_wall(asked):
    assert asked("SELECT viewname FROM pg_views WHERE schemaname = 'public'") == []


def test_nobody_may_become_the_role_that_sees_everything(asked):
    members = asked("SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE m.roleid = 'setfair_system'::regrole")
    assert [name for (name,) in members if name not in ("setfair_owner", "postgres")] == []


# What the app's own role meets when it goes around Python. These see committed rows, and the clone is thrown away after each.

RAW = pytest.mark.django_db(transaction=True)


@pytest.fixture
def raw(village, connected_as):
    """A bare connection in the app's role, beside a village whose rows are committed."""
    for programme, name in ((village.school, "Hana"), (village.county, "Nela")):
        with village.inside(programme):
            person = Person.objects.create(name=name)
            Contact.objects.create(person=person, way=Contact.Way.EMAIL, value="a@b.example")
            record("looked", programme, by=system(programme.pk))
    return connected_as("setfair_app")


def inside(raw, programme):
    raw.execute(sql.SQL("SET LOCAL app.programme = {}").format(sql.Literal(str(programme.pk))))


def count(raw, table):
    return raw.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()[0]


@RAW
def test_outside_every_programme_there_is_nothing_to_see_and_nothing_can_be_added(raw, asked):
    filled = [table for table in TABLES if asked(f"SELECT count(*) FROM {table}") != [(0,)]]
    assert len(filled) > 8, "an empty table would prove nothing"
    assert {table: count(raw, table) for table in [*TABLES, "programmes_programme"]} == dict.fromkeys([*TABLES, "programmes_programme"], 0)
    for table in TABLES:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            raw.execute(sql.SQL("INSERT INTO {} (programme_id) VALUES (NULL)").format(sql.Identifier(table)))


@RAW
@pytest.mark.parametrize("nonsense", ["", "x", "00000000-0000-0000-0000-000000000000", "' OR true --"])
def test_a_programme_that_is_none_shows_nothing(raw, nonsense):
    with raw.transaction():
        raw.execute(sql.SQL("SET LOCAL app.programme = {}").format(sql.Literal(nonsense)))
        try:
            with raw.transaction():
                assert count(raw, "people_person") == 0
        except psycopg.errors.InvalidTextRepresentation:
            assert nonsense in ("x", "' OR true --")


@RAW
def test_inside_one_programme_the_other_cannot_be_seen_changed_or_removed(raw, village, asked):
    theirs = village.county.pk
    with raw.transaction():
        inside(raw, village.school)
        for table in [*TABLES]:
            rows = raw.execute(sql.SQL("SELECT count(*) FROM {} WHERE programme_id <> %s").format(sql.Identifier(table)), [village.school.pk])
            assert rows.fetchone() == (0,)
        for table in [t for t in TABLES if t not in FACTS]:
            name = sql.Identifier(table)
            assert raw.execute(sql.SQL("UPDATE {} SET programme_id = programme_id WHERE programme_id = %s").format(name), [theirs]).rowcount == 0
            assert raw.execute(sql.SQL("DELETE FROM {} WHERE programme_id = %s").format(name), [theirs]).rowcount == 0
        assert raw.execute("SELECT slug FROM programmes_programme").fetchall() == [(village.school.slug,)]
        assert raw.execute("UPDATE programmes_programme SET name = 'x' WHERE id = %s", [theirs]).rowcount == 0
    assert asked("SELECT count(*) FROM people_person WHERE programme_id = %s", theirs) == [(1,)]


@RAW
def test_nothing_can_be_put_into_or_moved_to_the_other_programme(raw, village):
    theirs = village.county.pk
    for table in TABLES:
        with pytest.raises(psycopg.errors.InsufficientPrivilege), raw.transaction():
            inside(raw, village.school)
            raw.execute(sql.SQL("INSERT INTO {} (programme_id) VALUES (%s)").format(sql.Identifier(table)), [theirs])
    for statement in ("UPDATE people_person SET programme_id = %s", "UPDATE programmes_programme SET id = %s"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), raw.transaction():
            inside(raw, village.school)
            raw.execute(statement, [theirs])


@RAW
@pytest.mark.parametrize("role", ["setfair_app", "postgres"])
def test_a_row_cannot_hang_under_another_programmes_parent(raw, village, connected_as, role):
    """The superuser, whom no row rule binds, meets the key all the same: it does not look past the wall as a simple key would."""
    with village.inside(village.county):
        nela = Person.objects.get()
    graft = """INSERT INTO people_contact (id, programme_id, person_id, way, value, may_leave_message, may_say_who, whom, days, read_by, added_at)
               VALUES (%s, %s, %s, 'sms', NULL, false, false, '', '{}', '{}', now())"""
    connection = connected_as(role)
    with pytest.raises(psycopg.errors.ForeignKeyViolation), connection.transaction():
        inside(connection, village.school)
        connection.execute(graft, [uuid.uuid4(), village.school.pk, nela.pk])


@RAW
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET verb = 'x'",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
        "DROP TABLE journal_entry",
        "ALTER TABLE journal_entry DISABLE ROW LEVEL SECURITY",
    ],
)
def test_a_line_of_the_journal_is_never_changed(raw, village, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege), raw.transaction():
        inside(raw, village.school)
        raw.execute(statement)


@RAW
@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE setfair_system",
        "SET ROLE setfair_owner",
        "SET SESSION AUTHORIZATION postgres",
        "SET row_security = off; SELECT 1 FROM people_person",
    ],
)
def test_the_app_cannot_become_somebody_else(raw, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        raw.execute(statement)


@RAW
def test_the_tenant_does_not_outlive_its_transaction(raw, village):
    with raw.transaction():
        inside(raw, village.school)
        assert count(raw, "people_person") == 1
    assert count(raw, "people_person") == 0


@RAW
def test_a_stay_may_lie_within_another_and_ends_where_it_began(village):
    for programme, name in ((village.school, "Hana"), (village.county, "Nela")):
        with village.inside(programme):
            Person.objects.create(name=name)
    with village.inside():
        assert [person.name for person in Person.objects.all()] == ["Hana"]
        with village.inside(village.county):
            assert [person.name for person in Person.objects.all()] == ["Nela"]
        assert [person.name for person in Person.objects.all()] == ["Hana"]
        with pytest.raises(RuntimeError), village.inside(village.county):
            raise RuntimeError
        assert [person.name for person in Person.objects.all()] == ["Hana"]
    assert Person.objects.count() == 0
