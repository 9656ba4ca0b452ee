"""The beat of a circle: a number that the database counts on with each fact of its hour, and tells of (decision 138).

Facts are put in order by it and by no clock. Whoever has a circle open asks anew when
it has gone on. What is told names a programme, a circle and the number, and nobody.
"""

from __future__ import annotations

from django.db import migrations

COUNT = """
CREATE FUNCTION conferences_beat() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $beat$
DECLARE counted integer;
BEGIN
    UPDATE conferences_conference SET beat = beat + 1 WHERE programme_id = NEW.programme_id AND id = NEW.conference_id RETURNING beat INTO counted;
    NEW.number := coalesce(counted, NEW.number);
    RETURN NEW;
END $beat$
"""
MOVE = """
CREATE FUNCTION conferences_moved() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $moved$
BEGIN
    NEW.beat := OLD.beat + 1;
    RETURN NEW;
END $moved$
"""
MOVED = """
CREATE TRIGGER conference_moved BEFORE UPDATE ON conferences_conference FOR EACH ROW
WHEN (NEW.stage IS DISTINCT FROM OLD.stage) EXECUTE FUNCTION conferences_moved()
"""
TELL = """
CREATE FUNCTION conferences_tell() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $tell$
BEGIN
    PERFORM pg_notify('circle', NEW.programme_id || ' ' || NEW.id || ' ' || NEW.beat);
    RETURN NULL;
END $tell$
"""
TOLD = """
CREATE TRIGGER conference_told AFTER UPDATE ON conferences_conference FOR EACH ROW
WHEN (NEW.beat IS DISTINCT FROM OLD.beat) EXECUTE FUNCTION conferences_tell()
"""
GONE = """
DROP TRIGGER conference_told ON conferences_conference;
DROP FUNCTION conferences_tell();
DROP TRIGGER conference_moved ON conferences_conference;
DROP FUNCTION conferences_moved();
DROP FUNCTION conferences_beat()
"""


def counting() -> migrations.RunSQL:
    """The functions, and that a circle which moves on is a beat too. Once, before the first `numbered`."""
    return migrations.RunSQL([COUNT, MOVE, MOVED, TELL, TOLD], GONE)


def numbered(name: str) -> migrations.RunSQL:
    """Each new row of this table of facts is a beat of its circle, and has its number. The table has `conference` and `number`."""
    return migrations.RunSQL(
        f"CREATE TRIGGER {name}_beat BEFORE INSERT ON conferences_{name} FOR EACH ROW EXECUTE FUNCTION conferences_beat()",
        f"DROP TRIGGER {name}_beat ON conferences_{name}",
    )


WHO = """
CREATE FUNCTION conferences_who() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $who$
BEGIN
    UPDATE conferences_conference SET beat = beat + 1
    WHERE programme_id = NEW.programme_id AND case_id = NEW.case_id AND stage IN ('planned', 'live');
    PERFORM pg_notify('circle', programme_id || ' ' || id || ' who') FROM conferences_conference
    WHERE programme_id = NEW.programme_id AND case_id = NEW.case_id AND stage IN ('planned', 'live');
    RETURN NULL;
END $who$
"""


def asks_again(table: str, events: str = "INSERT OR UPDATE") -> migrations.RunSQL:
    """Who may hear of a circle is asked again when a row of this table of its case is written: lines that are open end, and come through the door."""
    name = f"{table}_who"
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} AFTER {events} ON {table} FOR EACH ROW EXECUTE FUNCTION conferences_who()", f"DROP TRIGGER {name} ON {table}"
    )
