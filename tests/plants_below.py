"""Faults that are planted in the database itself, by its owner's owner, as a careless hand would."""

import os

import pytest

from tests import pgcluster


def policy_removed(patch: pytest.MonkeyPatch) -> None:
    """The wall round people has a gap."""
    below("DROP POLICY IF EXISTS own_programme ON people_person")
    below("CREATE POLICY own_programme ON people_person TO setfair_app USING (true) WITH CHECK (true)")


def simple_foreign_key(patch: pytest.MonkeyPatch) -> None:
    """A way to reach somebody hangs under a person by the person alone, whoever's programme that is of."""
    below("ALTER TABLE people_person DROP CONSTRAINT IF EXISTS simple CASCADE, ADD CONSTRAINT simple UNIQUE (id)")
    below(
        """DO $$ DECLARE k text; BEGIN
             FOR k IN SELECT conname FROM pg_constraint WHERE conrelid = 'people_contact'::regclass AND confrelid = 'people_person'::regclass
             LOOP EXECUTE format('ALTER TABLE people_contact DROP CONSTRAINT %I', k); END LOOP;
           END $$"""
    )
    below("ALTER TABLE people_contact ADD CONSTRAINT simple_person FOREIGN KEY (person_id) REFERENCES people_person (id)")


def table_not_forced(patch: pytest.MonkeyPatch) -> None:
    """The wall round people does not bind whoever owns the table."""
    below("ALTER TABLE people_person NO FORCE ROW LEVEL SECURITY")


def journal_may_be_changed(patch: pytest.MonkeyPatch) -> None:
    """Somebody granted it all, once, to mend something."""
    below("GRANT UPDATE ON journal_entry TO setfair_app")


def view_over_the_wall(patch: pytest.MonkeyPatch) -> None:
    """A view for a report, which looks with the eyes of whoever made it."""
    below("CREATE OR REPLACE VIEW everybody AS SELECT * FROM people_person")
    below("GRANT SELECT ON everybody TO setfair_app")


def room_twice(patch: pytest.MonkeyPatch) -> None:
    """Somebody thought that a room which is looked up first need not be kept from being given twice."""
    below("ALTER TABLE scheduling_booking DROP CONSTRAINT IF EXISTS booking_room_free")


def person_twice(patch: pytest.MonkeyPatch) -> None:
    """The same of people."""
    below("ALTER TABLE scheduling_seat DROP CONSTRAINT IF EXISTS seat_occupant_free")


def below(statement: str) -> None:
    """Said to the database by its owner's owner, as a careless hand would."""
    with pgcluster.superuser(pgcluster.clone_name()) as server:
        server.execute("SET lock_timeout = '5s'")
        server.execute(statement)


def wall_counts_for_each_row(patch: pytest.MonkeyPatch) -> None:
    """The wall asks of each row, one by one, whether its programme has anybody in it at all: a rule that was meant well."""
    here = "nullif(current_setting('app.programme', true), '')::uuid"
    counted = "(SELECT count(*) FROM cases_participation o WHERE o.programme_id = {}.programme_id)"
    with pgcluster.superuser(os.environ["SETFAIR_DB_NAME"]) as server:
        for table in ("cases_case", "people_person"):
            server.execute(f"ALTER POLICY own_programme ON {table} USING (programme_id = {here} AND {counted.format(table)} > 0)")
